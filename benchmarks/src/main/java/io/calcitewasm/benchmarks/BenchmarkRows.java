package io.calcitewasm.benchmarks;

import java.util.SplittableRandom;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The table of the benchmarks: {@code (a BIGINT, b BIGINT, s VARCHAR, t VARCHAR, p VARCHAR)}, an
 * object array per row as in Calcite's own tables. {@value #DISTINCT} rows are made once and read
 * again and again, as many as {@link #setCount} says, so that 8 million rows need no gigabytes.
 */
final class BenchmarkRows extends AbstractTable implements ScannableTable {
  static final int DISTINCT = 1 << 16;

  private static final String[] WORDS = {
    "Rock", "Crème", "Live!", "at", "Hammersmith", "Odéon", "No. 5", "& Friends", "Suite", "Ré"
  };
  private static final String[] PRICES = {"%d.%02d", "$%d.%02d", "-%d.%02d", "€%d,%03d.50"};

  private final Object[][] rows = new Object[DISTINCT][];
  private volatile long count;

  BenchmarkRows(long count) {
    this.count = count;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DISTINCT; i++) {
      String text = text(random);
      rows[i] =
          new Object[] {
            random.nextLong(1L << 31),
            random.nextLong(1L << 31),
            text,
            edited(text, random),
            price(i, random)
          };
    }
  }

  /** Words, 8 to 40 characters. */
  private static String text(SplittableRandom random) {
    int length = random.nextInt(8, 41);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(text.isEmpty() ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    text.setLength(length);
    if (text.charAt(length - 1) == ' ') {
      text.setCharAt(length - 1, '!');
    }
    return text.toString();
  }

  /** The text with up to three characters replaced, and sometimes one more or less. */
  private static String edited(String text, SplittableRandom random) {
    StringBuilder other = new StringBuilder(text);
    for (int edits = random.nextInt(4); edits > 0; edits--) {
      other.setCharAt(random.nextInt(other.length()), (char) random.nextInt('a', 'z' + 1));
    }
    if (random.nextInt(4) == 0) {
      other.append('x');
    }
    return other.toString();
  }

  /** An amount; one in a hundred is none. */
  private static String price(int row, SplittableRandom random) {
    if (row % 100 == 99) {
      return "on request";
    }
    return PRICES[random.nextInt(PRICES.length)].formatted(
        random.nextInt(1000), random.nextInt(100));
  }

  /** How many rows a scan has from now on. */
  void setCount(long rows) {
    count = rows;
  }

  long count() {
    return count;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return typeFactory
        .builder()
        .add("a", SqlTypeName.BIGINT)
        .add("b", SqlTypeName.BIGINT)
        .add("s", SqlTypeName.VARCHAR)
        .add("t", SqlTypeName.VARCHAR)
        .add("p", SqlTypeName.VARCHAR)
        .build();
  }

  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext root) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return new Scan(rows, count);
      }
    };
  }

  private static final class Scan implements Enumerator<@Nullable Object[]> {
    private final Object[][] rows;
    private final long count;
    private long at = -1;

    Scan(Object[][] rows, long count) {
      this.rows = rows;
      this.count = count;
    }

    @Override
    public @Nullable Object[] current() {
      return rows[(int) at & (DISTINCT - 1)];
    }

    @Override
    public boolean moveNext() {
      return ++at < count;
    }

    @Override
    public void reset() {
      at = -1;
    }

    @Override
    public void close() {}
  }
}
