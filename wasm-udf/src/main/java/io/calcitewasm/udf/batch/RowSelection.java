package io.calcitewasm.udf.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows of a batch are called: those wanted whose strict arguments are not NULL. */
public final class RowSelection {
  private final List<? extends BatchColumn> strict;
  private final boolean @Nullable [] unwanted;
  private final boolean all;

  /**
   * A selection from a filled batch.
   *
   * @param strict the arguments that make the result NULL when they are
   * @param unwanted rows whose result nobody asks for; null if there are none
   */
  public RowSelection(List<? extends BatchColumn> strict, boolean @Nullable [] unwanted) {
    this.strict = strict.stream().filter(BatchColumn::anyNull).toList();
    this.unwanted = unwanted;
    this.all = unwanted == null && this.strict.isEmpty();
  }

  /** Whether every row is called. */
  public boolean isAll() {
    return all;
  }

  /** Whether a row is called. */
  public boolean calls(int row) {
    if (all) {
      return true;
    }
    if (unwanted != null && unwanted[row]) {
      return false;
    }
    for (int i = 0; i < strict.size(); i++) {
      if (strict.get(i).isNull(row)) {
        return false;
      }
    }
    return true;
  }
}
