package io.calcitewasm.udf.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import io.calcitewasm.udf.signature.SqlType.RowField;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SqlTextTest {

  @Test
  void scalarsAreLiterals() {
    assertThat(text(Kind.BOOLEAN, true)).isEqualTo("TRUE");
    assertThat(text(Kind.INTEGER, -5)).isEqualTo("-5");
    assertThat(text(Kind.DOUBLE, 0.5)).isEqualTo("0.5");
    assertThat(text(Kind.DECIMAL, new BigDecimal("1E+2"))).isEqualTo("100");
    assertThat(text(Kind.VARCHAR, "it's")).isEqualTo("'it''s'");
    assertThat(text(Kind.VARBINARY, new byte[] {1, -1})).isEqualTo("X'01ff'");
    assertThat(text(Kind.DATE, 20_777)).isEqualTo("DATE '2026-11-20'");
    assertThat(text(Kind.TIME, 3_723_004)).isEqualTo("TIME '01:02:03.004'");
    assertThat(text(Kind.TIMESTAMP, -1L)).isEqualTo("TIMESTAMP '1969-12-31 23:59:59.999'");
    assertThat(text(Kind.INTERVAL_YEAR_MONTH, 14)).isEqualTo("INTERVAL '14' MONTH");
    assertThat(text(Kind.INTERVAL_DAY_SECOND, 1500L)).isEqualTo("INTERVAL '1.500' SECOND");
    assertThat(text(Kind.UUID, new UUID(0, 1)))
        .isEqualTo("UUID '00000000-0000-0000-0000-000000000001'");
    assertThat(text(Kind.INTEGER, null)).isEqualTo("NULL");
  }

  @Test
  void containersAreConstructors() {
    SqlType row =
        new SqlType.RowOf(
            List.of(
                new RowField("a", SqlType.of(Kind.VARCHAR), false),
                new RowField("b", new SqlType.ArrayOf(SqlType.of(Kind.INTEGER), true), false)));
    assertThat(SqlText.of(row, new Object[] {"x", Arrays.asList(1, null)}, 100))
        .isEqualTo("ROW('x', ARRAY[1, NULL])");
  }

  @Test
  void longValuesStop() {
    SqlType numbers = new SqlType.ArrayOf(SqlType.of(Kind.INTEGER), false);
    assertThat(SqlText.of(numbers, Collections.nCopies(1_000_000, 1), 50)).hasSizeLessThan(60);
    assertThat(text(Kind.VARCHAR, "x".repeat(1_000_000))).hasSizeLessThan(1_010);
    assertThat(text(Kind.VARBINARY, new byte[1_000_000])).hasSizeLessThan(2_010);
  }

  private static String text(Kind kind, @Nullable Object value) {
    return SqlText.of(SqlType.of(kind), value, 1000);
  }
}
