package io.calcitewasm.udf.value;

import static io.calcitewasm.component.model.PrimitiveType.CHAR;
import static io.calcitewasm.component.model.PrimitiveType.F32;
import static io.calcitewasm.component.model.PrimitiveType.F64;
import static io.calcitewasm.component.model.PrimitiveType.S32;
import static io.calcitewasm.component.model.PrimitiveType.S64;
import static io.calcitewasm.component.model.PrimitiveType.S8;
import static io.calcitewasm.component.model.PrimitiveType.STRING;
import static io.calcitewasm.component.model.PrimitiveType.U64;
import static io.calcitewasm.component.model.PrimitiveType.U8;
import static io.calcitewasm.udf.Types.flags;
import static io.calcitewasm.udf.Types.labels;
import static io.calcitewasm.udf.Types.list;
import static io.calcitewasm.udf.Types.option;
import static io.calcitewasm.udf.Types.record;
import static io.calcitewasm.udf.Types.result;
import static io.calcitewasm.udf.Types.tuple;
import static io.calcitewasm.udf.Types.variant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.udf.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/sql.md, "Conversions and overloads": values on their way in. */
class ArgumentConverterTest {

  @ParameterizedTest
  @CsvSource({
    "S8, -128, 127",
    "U8, 0, 255",
    "S16, -32768, 32767",
    "U16, 0, 65535",
    "S32, -2147483648, 2147483647",
    "U32, 0, 4294967295",
    "S64, -9223372036854775808, 9223372036854775807",
    "U64, 0, 18446744073709551615",
  })
  void integersAreCheckedAgainstTheirRange(PrimitiveType type, BigDecimal least, BigDecimal most)
      throws Exception {
    assertThat(((Number) in(type, least)).longValue()).isEqualTo(least.longValue());
    assertThat(((Number) in(type, most)).longValue()).isEqualTo(most.longValue());
    assertMisfit("22003", type, least.subtract(BigDecimal.ONE), "out of range");
    assertMisfit("22003", type, most.add(BigDecimal.ONE), "out of range");
  }

  @Test
  void everyExactClassIsANumber() throws Exception {
    assertThat(in(S8, 5L)).isEqualTo(5);
    assertThat(in(S64, (byte) 5)).isEqualTo(5L);
    assertThat(in(S32, new BigInteger("7"))).isEqualTo(7);
    assertThat(in(S32, new BigDecimal("7.00"))).isEqualTo(7);
    assertThat(in(S32, new BigDecimal("7E+3"))).isEqualTo(7000);
  }

  @Test
  void aRangeErrorTellsTheRange() {
    assertMisfit("22003", S8, 300, "300 is out of range for s8 (-128 to 127)");
  }

  @Test
  void fractionsAreNotRounded() {
    assertMisfit("22003", S32, new BigDecimal("5.5"), "5.5 has a fraction");
    assertMisfit("22003", S32, 5.5, "5.5 has a fraction");
    assertMisfit("22003", S32, Double.NaN, "NaN is no exact number");
  }

  @Test
  void hugeExponentsCostNothing() {
    assertMisfit("22003", S64, new BigDecimal("1E+400000000"), "out of range");
    assertMisfit("22003", U64, new BigDecimal("1E-400000000"), "fraction");
    assertMisfit("22003", Types.DECIMAL, new BigDecimal("1E+400000000"), "38 digits");
  }

  @Test
  void unsignedLongsAreTheirBits() throws Exception {
    assertThat(in(U64, new BigDecimal("18446744073709551615"))).isEqualTo(-1L);
    assertMisfit("22003", U64, -1, "-1 is out of range for u64 (0 to 18446744073709551615)");
  }

