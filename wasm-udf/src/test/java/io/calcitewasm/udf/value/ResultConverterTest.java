package io.calcitewasm.udf.value;

import static io.calcitewasm.component.model.PrimitiveType.CHAR;
import static io.calcitewasm.component.model.PrimitiveType.F32;
import static io.calcitewasm.component.model.PrimitiveType.F64;
import static io.calcitewasm.component.model.PrimitiveType.S16;
import static io.calcitewasm.component.model.PrimitiveType.S32;
import static io.calcitewasm.component.model.PrimitiveType.S8;
import static io.calcitewasm.component.model.PrimitiveType.STRING;
import static io.calcitewasm.component.model.PrimitiveType.U16;
import static io.calcitewasm.component.model.PrimitiveType.U32;
import static io.calcitewasm.component.model.PrimitiveType.U64;
import static io.calcitewasm.component.model.PrimitiveType.U8;
import static io.calcitewasm.udf.Types.flags;
import static io.calcitewasm.udf.Types.labels;
import static io.calcitewasm.udf.Types.list;
import static io.calcitewasm.udf.Types.option;
import static io.calcitewasm.udf.Types.record;
import static io.calcitewasm.udf.Types.result;
import static io.calcitewasm.udf.Types.variant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.udf.Types;
import io.calcitewasm.udf.signature.SqlMapping;
import io.calcitewasm.udf.signature.SqlType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/sql.md, "Types": values on their way out. */
class ResultConverterTest {

  @Test
  void numbersHaveTheClassOfTheirSqlType() throws Exception {
    assertThat(out(S8, -1)).isEqualTo((byte) -1);
    assertThat(out(U8, 255)).isEqualTo((short) 255);
    assertThat(out(S16, -1)).isEqualTo((short) -1);
    assertThat(out(U16, 65535)).isEqualTo(65535);
    assertThat(out(U32, 4_294_967_295L)).isEqualTo(4_294_967_295L);
    assertThat(out(F32, 1f)).isEqualTo(1f);
    assertThat(out(F64, 1d)).isEqualTo(1d);
  }

  @Test
  void unsignedLongsAreDecimals() throws Exception {
    assertThat(out(U64, -1L)).isEqualTo(new BigDecimal("18446744073709551615"));
    assertThat(out(U64, 7L)).isEqualTo(new BigDecimal("7"));
  }

  @Test
  void charactersAndTexts() throws Exception {
    assertThat(out(CHAR, 0x1F600)).isEqualTo("😀");
    assertThat(out(STRING, "a")).isEqualTo("a");
    assertThat(out(list(U8), new byte[] {1})).isEqualTo(new byte[] {1});
  }

  @Test
  void noneIsNull() throws Exception {
    assertThat(out(option(S32), Optional.empty())).isNull();
    assertThat(out(option(S32), Optional.of(5))).isEqualTo(5);
    assertThat(out(list(option(S32)), List.of(Optional.of(5), Optional.empty())))
        .isEqualTo(Arrays.asList(5, null));
  }

  @Test
  void recordsAreRows() throws Exception {
    assertThat(
            (Object[])
                out(record("a", S8, "b", option(STRING)), new Object[] {1, Optional.empty()}))
        .containsExactly((byte) 1, null);
  }

  @Test
  void labelsComeInDeclarationOrder() throws Exception {
    assertThat(out(labels("red", "green"), 1)).isEqualTo("green");
    assertThat(out(flags("read", "write", "execute"), 0b101)).isEqualTo(List.of("read", "execute"));
  }

  @Test
  void thirtyTwoFlags() throws Exception {
    String[] names = new String[32];
    Arrays.setAll(names, i -> "f" + i);
    assertThat((List<?>) out(flags(names), -1)).hasSize(32);
    assertThat(out(flags(names), Integer.MIN_VALUE)).isEqualTo(List.of("f31"));
  }

  @Test
  void variantsFillOneField() throws Exception {
    ValType shape = variant("empty", null, "circle", F64, "square", option(S32));
    assertThat((Object[]) out(shape, new VariantValue(0, null)))
        .containsExactly("empty", null, null);
    assertThat((Object[]) out(shape, new VariantValue(1, 2.0)))
        .containsExactly("circle", 2.0, null);
    assertThat((Object[]) out(shape, new VariantValue(2, Optional.of(4))))
        .containsExactly("square", null, 4);
  }

