package io.calcitewasm.benchmarks;

import java.util.SplittableRandom;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A million rows {@code (id BIGINT, k BIGINT, h BIGINT, x DOUBLE, s VARCHAR, n VARCHAR)}: {@code k}
 * has 1,000 values, {@code h} half a million, {@code s} three words, {@code n} words and numbers.
 */
final class SetRows extends AbstractTable implements ScannableTable {
  static final int COUNT = 1_000_000;
  private static final int FEW = 1_000;
  private static final int MANY = 500_000;
  private static final String[] WORDS = {"to", "be", "or", "not", "that", "is", "the", "question"};

  private final @Nullable Object[][] rows = new Object[COUNT][];

  SetRows() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < COUNT; i++) {
      rows[i] =
          new Object[] {
            (long) i,
            (long) random.nextInt(FEW),
            (long) random.nextInt(MANY),
            random.nextDouble(),
            word(random) + " " + word(random) + ", " + word(random),
            word(random) + " " + random.nextInt(MANY) + " part " + random.nextInt(FEW)
          };
    }
  }

  private static String word(SplittableRandom random) {
    return WORDS[random.nextInt(WORDS.length)];
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return typeFactory
        .builder()
        .add("id", SqlTypeName.BIGINT)
        .add("k", SqlTypeName.BIGINT)
        .add("h", SqlTypeName.BIGINT)
        .add("x", SqlTypeName.DOUBLE)
        .add("s", SqlTypeName.VARCHAR)
        .add("n", SqlTypeName.VARCHAR)
        .build();
  }

  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext root) {
    return Linq4j.asEnumerable(rows);
  }
}
