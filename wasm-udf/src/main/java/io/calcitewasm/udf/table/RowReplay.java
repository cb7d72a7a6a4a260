package io.calcitewasm.udf.table;

import io.calcitewasm.udf.instance.CallReplay;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.Replay;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a call of a table function, to be read again as far as a statement has read them. */
final class RowReplay implements Replay {
  /** Rows that are read again, at most. */
  private static final int MOST = 1000;

  private final CallReplay call;
  private final int rows;

  /**
   * Rows to be read.
   *
   * @param function the active version's
   * @param rows how many, at most: one more than there were, if all were read
   */
  RowReplay(SqlFunction function, @Nullable Object[] arguments, long rows) {
    this.call = new CallReplay(function, arguments.clone());
    this.rows = (int) Math.min(MOST, rows);
  }

  @Override
  public Object in(CallSession session, Callee version, SqlFunction twin) {
    List<Object> read = new ArrayList<>();
    try (RowCursor cursor = new RowCursor(session, version, twin, call.arguments().clone())) {
      List<?> next = List.of();
      do {
        next = cursor.next();
        read.addAll(next.subList(0, Math.min(next.size(), rows - read.size())));
      } while (!next.isEmpty() && read.size() < rows);
    }
    return read;
  }

  @Override
  public String told(int most) {
    return call.told(most);
  }

  @Override
  public String told(@Nullable Object value, int most) {
    return call.told(value, most);
  }

  @Override
  public long bytes() {
    return call.bytes();
  }
}
