package io.calcitewasm.component.binary.core;

/**
 * How an instrumented module keeps what it overwrites: in a memory of its own, the log, with an
 * entry for each word or block written since the mark. Modules that share a memory share its log,
 * so that entries stand in the order of the writes. Names of exports and imports that
 * instrumentation adds are here.
 */
public final class UndoLog {
  /** What is kept. */
  public enum Tier {
    /** Every word before every write. */
    WORDS,
    /** Every block before the first write to it. */
    BLOCKS
  }

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

  /** Sets the module's own globals back; {@code () -> i32}, always 0. */
  public static final String UNDO_GLOBALS = "calcite-wasm:undo-only-globals";

  /** Undoes writes to the module's own memory; as {@link #UNDO}. */
  public static final String UNDO_MEMORY = "calcite-wasm:undo-only-memory";

  /** The module that modules with an imported memory import {@link #IMPORTED_LOG} from. */
  public static final String IMPORT_MODULE = "calcite-wasm:undo";

  /** The log of the imported memory. */
  public static final String IMPORTED_LOG = "log";

  /** Byte offset in the log: where the next entry goes. */
  static final int TOP = 0;

  /** The names of the other functions that are added begin so. */
  static final String HELPER = "calcite-wasm:undo-helper-";

  /** What {@link #UNDO} returns, a bit: entries were lost because the log was full. */
  public static final int OVERFLOWN = 2;

  /** Byte offset in the log: 1 if entries were lost because the log was full. */
  static final int OVERFLOW = 4;

  /** Byte offset in the log: how many pages the guest believes its memory has. */
  public static final int PAGES = 8;

  /** Byte offset in the log: {@link #PAGES} at the mark. */
  static final int MARKED_PAGES = 12;

  /** Byte offset in the log: the most pages that the guest may have. */
  static final int MOST_PAGES = 16;

  /** Byte offset in the log: how many bytes it has. */
  static final int LIMIT = 20;

  /** Bytes of the header. */
  static final int HEADER = 32;

  /**
   * Pages that a memory has beyond those the guest knows of. Growing within them can be undone,
   * because nothing really grows: allocators grow their memory at the first allocation.
   */
  static final int SPARE_PAGES = 16;

  private UndoLog() {}
}
