package io.calcitewasm.component.abi;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.ComponentValues;
import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** lift(lower(v)) = v for random types and values, flat and through memory, in every encoding. */
final class RoundTripTest {
  private static final int SIGNATURES = 600;

  @ParameterizedTest
  @EnumSource
  void whatIsLoweredIsLiftedAgain(StringEncoding encoding) {
    for (int seed = 0; seed < SIGNATURES; seed++) {
      Random random = new Random(seed);
      RandomTypes types = new RandomTypes(random);
      ComponentValues values = new ComponentValues(random);
      List<ValType.Field> parameters = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        parameters.add(new ValType.Field("p" + i, types.next(4)));
      }
      FuncType type = new FuncType(parameters, Optional.of(types.next(4)));
      AbiSignature signature = new AbiCompiler(resource -> ResourceSite.HOST).signature(type);

      Object[] arguments = parameters.stream().map(p -> values.of(p.type())).toArray();
      LiftLowerContext cx = new FakeGuest().context(encoding);
      long[] flat = signature.lowerArguments(cx, arguments);
      assertThat(flat).hasSize(signature.liftType().parameters().size());
      assertSame(signature.liftArguments(cx, flat), arguments, seed, type);

      Object result = values.of(type.result().orElseThrow());
      assertSame(throughResult(signature, encoding, result), result, seed, type);
    }
  }

  private static @Nullable Object throughResult(
      AbiSignature signature, StringEncoding encoding, Object result) {
    LiftLowerContext cx = new FakeGuest().context(encoding);
    boolean spilled =
        signature.lowerType().parameters().size() > signature.liftType().parameters().size();
    if (!spilled) {
      return signature.liftResult(cx, signature.lowerResult(cx, result, new long[0]));
    }
    long area = cx.allocate(8, 1 << 16, "the result");
    signature.lowerResult(cx, result, new long[] {area});
    return signature.liftResult(cx, area);
  }

  private static void assertSame(
      @Nullable Object actual, Object expected, int seed, FuncType type) {
    assertThat(ComponentValues.same(actual, expected))
        .as(
            "seed %d, %s: %s became %s",
            seed, type, ComponentValues.show(expected), ComponentValues.show(actual))
        .isTrue();
  }
}
