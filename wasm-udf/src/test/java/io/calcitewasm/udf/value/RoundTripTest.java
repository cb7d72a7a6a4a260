package io.calcitewasm.udf.value;

import static io.calcitewasm.udf.RandomValues.between;
import static io.calcitewasm.udf.RandomValues.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.Types;
import io.calcitewasm.udf.signature.SqlMapping;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes in comes out, for random values. */
class RoundTripTest {
  private static final BigInteger MOST_DIGITS = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

  @Test
  void decimals() {
    forAll(
        RoundTripTest::decimal, value -> assertThat(there(Types.DECIMAL, value)).isEqualTo(value));
  }

  @Test
  void unsigned_longs() {
    forAll(
        random -> new BigInteger(Long.toUnsignedString(between(random, Long.MIN_VALUE, -1))),
        value -> assertThat(there(PrimitiveType.U64, value)).isEqualTo(new BigDecimal(value)));
    forAll(
        random -> BigInteger.valueOf(between(random, 0, Long.MAX_VALUE)),
        value -> assertThat(there(PrimitiveType.U64, value)).isEqualTo(new BigDecimal(value)));
  }

  @Test
  void longs() {
    forAll(
        random -> between(random, Long.MIN_VALUE, Long.MAX_VALUE),
        value -> assertThat(there(PrimitiveType.S64, value)).isEqualTo(value));
  }

  @Test
  void dates() {
    forAll(
        random -> (int) between(random, -719_162, 2_932_896),
        days -> assertThat(there(Types.DATE, days)).isEqualTo(days));
  }

  @Test
  void times() {
    forAll(
        random -> (int) between(random, 0, 86_399_999),
        millis -> assertThat(there(Types.TIME, millis)).isEqualTo(millis));
  }

  @Test
  void timestamps() {
    forAll(
        random -> between(random, -62_135_596_800_000L, 253_402_300_799_999L),
        millis -> {
          assertThat(there(Types.TIMESTAMP, millis)).isEqualTo(millis);
          assertThat(there(Types.TIMESTAMP_TZ, millis)).isEqualTo(millis);
        });
  }

  @Test
  void texts() {
    forAll(
        random -> Stream.generate(() -> text(random)).limit(random.nextInt(6)).toList(),
        (List<String> values) ->
            assertThat(there(Types.list(PrimitiveType.STRING), values)).isEqualTo(values));
  }

  @Test
  void flags() {
    String[] names = new String[32];
    Arrays.setAll(names, i -> "flag-" + i);
    ValType type = Types.flags(names);
    forAll(
        random -> (int) between(random, Integer.MIN_VALUE, Integer.MAX_VALUE),
        bits -> {
          Object sql =
              ResultConverter.of(type, SqlMapping.of(type).type())
                  .convert(bits, new SizeLimit(10_000));
          assertThat(ArgumentConverter.of(type).convert(sql)).isEqualTo(bits);
        });
  }

  /** Up to 38 digits of any length, a quarter of them the most there can be. */
  private static BigDecimal decimal(RandomGenerator random) {
    BigInteger size =
        random.nextInt(4) == 0
            ? MOST_DIGITS
            : new BigInteger(magnitude(random)).mod(BigInteger.TEN.pow(random.nextInt(39)));
    return new BigDecimal(random.nextBoolean() ? size : size.negate(), random.nextInt(39));
  }

  private static byte[] magnitude(RandomGenerator random) {
    byte[] bytes = new byte[17];
    random.nextBytes(bytes);
    bytes[0] = 0;
    return bytes;
  }

  /** Up to 20 characters from all of Unicode, half of them from its first 256. */
  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(21); i > 0; i--) {
      int c = random.nextBoolean() ? random.nextInt(256) : random.nextInt(0x110000);
      text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
    }
    return text.toString();
  }

  private static @Nullable Object there(ValType type, Object value) throws Exception {
    Object component = ArgumentConverter.of(type).convert(value);
    return ResultConverter.of(type, SqlMapping.of(type).type())
        .convert(component, new SizeLimit(1 << 20));
  }
}
