package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.effect.Effect;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that is reset is as one that was just made: every byte, every kind of state. */
final class ResetTest {
  private static final InstanceOptions RESETTABLE = InstanceOptions.DEFAULT.withReset();
  private static final String TRACES = "examples:undo/traces@0.1.0";
  private static final String MEMORY = "examples:state/memory@0.1.0";
  private static final LinkedComponent UNDO = Guest.link("fixtures/undo");
  private static final LinkedComponent STATE = Guest.link("fixtures/state");

  private static Instance marked(LinkedComponent component) {
    Instance instance = component.instantiate(RESETTABLE);
    assertThat(instance.mark()).isTrue();
    return instance;
  }

  private static void assertSame(List<byte[]> before, List<byte[]> after) {
    assertThat(after).hasSameSizeAs(before).isNotEmpty();
    for (int i = 0; i < before.size(); i++) {
      assertThat(Arrays.mismatch(before.get(i), after.get(i)))
          .as("first changed byte")
          .isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global-next",
        "float-next",
        "memory-next",
        "fill-next",
        "copy-next",
        "vector-next",
        "init-next",
        "grow-next",
        "traces"
      })
  void whatACallWroteIsUndone(String function) {
    try (Instance instance = marked(UNDO)) {
      List<byte[]> before = instance.memories();
      Object first = instance.function(TRACES, function).call(0);
      for (int i = 0; i < 100; i++) {
        assertThat(instance.reset()).isTrue();
        assertSame(before, instance.memories());
        assertThat(instance.function(TRACES, "traces").call(0)).isEqualTo(0);
        assertThat(instance.reset()).isTrue();
        assertThat(instance.function(TRACES, function).call(0)).isEqualTo(first);
      }
    }
  }

  @Test
  void callsThatChangeDifferentThingsAreUndoneTogether() {
    try (Instance instance = marked(UNDO)) {
      List<byte[]> before = instance.memories();
      for (String function : List.of("traces", "global-next", "memory-next", "grow-next")) {
        instance.function(TRACES, function).call(0);
      }
      assertThat(instance.reset()).isTrue();
      assertSame(before, instance.memories());
      assertThat(instance.function(TRACES, "traces").call(0)).isEqualTo(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"table-next", "table-grow-next", "drop-data", "drop-elements"})
  void whatNothingUndoesEndsTheInstance(String function) {
    try (Instance instance = marked(UNDO)) {
      instance.function(TRACES, function).call(0);
      assertThat(instance.reset()).isFalse();
    }
  }

  /** Pointers to functions are bytes; what they number is not. */
  @Test
  void tablesOfFunctionPointersAreAsTheyWere() {
    String functions = "examples:pointers/functions@0.1.0";
    LinkedComponent pointers = Guest.link("fixtures/pointers");
    assertThat(pointers.effects(functions, "static-next").kinds()).doesNotContain(Effect.TABLES);
    assertThat(pointers.effects(functions, "entry-next").kinds()).contains(Effect.TABLES);
    try (Instance instance = marked(pointers)) {
      List<byte[]> before = instance.memories();
      for (int i = 0; i < 20; i++) {
        for (String function : List.of("static-next", "heap-next", "traces")) {
          Object first = instance.function(functions, function).call(5L);
          assertThat(instance.reset()).isTrue();
          assertSame(before, instance.memories());
          assertThat(instance.function(functions, function).call(5L)).isEqualTo(first);
          assertThat(instance.reset()).isTrue();
        }
      }
      assertThat(instance.function(functions, "entry-next").call(5L)).isEqualTo(10L);
      assertThat(instance.reset()).isFalse();
    }
    try (Instance kept = pointers.instantiate(InstanceOptions.DEFAULT)) {
      assertThat(kept.function(functions, "entry-next").call(5L)).isEqualTo(10L);
      assertThat(kept.function(functions, "entry-next").call(5L)).isEqualTo(15L);
    }
  }

  @Test
  void aTrapEndsTheInstance() {
    try (Instance instance = marked(UNDO)) {
      TrapException trap =
          catchThrowableOfType(
              TrapException.class, () -> instance.function(TRACES, "all-and-trap").call(1));
      assertThat(trap.kind()).isEqualTo(TrapException.Kind.GUEST);
      assertThat(instance.reset()).isFalse();
    }
  }

  @Test
  void anInstanceThatNobodyMarkedIsNotReset() {
    try (Instance unmarked = UNDO.instantiate(RESETTABLE);
        Instance plain = UNDO.instantiate(InstanceOptions.DEFAULT)) {
      assertThat(unmarked.reset()).isFalse();
      assertThat(plain.mark()).isFalse();
      assertThat(plain.reset()).isFalse();
    }
  }

  @Test
  void aCompiledGuestWithAnAllocatorAndCachesForgets() {
    try (Instance instance = marked(STATE)) {
      List<byte[]> before = instance.memories();
      for (int i = 0; i < 200; i++) {
        assertThat(instance.function(MEMORY, "next").call()).isEqualTo(1L);
        assertThat(instance.function(MEMORY, "remember").call("row " + i)).isEqualTo(1L);
        assertThat(instance.function(MEMORY, "recall").call()).isEqualTo(List.of("row " + i));
        assertThat(instance.function(MEMORY, "poke").call(3L, 9)).isEqualTo(0);
        assertThat(instance.reset()).isTrue();
        assertSame(before, instance.memories());
      }
    }
  }

  @Test
  void whatManyCallsWriteHereAndThereIsUndone() {
    SplittableRandom random = new SplittableRandom(3);
    try (Instance instance = marked(STATE)) {
      List<byte[]> before = instance.memories();
      for (int i = 0; i < 10_000; i++) {
        assertThat(instance.function(MEMORY, "poke").call(random.nextLong(1 << 14), 9))
            .isEqualTo(0);
        assertThat(instance.reset()).isTrue();
        if (i % 1_000 == 0) {
          assertSame(before, instance.memories());
        }
      }
    }
  }

  @Test
  void aStateBeforeTheMarkStays() {
    try (Instance instance = STATE.instantiate(RESETTABLE)) {
      instance.function(MEMORY, "next").call();
      instance.function(MEMORY, "remember").call("loaded");
      assertThat(instance.mark()).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(instance.function(MEMORY, "next").call()).isEqualTo(2L);
        assertThat(instance.function(MEMORY, "remember").call("row")).isEqualTo(2L);
        assertThat(instance.reset()).isTrue();
      }
    }
  }

