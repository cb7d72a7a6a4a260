package io.calcitewasm.benchmarks;

import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The table of the benchmarks: {@code (a BIGINT, b BIGINT, s VARCHAR)}, made before they run. */
final class BenchmarkRows extends AbstractTable implements ScannableTable {
  private static final String[] WORDS = {
    "Rock", "Crème", "Live!", "at", "Hammersmith", "Odéon", "No. 5", "& Friends", "Suite", "Ré"
  };

  private final Object[][] rows;

  BenchmarkRows(int count) {
    rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      String text = WORDS[i % 10] + " " + WORDS[i / 10 % 10] + " " + WORDS[i / 100 % 10];
      rows[i] = new Object[] {(long) i, (long) (i * 31 % 1009), text};
    }
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return typeFactory
        .builder()
        .add("a", SqlTypeName.BIGINT)
        .add("b", SqlTypeName.BIGINT)
        .add("s", SqlTypeName.VARCHAR)
        .build();
  }

  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext root) {
    return Linq4j.asEnumerable(rows);
  }
}