  @Test
  void resultsInsideValuesAreRows() throws Exception {
    ValType answers = list(result(S32, STRING));
    List<?> rows = rows(answers, ResultValue.ok(1), ResultValue.err("no"));
    assertThat((Object[]) rows.get(0)).containsExactly(1, null);
    assertThat((Object[]) rows.get(1)).containsExactly(null, "no");
    List<?> done = rows(list(result(null, null)), ResultValue.err(null));
    assertThat((Object[]) done.get(0)).containsExactly(null, true);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "999,0", "1000,1", "-1,-1", "-1000,-1", "-1001,-2"})
  void timestampsAreCutTowardTheEarlierMillisecond(long micros, long millis) throws Exception {
    assertThat(out(Types.TIMESTAMP, new Object[] {micros})).isEqualTo(millis);
    assertThat(out(Types.TIMESTAMP_TZ, new Object[] {micros})).isEqualTo(millis);
    assertThat(out(Types.INTERVAL_MICROS, new Object[] {micros})).isEqualTo(millis);
  }

  @Test
  void datesAndTimes() throws Exception {
    assertThat(out(Types.DATE, new Object[] {-719_162})).isEqualTo(-719_162);
    assertThat(out(Types.TIME, new Object[] {86_399_999_999_999L})).isEqualTo(86_399_999);
    assertThat(out(Types.INTERVAL_MONTHS, new Object[] {-3})).isEqualTo(-3);
  }

  @Test
  void datesAndTimesOutOfRangeAreRefused() {
    assertMisfit("22008", Types.DATE, new Object[] {-719_163}, "year 1 to year 9999");
    assertMisfit("22008", Types.TIME, new Object[] {-1L}, "not a time of the day");
    assertMisfit("22008", Types.TIME, new Object[] {86_400_000_000_000L}, "not a time of the day");
    assertMisfit("22008", Types.TIMESTAMP, new Object[] {Long.MIN_VALUE}, "year 9999");
  }

  @Test
  void decimalsKeepTheGuestsScale() throws Exception {
    assertThat(out(Types.DECIMAL, new Object[] {0L, 12340L, 3}))
        .isEqualTo(new BigDecimal("12.340"));
    assertThat(out(Types.DECIMAL, new Object[] {-1L, -5L, 1})).isEqualTo(new BigDecimal("-0.5"));
    assertThat(out(Types.DECIMAL, new Object[] {1L, 0L, 0}))
        .isEqualTo(new BigDecimal("18446744073709551616"));
    assertThat(out(Types.DECIMAL, new Object[] {0L, -1L, 0}))
        .isEqualTo(new BigDecimal("18446744073709551615"));
  }

  @Test
  void decimalsBeyond38DigitsAreRefused() {
    assertMisfit(
        "22003", Types.DECIMAL, new Object[] {Long.MAX_VALUE, 0L, 0}, "needs more than 38 digits");
    assertMisfit("22003", Types.DECIMAL, new Object[] {0L, 1L, 39}, "38 digits");
    assertMisfit("22003", Types.DECIMAL, new Object[] {0L, 1L, 255}, "38 digits");
  }

  @Test
  void aNarrowerDecimalIsChecked() throws Exception {
    SqlType narrow = SqlType.decimal(5, 2);
    assertThat(narrowed(narrow, 99999, 2)).isEqualTo(new BigDecimal("999.99"));
    assertThat(narrowed(narrow, 1_500, 3)).isEqualTo(new BigDecimal("1.500"));
    assertThat(narrowed(narrow, 0, 30)).isEqualTo(new BigDecimal("0E-30"));
    assertThat(catchThrowableOfType(MisfitException.class, () -> narrowed(narrow, 1_501, 3)))
        .hasMessage("1.501 does not fit DECIMAL(5, 2)");
    assertThat(catchThrowableOfType(MisfitException.class, () -> narrowed(narrow, 1_000, 0)))
        .hasMessage("1000 does not fit DECIMAL(5, 2)");
  }

  @Test
  void uuidAndJson() throws Exception {
    assertThat(out(Types.UUID, new Object[] {1L, -2L})).isEqualTo(new UUID(1, -2));
    assertThat(out(Types.JSON, new Object[] {"[]"})).isEqualTo("[]");
  }

  @Test
  void placesAreTold() {
    assertMisfit(
        "22008",
        list(record("due-date", Types.DATE)),
        List.<Object>of(new Object[] {new Object[] {0}}, new Object[] {new Object[] {9_999_999}}),
        "element 2, field due_date: day 9999999");
  }

  @Test
  void aLargeResultIsRefused() {
    assertTooLarge(STRING, "ä".repeat(60), 100);
    assertTooLarge(list(U8), new byte[101], 100);
    assertTooLarge(list(S32), List.of(1, 2, 3, 4, 5, 6, 7), 100);
    assertTooLarge(
        list(list(S32)),
        List.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
        100);
  }

  @Test
  void aResultMayBeAsLargeAsTheLimit() throws Exception {
    SizeLimit size = new SizeLimit(100);
    assertThat(converter(STRING).convert("ä".repeat(50), size)).isNotNull();
    assertThat(catchThrowableOfType(MisfitException.class, () -> size.bytes(1))).isNotNull();
  }

  private static void assertTooLarge(ValType type, Object value, long limit) {
    MisfitException misfit =
        catchThrowableOfType(
            MisfitException.class, () -> converter(type).convert(value, new SizeLimit(limit)));
    assertThat(misfit)
        .isNotNull()
        .hasMessageEndingWith("the result is larger than 100 bytes (limit result_size)");
    assertThat(misfit.sqlState()).isEqualTo("54000");
  }

  private static @Nullable Object narrowed(SqlType as, long unscaled, int scale)
      throws MisfitException {
    return ResultConverter.of(Types.DECIMAL, as)
        .convert(new Object[] {unscaled >> 63, unscaled, scale}, new SizeLimit(100));
  }

  private static List<?> rows(ValType type, Object... values) throws Exception {
    return (List<?>) Objects.requireNonNull(out(type, List.of(values)));
  }

  private static ResultConverter converter(ValType type) throws Exception {
    return ResultConverter.of(type, SqlMapping.of(type).type());
  }

  private static @Nullable Object out(ValType type, Object value) throws Exception {
    Object converted = converter(type).convert(value, new SizeLimit(1 << 20));
    return converted;
  }

  private static void assertMisfit(String sqlState, ValType type, Object value, String part) {
    MisfitException misfit = catchThrowableOfType(MisfitException.class, () -> out(type, value));
    assertThat(misfit).isNotNull().hasMessageContaining(part);
    assertThat(misfit.sqlState()).isEqualTo(sqlState);
  }
}
