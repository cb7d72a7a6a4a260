package io.calcitewasm.component.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.calcitewasm.component.ComponentValues;
import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A guest's memory may hold anything: it is lifted to a value, or the call traps. */
final class LiftFuzzTest {

  @FuzzTest(maxDuration = "30m")
  void anyMemoryIsLiftedOrTraps(FuzzedDataProvider data) {
    StringEncoding encoding = data.pickValue(StringEncoding.values());
    ValType type = new RandomTypes(new Random(data.consumeInt(0, 10_000))).next(4);
    AbiSignature signature =
        new AbiCompiler(resource -> ResourceSite.HOST)
            .signature(new FuncType(List.of(), Optional.of(type)));
    FakeGuest guest = new FakeGuest();
    LiftLowerContext cx = guest.context(encoding);
    long coreResult = data.consumeLong();
    guest.fill(data.consumeRemainingAsBytes());
    @Nullable Object value;
    try {
      value = signature.liftResult(cx, coreResult);
    } catch (AbiTrap | ValueTooLarge e) {
      assertThat(e).hasMessageNotContaining("null");
      return;
    }
    boolean spilled = !signature.lowerType().parameters().isEmpty();
    FakeGuest other = new FakeGuest();
    LiftLowerContext lowering = other.context(encoding);
    long area = spilled ? lowering.allocate(8, 1 << 16, "the result") : 0;
    long lowered = signature.lowerResult(lowering, value, new long[] {area});
    Object again = signature.liftResult(other.context(encoding), spilled ? area : lowered);
    assertThat(ComponentValues.same(again, value))
        .as("%s: %s became %s", type, ComponentValues.show(value), ComponentValues.show(again))
        .isTrue();
  }
}
