package io.calcitewasm.jdbc.cli.output;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How wide the columns of a table may be, so that its lines fit into a terminal. */
final class ColumnWidths {
  /** Columns between two values: {@code " | "}. */
  static final int SEPARATOR = 3;

  /** A blank before the first value and behind the last. */
  static final int MARGIN = 2;

  private static final int LEAST = 8;

  private ColumnWidths() {}

  /**
   * Takes from the widest columns until the line fits.
   *
   * @param wanted what each column needs
   * @param terminal columns of the terminal, 0 for no limit
   * @return the widths, or an empty array if no column layout of that terminal is readable
   */
  static int[] fit(int[] wanted, int terminal) {
    int[] widths = wanted.clone();
    if (terminal <= 0) {
      return widths;
    }
    int room = terminal - MARGIN - SEPARATOR * (wanted.length - 1);
    int least = IntStream.of(wanted).map(w -> Math.min(w, LEAST)).sum();
    if (least > room) {
      return new int[0];
    }
    // The greatest common cap that fits: narrow columns keep their width.
    int low = LEAST;
    int high = Math.max(LEAST, IntStream.of(wanted).max().orElse(LEAST));
    while (low < high) {
      int cap = (low + high + 1) / 2;
      if (IntStream.of(wanted).map(w -> Math.min(w, cap)).sum() <= room) {
        low = cap;
      } else {
        high = cap - 1;
      }
    }
    int cap = low;
    Arrays.setAll(widths, i -> Math.min(wanted[i], cap));
    int left = room - IntStream.of(widths).sum();
    for (int i = 0; i < widths.length && left > 0; i++) {
      if (widths[i] < wanted[i]) {
        widths[i]++;
        left--;
      }
    }
    return widths;
  }
}