  @Test
  void manyWritesAreUndone() {
    try (Instance instance = marked(STATE)) {
      List<byte[]> before = instance.memories();
      for (int i = 0; i < 5; i++) {
        assertThat(instance.function(MEMORY, "hoard").call(1L << 19)).isEqualTo(1L << 19);
        assertThat(instance.reset()).isTrue();
        assertSame(before, instance.memories());
      }
    }
  }

  @Test
  void memoryThatReallyGrewEndsTheInstance() {
    try (Instance instance = marked(STATE)) {
      instance.function(MEMORY, "hoard").call(17L << 20);
      assertThat(instance.reset()).isFalse();
    }
  }

  @Test
  void handlesAreAsTheyWere() {
    LinkedComponent resources = Guest.link("fixtures/resources");
    try (Instance instance = marked(resources)) {
      assertThat(instance.reset()).isTrue();
    }
  }

  /** The same calls in instances made anew and in one that is reset give the same. */
  @ParameterizedTest
  @CsvSource({
    "components/text, examples:text/strings@0.1.0, slugify",
    "fixtures/types, examples:types/scalars@0.1.0, id-string",
  })
  void resultsAreThoseOfFreshInstances(String guest, String interfaceName, String function) {
    LinkedComponent component = Guest.link(guest);
    SplittableRandom random = new SplittableRandom(7);
    try (Instance reused = marked(component)) {
      for (int i = 0; i < 50; i++) {
        String argument = random(random);
        @Nullable Object expected;
        try (Instance fresh = component.instantiate(InstanceOptions.DEFAULT)) {
          expected = fresh.function(interfaceName, function).call(argument);
        }
        assertThat(reused.function(interfaceName, function).call(argument)).isEqualTo(expected);
        assertThat(reused.reset()).isTrue();
      }
    }
  }

  private static String random(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(200);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          random.nextInt(10) == 0 ? random.nextInt(0x250) : random.nextInt(32, 127));
    }
    return text.toString();
  }
}
