package io.calcitewasm.udf.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import io.calcitewasm.udf.signature.SqlType.RowField;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a guest answers is a value of the type that it had resolved to, or an error. */
class DynamicValueTest {
  private static final RowOf VALUE =
      new RowOf(
          List.of(
              new RowField("case", SqlType.of(Kind.VARCHAR), false),
              new RowField("boolean", SqlType.of(Kind.BOOLEAN), true),
              new RowField("int32", SqlType.of(Kind.INTEGER), true),
              new RowField("int64", SqlType.of(Kind.BIGINT), true),
              new RowField("float64", SqlType.of(Kind.DOUBLE), true),
              new RowField("decimal", SqlType.decimal(38, 18), true),
              new RowField("text", SqlType.of(Kind.VARCHAR), true),
              new RowField("timestamp_tz", SqlType.of(Kind.TIMESTAMP_LTZ), true)));

  private static @Nullable Object answered(String label, @Nullable Object payload, SqlType type) {
    return DynamicValue.ofGuest(DynamicRow.of(VALUE, label, payload), VALUE, type, "m.f");
  }

  private static void fails(String state, String label, Object payload, SqlType type) {
    assertThatExceptionOfType(SqlError.class)
        .isThrownBy(() -> answered(label, payload, type))
        .satisfies(e -> assertThat(e.sqlState()).isEqualTo(state))
        .withMessageContaining("m.f");
  }

  @Test
  void numbers_take_the_resolved_type() {
    assertThat(answered("int32", 7, SqlType.of(Kind.TINYINT))).isEqualTo((byte) 7);
    assertThat(answered("int32", 7, SqlType.of(Kind.BIGINT))).isEqualTo(7L);
    assertThat(answered("int64", 7L, SqlType.of(Kind.DOUBLE))).isEqualTo(7.0);
    assertThat(answered("int64", 7L, SqlType.decimal(5, 2))).isEqualTo(new BigDecimal("7.00"));
    assertThat(answered("decimal", new BigDecimal("1.50"), SqlType.decimal(5, 1)))
        .isEqualTo(new BigDecimal("1.5"));
    assertThat(answered("null", null, SqlType.of(Kind.DATE))).isNull();
  }

  @Test
  void numbers_that_do_not_fit_are_out_of_range() {
    fails("22003", "int32", 300, SqlType.of(Kind.TINYINT));
    fails("22003", "int64", 1L << 40, SqlType.of(Kind.INTEGER));
    fails("22003", "decimal", new BigDecimal("0.001"), SqlType.decimal(5, 2));
    fails("22003", "decimal", new BigDecimal("1234.5"), SqlType.decimal(5, 2));
  }

  @Test
  void values_of_another_kind_are_the_guests_error() {
    fails("38000", "text", "7", SqlType.of(Kind.INTEGER));
    fails("38000", "int32", 7, SqlType.of(Kind.VARCHAR));
    fails("38000", "float64", 7.0, SqlType.of(Kind.BIGINT));
    fails("38000", "boolean", true, SqlType.of(Kind.TIMESTAMP_LTZ));
  }

  @Test
  void arguments_carry_the_case_of_their_type() {
    assertThat(DynamicValue.toGuest(SqlType.of(Kind.SMALLINT), (short) 3, VALUE))
        .containsExactly("int32", null, 3, null, null, null, null, null);
    assertThat(DynamicValue.toGuest(SqlType.of(Kind.TIMESTAMP_LTZ), 5L, VALUE))
        .containsExactly("timestamp-tz", null, null, null, null, null, null, 5L);
    assertThat(DynamicValue.toGuest(SqlType.of(Kind.SMALLINT), null, VALUE))
        .startsWith("null")
        .containsOnlyOnce("null");
    assertThat(DynamicValue.toGuest((@Nullable SqlType) null, null, VALUE)).startsWith("null");
  }
}
