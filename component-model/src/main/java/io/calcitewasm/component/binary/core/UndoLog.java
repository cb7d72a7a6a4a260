package io.calcitewasm.component.binary.core;

/**
 * How the memory of an instrumented module goes back. It is copied as a whole at the mark, and
 * divided into granules. The log lists the granules that were written since; a card per granule
 * says whether it is in the log already. Log, cards and copy are memories of their own; modules
 * that share a memory share log and cards. Names of exports and imports that instrumentation adds
 * are here.
 */
public final class UndoLog {
  /** The log, exported by every module with a memory; a memory. */
  public static final String LOG = "calcite-wasm:undo-log";

  /** The cards, exported beside the log; a memory. */
  public static final String CARDS = "calcite-wasm:undo-cards";

  /** The guest's own memory, exported beside its log. */
  public static final String MEMORY = "calcite-wasm:undo-memory";

  /** Keeps a range that the host is about to write; {@code (address, bytes) -> ()}. */
  public static final String TOUCH = "calcite-wasm:undo-touch";

  /** Makes the present state the one that undoing goes back to; {@code () -> ()}, once. */
  public static final String MARK = "calcite-wasm:undo-mark";

  /** Undoes; {@code () -> i32}, 0 if everything is as it was at the mark. */
  public static final String UNDO = "calcite-wasm:undo";

  /** Sets the module's own globals back; {@code () -> i32}, always 0. */
  public static final String UNDO_GLOBALS = "calcite-wasm:undo-only-globals";

  /** Undoes writes to the module's own memory, which has not grown; {@code () -> i32}, always 0. */
  public static final String UNDO_MEMORY = "calcite-wasm:undo-only-memory";

  /**
   * Empties the log of a memory that was undone, which may be done at any time; {@code () -> ()}.
   */
  public static final String FORGET = "calcite-wasm:undo-forget";

  /** The module that modules with an imported memory import its log and cards from. */
  public static final String IMPORT_MODULE = "calcite-wasm:undo";

  /** The log of the imported memory. */
  public static final String IMPORTED_LOG = "log";

  /** The cards of the imported memory. */
  public static final String IMPORTED_CARDS = "cards";

  /** The names of the other functions that are added begin so. */
  static final String HELPER = "calcite-wasm:undo-helper-";

  /** Bytes of a granule. */
  static final int GRANULE = 1 << UndoLog.GRANULE_SHIFT;

  static final int GRANULE_SHIFT = 5;

  /** Bytes behind a granule that go back with it, so that stores need not end where it does. */
  static final int SLACK = 24;

  /** Granules of a page. */
  static final int PAGE_SHIFT = 16 - GRANULE_SHIFT;

  /** Byte offset in the log: how many pages the guest believes its memory has. */
  public static final int PAGES = 8;

  /** Byte offset in the log: {@link #PAGES} at the mark. */
  static final int MARKED_PAGES = 12;

  /** Byte offset in the log: the most pages that the guest may have. */
  static final int MOST_PAGES = 16;

  /** Byte offset in the log: 1 if the memory could not be copied. */
  static final int OVERFLOW = 4;

  /** Byte offset in the log: where the next entry goes. */
  static final int TOP = 20;

  /** Byte offset in the log: the address from which on granules do not go back with their slack. */
  static final int WHOLE = 24;

  /** Most entries that stay in the log until {@link #FORGET}. */
  static final int MOST_HOT = 32;

  /** Byte offset in the log of the first entry: the number of a granule that goes back. */
  static final int FIRST = 64;

  /** Bytes of an entry. */
  static final int ENTRY = 4;

  /** Byte offset of the card of granule 0. */
  static final int FIRST_CARD = 8;

  /** Most pages of a memory that is copied: 64 MiB. */
  static final int MOST_COPIED_PAGES = 1024;

  /**
   * Pages that a memory has beyond those the guest knows of. Growing within them can be undone,
   * because nothing really grows: allocators grow their memory at the first allocation.
   */
  static final int SPARE_PAGES = 16;

  private UndoLog() {}

  /** Pages of cards for a memory of so many pages. */
  static int cardPages(long pages) {
    return Math.toIntExact(((pages << PAGE_SHIFT) + FIRST_CARD >> 16) + 1);
  }

  /** Pages of a log that can list every granule of a memory of so many pages. */
  static int logPages(long pages) {
    return Math.toIntExact(((pages << PAGE_SHIFT) * ENTRY + FIRST >> 16) + 1);
  }
}
