package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traps of core code, and what becomes of memory, stack and time. */
final class GuestTrapsTest {
  private static final String TRAPS = "examples:evil/traps@0.1.0";
  private static final String RESOURCES = "examples:evil/resources@0.1.0";
  private static final LinkedComponent EVIL = Guest.link("fixtures/evil");

  private static TrapException trapOf(Instance instance, String of, String name, Object... args) {
    TrapException trap =
        catchThrowableOfType(TrapException.class, () -> instance.function(of, name).call(args));
    assertThat(trap).as(name).isNotNull();
    assertThat(instance.usable()).isFalse();
    return trap;
  }

  @ParameterizedTest
  @CsvSource({
    "unreachable, unreachable",
    "divide-by-zero, divide by zero",
    "overflow, integer overflow",
    "load-out-of-bounds, out-of-bounds",
    "store-out-of-bounds, out-of-bounds",
    "null-table-entry, table",
    "wrong-signature, indirect call",
    "trap-if-negative, unreachable",
  })
  void aCoreTrapHasTheGuestsFrames(String function, String words) {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      TrapException trap = trapOf(instance, TRAPS, function, -7);
      assertThat(trap.kind()).isEqualTo(Kind.GUEST);
      assertThat(trap).hasMessageContaining(words);
      assertThat(trap.frames()).containsExactly(TRAPS + "#" + function);
      assertThat(trap.memoryRefused()).isFalse();
    }
  }

  @Test
  void aConversionOfNanTraps() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      TrapException trap = trapOf(instance, TRAPS, "bad-conversion", Double.NaN);
      assertThat(trap.kind()).isEqualTo(Kind.GUEST);
    }
  }

  @Test
  void aTrapInPostReturnIsATrapOfTheCall() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      TrapException trap = trapOf(instance, TRAPS, "trap-in-post-return", 1);
      assertThat(trap.kind()).isEqualTo(Kind.GUEST);
      assertThat(trap.frames()).first().asString().startsWith("cabi_post_");
    }
  }

  @Test
  void theEngineLivesOnAfterEveryTrap() {
    for (int i = 0; i < 5; i++) {
      try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
        assertThat(instance.function(TRAPS, "trap-on-null").call(Optional.of(5))).isEqualTo(5);
        trapOf(instance, TRAPS, "trap-on-null", Optional.empty());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"recurse", "recurse-wide", "recurse-indirect"})
  void recursionWithoutEndExhaustsASmallStackSoon(String function) throws Exception {
    // Often enough for the function to be compiled, which is when large stacks become dangerous.
    for (int i = 0; i < 30; i++) {
      long start = System.nanoTime();
      TrapException trap =
          Guest.engine()
              .onGuestThread(
                  () -> {
                    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
                      return trapOf(instance, RESOURCES, function);
                    }
                  });
      assertThat(trap.kind()).isEqualTo(Kind.STACK);
      assertThat(trap).hasMessage("call stack exhausted");
      assertThat(trap.frames()).hasSizeBetween(10, 40);
      assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
  }

  @Test
  void aRefusedGrowthIsNoTrapByItself() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      assertThat(instance.function(RESOURCES, "grow-refused").call()).isEqualTo(-1);
      assertThat(instance.usable()).isTrue();
    }
  }

  @Test
  void aTrapAfterARefusedGrowthSaysSo() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      TrapException trap = trapOf(instance, RESOURCES, "grow-trap");
      assertThat(trap.kind()).isEqualTo(Kind.GUEST);
      assertThat(trap.memoryRefused()).isTrue();
      assertThat(trap.frames()).first().asString().endsWith("grow-trap");
    }
  }

  @Test
  void aGrowthRefusedInAnEarlierCallDoesNotCount() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      instance.function(RESOURCES, "grow-refused").call();
      assertThat(trapOf(instance, TRAPS, "unreachable", 1).memoryRefused()).isFalse();
    }
  }

  @Test
  void memoryGrowsToTheLimitOfTheOptionsAndNoFurther() {
    InstanceOptions options = InstanceOptions.DEFAULT.withMemoryBytes(4 << 20);
    try (Instance instance = EVIL.instantiate(options)) {
      assertThat(instance.function(RESOURCES, "grow-all").call()).isEqualTo(64L);
    }
  }

  @Test
  void tablesGrowToTheCapAndNoFurther() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      assertThat((Long) instance.function(RESOURCES, "grow-table").call(10_000_000L))
          .isLessThanOrEqualTo(Caps.DEFAULT.tableEntries());
    }
  }
}
