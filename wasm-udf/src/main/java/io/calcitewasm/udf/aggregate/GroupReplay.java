package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.Replay;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.value.SqlText;
import io.calcitewasm.udf.value.ValueSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a group, or of a frame, to be given to accumulators of both versions of a module. Of a
 * large group these are the first.
 */
final class GroupReplay implements Replay {
  /** Rows of a group, at most. */
  static final int MOST_ROWS = 10_000;

  /** What the rows of a group may take, roughly, in bytes. */
  private static final long MOST_BYTES = 4L << 20;

  private final SqlFunction guest;
  private final AggregateTerms.Maker maker;
  private final SqlType result;
  private final @Nullable Object[] defaults;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private long bytes;

  /**
   * A group without rows.
   *
   * @param guest what the active version's guest sees of the aggregate
   * @param defaults what the constructor is given if no row comes
   */
  GroupReplay(SqlFunction guest, AggregateTerms terms, @Nullable Object[] defaults) {
    this.guest = guest;
    this.maker = terms.maker();
    this.result = terms.result();
    this.defaults = defaults;
  }

  /** Adds a row: what the constructor and {@code step} are given. */
  void add(@Nullable Object[] arguments) {
    @Nullable Object[] row = arguments.clone();
    rows.add(row);
    bytes += ValueSize.of(row);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Whether it takes no more rows. */
  boolean isFull() {
    return rows.size() >= MOST_ROWS || bytes >= MOST_BYTES;
  }

  @Override
  public @Nullable Object in(CallSession session, Callee version, SqlFunction function) {
    AggregateCalls calls = maker.calls(session, version, function);
    Accumulator group = calls.begin(defaults);
    rows.forEach(row -> calls.step(group, row.clone()));
    return calls.terms().value(group.last(Group.UNNAMED));
  }

  @Override
  public String told(int most) {
    List<SqlType> types = guest.parameters().stream().map(SqlParameter::type).toList();
    StringBuilder text = new StringBuilder(guest.shortName());
    text.append(" of ").append(rows.size()).append(rows.size() == 1 ? " row" : " rows");
    String separator = ": ";
    for (@Nullable Object[] row : rows) {
      if (text.length() > most) {
        return text.append(", …").toString();
      }
      text.append(separator).append(SqlText.ofAll(types, row, most));
      separator = ", ";
    }
    return text.toString();
  }

  @Override
  public String told(@Nullable Object value, int most) {
    return SqlText.of(result, value, most);
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