  @Test
  void exactNumbersBecomeApproximateOnes() throws Exception {
    assertThat(in(F64, new BigDecimal("0.1"))).isEqualTo(0.1);
    assertThat(in(F32, 16_777_217)).isEqualTo(16_777_216f);
    assertThat(in(F32, Double.NaN)).isEqualTo(Float.NaN);
    assertThat(in(F32, Double.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void overflowOfApproximateNumbersIsAnError() {
    assertMisfit("22003", F32, 1e300, "too large for a REAL");
    assertMisfit("22003", F64, new BigDecimal("1E+400"), "too large for a DOUBLE");
  }

  @Test
  void textIsUnicode() throws Exception {
    assertThat(in(STRING, "a😀")).isEqualTo("a😀");
    assertMisfit("22021", STRING, "a\ud83d", "character 2 is half a surrogate pair");
    assertMisfit("22021", STRING, "\ude00\ud83d", "character 1");
  }

  @Test
  void aCharacterIsOneCodePoint() throws Exception {
    assertThat(in(CHAR, "😀")).isEqualTo(0x1F600);
    assertMisfit("22001", CHAR, "ab", "'ab' is longer than one character");
    assertMisfit("22023", CHAR, "", "empty");
    assertMisfit("22021", CHAR, "\ud83d", "surrogate");
  }

  @Test
  void nullIsNone() throws Exception {
    assertThat(in(option(S32), null)).isEqualTo(Optional.empty());
    assertThat(in(option(S32), 5)).isEqualTo(Optional.of(5));
  }

  @Test
  void nullInsideAListIsRefusedWithItsPlace() throws Exception {
    assertMisfit("22004", list(S32), Arrays.asList(1, null), "element 2: NULL is not allowed here");
    assertThat(in(list(option(S32)), Arrays.asList(1, null)))
        .isEqualTo(List.of(Optional.of(1), Optional.empty()));
  }

  @Test
  void placesNest() {
    ValType type = list(record("first-name", STRING, "tags", list(S8)));
    assertMisfit(
        "22003",
        type,
        List.of(new Object[] {"a", List.of(1)}, new Object[] {"b", List.of(1, 2, 300)}),
        "element 2, field tags, element 3: 300 is out of range");
  }

  @Test
  void binaryIsBytes() throws Exception {
    assertThat(in(list(U8), new byte[] {1, -1})).isEqualTo(new byte[] {1, -1});
  }

  @Test
  void rowsFitByPosition() throws Exception {
    assertThat((Object[]) in(tuple(S32, STRING), new Object[] {1, "a"})).containsExactly(1, "a");
    assertThat((Object[]) in(record("a", S32), List.of(1L))).containsExactly(1);
    assertMisfit("22023", tuple(S32), new Object[] {1, 2}, "a row of 2 fields is not one of 1");
  }

  @Test
  void labelsAreTheirPosition() throws Exception {
    ValType colours = labels("red", "dark-green");
    assertThat(in(colours, "dark-green")).isEqualTo(1);
    assertMisfit("22023", colours, "Red", "'Red' is none of the labels red, dark-green");
  }

  @Test
  void flagsAreASetOfLabels() throws Exception {
    ValType rights = flags("read", "write", "execute");
    assertThat(in(rights, List.of("execute", "read", "read"))).isEqualTo(0b101);
    assertThat(in(rights, List.of())).isEqualTo(0);
    assertMisfit("22023", rights, List.of("read", "fly"), "element 2: 'fly' is none of the labels");
    assertMisfit("22004", rights, Arrays.asList((Object) null), "element 1");
  }

  @Test
  void aVariantIsItsCase() throws Exception {
    ValType shape = variant("empty", null, "circle", F64, "square", option(S32));
    assertThat(in(shape, row("empty", null, null))).isEqualTo(new VariantValue(0, null));
    assertThat(in(shape, row("circle", 2, null))).isEqualTo(new VariantValue(1, 2.0));
    assertThat(in(shape, row("square", null, null)))
        .isEqualTo(new VariantValue(2, Optional.empty()));
    assertMisfit("22023", shape, row("oval", null, null), "field case: 'oval' is none of");
    assertMisfit("22004", shape, row("circle", null, null), "field circle: NULL");
    assertMisfit("22004", shape, row(null, null, null), "field case: NULL");
    assertMisfit(
        "22023", shape, row("empty", 1, null), "case is 'empty', but field circle is not NULL");
  }

  @Test
  void aResultIsOneOfItsArms() throws Exception {
    ValType answer = result(S32, STRING);
    assertThat(in(answer, row(1, null))).isEqualTo(ResultValue.ok(1));
    assertThat(in(answer, row(null, "no"))).isEqualTo(ResultValue.err("no"));
    assertMisfit("22023", answer, row(1, "no"), "both ok and err");
    assertMisfit("22004", answer, row(null, null), "neither ok nor err");
    assertThat(in(result(null, null), row(true, null))).isEqualTo(ResultValue.ok(null));
    assertThat(in(result(option(S32), STRING), row(null, null)))
        .isEqualTo(ResultValue.ok(Optional.empty()));
    assertMisfit("22023", result(null, S32), row(false, null), "TRUE or NULL");
  }

  @Test
  void datesAndTimesGetTheUnitsOfTheContract() throws Exception {
    assertThat((Object[]) in(Types.DATE, 20_000)).containsExactly(20_000);
    assertThat((Object[]) in(Types.TIME, 1)).containsExactly(1_000_000L);
    assertThat((Object[]) in(Types.TIMESTAMP, -1L)).containsExactly(-1000L);
    assertThat((Object[]) in(Types.TIMESTAMP_TZ, 5L)).containsExactly(5000L);
    assertThat((Object[]) in(Types.INTERVAL_MONTHS, 14)).containsExactly(14);
    assertThat((Object[]) in(Types.INTERVAL_MONTHS, 14L)).containsExactly(14);
    assertThat((Object[]) in(Types.INTERVAL_MICROS, 1500L)).containsExactly(1_500_000L);
  }

  @Test
  void datesAndTimesOutOfRangeAreRefused() {
    assertMisfit("22008", Types.DATE, 2_932_897, "year 9999");
    assertMisfit("22008", Types.TIME, 86_400_000, "not a time of the day");
    assertMisfit("22008", Types.TIMESTAMP, Long.MAX_VALUE, "year 9999");
    assertMisfit("22015", Types.INTERVAL_MICROS, Long.MAX_VALUE, "too long");
  }

  @Test
  void decimalsKeepTheirScale() throws Exception {
    assertThat((Object[]) in(Types.DECIMAL, new BigDecimal("12.340")))
        .containsExactly(0L, 12340L, 3);
    assertThat((Object[]) in(Types.DECIMAL, new BigDecimal("-1"))).containsExactly(-1L, -1L, 0);
    assertThat((Object[]) in(Types.DECIMAL, 7)).containsExactly(0L, 7L, 0);
    assertThat((Object[]) in(Types.DECIMAL, new BigDecimal("1E+2"))).containsExactly(0L, 100L, 0);
  }

  @Test
  void aDecimalHasAtMost38Digits() throws Exception {
    in(Types.DECIMAL, new BigDecimal("9".repeat(38)));
    assertMisfit(
        "22003", Types.DECIMAL, new BigDecimal("1" + "0".repeat(38)), "needs more than 38 digits");
    assertMisfit("22003", Types.DECIMAL, new BigDecimal("1E-39"), "38 digits");
    assertThat((Object[]) in(Types.DECIMAL, new BigDecimal("1." + "0".repeat(60))))
        .containsExactly(0L, 1L, 0);
  }

  @Test
  void uuidAndJson() throws Exception {
    assertThat((Object[]) in(Types.UUID, new UUID(1, -2))).containsExactly(1L, -2L);
    assertThat((Object[]) in(Types.JSON, "{}")).containsExactly("{}");
  }

  @Test
  void valuesOfAnotherClassAreRefused() {
    assertMisfit("22023", STRING, 5, "a java.lang.Integer is not a character value");
    assertMisfit("22023", S32, "5", "a java.lang.String is not a number");
    assertMisfit("22023", S64, new Date(0), "a java.util.Date is not a number");
    assertMisfit("22023", list(S32), 5, "is not a array");
    assertMisfit("22023", Types.UUID, "x", "is not a UUID");
    assertMisfit("22004", S32, null, "NULL");
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static Object in(ValType type, @Nullable Object value) throws MisfitException {
    return ArgumentConverter.of(type).convert(value);
  }

  private static void assertMisfit(
      String sqlState, ValType type, @Nullable Object value, String part) {
    MisfitException misfit = catchThrowableOfType(MisfitException.class, () -> in(type, value));
    assertThat(misfit).isNotNull().hasMessageContaining(part);
    assertThat(misfit.sqlState()).isEqualTo(sqlState);
  }
}
