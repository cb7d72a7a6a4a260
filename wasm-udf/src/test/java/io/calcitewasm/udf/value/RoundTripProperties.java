package io.calcitewasm.udf.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.Types;
import io.calcitewasm.udf.signature.SqlMapping;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** What goes in comes out. */
class RoundTripProperties {

  @Property
  void decimals(@ForAll("decimals") BigDecimal value) throws Exception {
    assertThat(there(Types.DECIMAL, value)).isEqualTo(value);
  }

  @Property
  void unsignedLongs(@ForAll("unsignedLongs") BigInteger value) throws Exception {
    assertThat(there(PrimitiveType.U64, value)).isEqualTo(new BigDecimal(value));
  }

  @Property
  void longs(@ForAll long value) throws Exception {
    assertThat(there(PrimitiveType.S64, value)).isEqualTo(value);
  }

  @Property
  void dates(@ForAll @IntRange(min = -719_162, max = 2_932_896) int days) throws Exception {
    assertThat(there(Types.DATE, days)).isEqualTo(days);
  }

  @Property
  void times(@ForAll @IntRange(min = 0, max = 86_399_999) int millis) throws Exception {
    assertThat(there(Types.TIME, millis)).isEqualTo(millis);
  }

  @Property
  void timestamps(
      @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long millis)
      throws Exception {
    assertThat(there(Types.TIMESTAMP, millis)).isEqualTo(millis);
    assertThat(there(Types.TIMESTAMP_TZ, millis)).isEqualTo(millis);
  }

  @Property
  void texts(@ForAll("texts") List<String> values) throws Exception {
    assertThat(there(Types.list(PrimitiveType.STRING), values)).isEqualTo(values);
  }

  @Property
  void flags(@ForAll int bits) throws Exception {
    String[] names = new String[32];
    java.util.Arrays.setAll(names, i -> "flag-" + i);
    ValType type = Types.flags(names);
    Object sql =
        ResultConverter.of(type, SqlMapping.of(type).type()).convert(bits, new SizeLimit(10_000));
    assertThat(ArgumentConverter.of(type).convert(sql)).isEqualTo(bits);
  }

  @Provide
  Arbitrary<BigDecimal> decimals() {
    BigInteger most = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
    return Combinators.combine(
            Arbitraries.bigIntegers().between(most.negate(), most),
            Arbitraries.integers().between(0, 38))
        .as(BigDecimal::new);
  }

  @Provide
  Arbitrary<BigInteger> unsignedLongs() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.ZERO, BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.integers()
        .between(0, 0x10FFFF)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .list()
        .ofMaxSize(20)
        .map(cs -> cs.stream().map(Character::toString).reduce("", String::concat))
        .list()
        .ofMaxSize(5);
  }

  private static @Nullable Object there(ValType type, Object value) throws Exception {
    Object component = ArgumentConverter.of(type).convert(value);
    return ResultConverter.of(type, SqlMapping.of(type).type())
        .convert(component, new SizeLimit(1 << 20));
  }
}
