package io.calcitewasm.component.binary.core;

/**
 * How an instrumented module keeps what it overwrites: in a memory of its own, the log, with one
 * entry of 16 bytes for each 8-byte word written since the mark: its address (4 bytes, 4 unused)
 * and its old content. Modules that share a memory share its log, so that entries stand in the
 * order of the writes. Names of exports and imports that instrumentation adds are here.
 */
public final class UndoLog {
  /** The log, exported by every module with a memory; a memory. */
  public static final String LOG = "calcite-wasm:undo-log";

  /** The guest's own memory, exported beside its log. */
  public static final String MEMORY = "calcite-wasm:undo-memory";

  /** Keeps a range that the host is about to write; {@code (address, bytes) -> ()}. */
  public static final String TOUCH = "calcite-wasm:undo-touch";

  /** Makes the present state the one that undoing goes back to; {@code () -> ()}. */
  public static final String MARK = "calcite-wasm:undo-mark";

  /** Undoes; {@code () -> i32}, 0 if everything is as it was at the mark. */
  public static final String UNDO = "calcite-wasm:undo";

  /** The module that modules with an imported memory import {@link #IMPORTED_LOG} from. */
  public static final String IMPORT_MODULE = "calcite-wasm:undo";

  /** The log of the imported memory. */
  public static final String IMPORTED_LOG = "log";

  /** Byte offset in the log: where the next entry goes. */
  static final int TOP = 0;

  /** Byte offset in the log: 1 if entries were lost because the log was full. */
  static final int OVERFLOW = 4;

  /** Byte offset in the log: how many pages the guest believes its memory has. */
  public static final int PAGES = 8;

  /** Byte offset in the log: {@link #PAGES} at the mark. */
  static final int MARKED_PAGES = 12;

  /** Byte offset in the log: the most pages that the guest may have. */
  static final int MOST_PAGES = 16;

  /** Byte offset in the log of the first entry. */
  static final int FIRST = 32;

  /** Bytes of an entry. */
  static final int ENTRY = 16;

  /** Pages of a log: 4,094 entries. */
  static final int LOG_PAGES = 1;

  /**
   * Pages that a memory has beyond those the guest knows of. Growing within them can be undone,
   * because nothing really grows: allocators grow their memory at the first allocation.
   */
  static final int SPARE_PAGES = 16;

  private UndoLog() {}
}
