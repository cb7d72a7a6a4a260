package io.calcitewasm.component;

import static io.calcitewasm.component.effect.Effect.GLOBALS;
import static io.calcitewasm.component.effect.Effect.GROWTH;
import static io.calcitewasm.component.effect.Effect.HANDLES;
import static io.calcitewasm.component.effect.Effect.HOST;
import static io.calcitewasm.component.effect.Effect.MEMORY;
import static io.calcitewasm.component.effect.Effect.SEGMENTS;
import static io.calcitewasm.component.effect.Effect.TABLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.component.effect.Effect;
import io.calcitewasm.component.effect.Effects;
import io.calcitewasm.component.model.ExternType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls can change is told before they happen. */
final class EffectsTest {
  private static final LinkedComponent UNDO = Guest.link("fixtures/undo");

  private static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of("traces", Set.of()),
        Arguments.of("global-next", Set.of(GLOBALS)),
        Arguments.of("float-next", Set.of(GLOBALS)),
        Arguments.of("memory-next", Set.of(MEMORY)),
        Arguments.of("fill-next", Set.of(MEMORY)),
        Arguments.of("copy-next", Set.of(MEMORY)),
        Arguments.of("vector-next", Set.of(MEMORY)),
        Arguments.of("init-next", Set.of(MEMORY)),
        Arguments.of("grow-next", Set.of(GROWTH)),
        Arguments.of("table-next", Set.of(TABLES)),
        Arguments.of("table-grow-next", Set.of(TABLES)),
        Arguments.of("drop-data", Set.of(MEMORY, SEGMENTS)),
        Arguments.of("drop-elements", Set.of(TABLES, SEGMENTS)),
        Arguments.of("all-and-trap", Set.of(GLOBALS, MEMORY)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatAFunctionItselfAndItsCalleesChangeIsTold(String function, Set<Effect> expected) {
    assertThat(UNDO.effects("examples:undo/traces@0.1.0", function).kinds()).isEqualTo(expected);
  }

  @Test
  void anAdditionChangesNothing() {
    LinkedComponent arithmetic = Guest.link("fixtures/arithmetic");
    Effects effects = arithmetic.effects("examples:arithmetic/integers@0.1.0", "add");
    assertThat(effects.none()).isTrue();
    assertThat(effects).hasToString("changes nothing");
  }

  @Test
  void argumentsThatAreAllocatedAreWrittenIntoMemory() {
    LinkedComponent types = Guest.link("fixtures/types");
    assertThat(types.effects("examples:types/scalars@0.1.0", "id-s64").kinds())
        .doesNotContain(MEMORY);
    assertThat(types.effects("examples:types/scalars@0.1.0", "id-string").kinds()).contains(MEMORY);
  }

  @Test
  void functionsOfTheHostAreNamedThoughTheyAreReachedThroughATable() {
    HostInterface logging =
        HostInterface.builder("calcite:extension/logging@0.1.0")
            .function("enabled", (call, args) -> true)
            .function("log", (call, args) -> null)
            .build();
    Effects effects =
        Guest.link("fixtures/logging", logging).effects("examples:logging/notes@0.1.0", "note");
    assertThat(effects.kinds()).contains(HOST, MEMORY);
    assertThat(effects.hostFunctions()).anyMatch(name -> name.contains("log"));
    assertThat(effects.words()).contains("calls the host (");
  }

  @Test
  void handlesAreTold() {
    assertThat(
            Guest.link("fixtures/resources")
                .effects("examples:resources/handles@0.1.0", "open")
                .kinds())
        .contains(HANDLES);
  }

  @Test
  void aFunctionThatThereIsNotIsRefused() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> UNDO.effects("examples:undo/traces@0.1.0", "no-such"))
        .withMessageContaining("no-such");
  }

  @Test
  void kindsHaveOneOrderInWords() {
    assertThat(new Effects(Set.of(HOST, MEMORY), new TreeSet<>(Set.of("b", "a"))).words())
        .isEqualTo("writes memory, calls the host (a, b)");
    assertThat(new Effects(Set.of(GROWTH), Collections.emptySortedSet()).words())
        .isEqualTo("grows memory");
  }

  /** Nothing happens that was not told: compared with what calls really do. */
  @ParameterizedTest
  @ValueSource(
      strings = {"fixtures/types", "fixtures/state", "components/text", "components/money"})
  void memoryThatChangesWasAnnounced(String guest) {
    LinkedComponent component = Guest.link(guest);
    ComponentValues values = new ComponentValues(new SplittableRandom(5));
    int changing = 0;
    for (Map.Entry<String, ExternType> export : component.component().exports().entrySet()) {
      if (!(export.getValue() instanceof ExternType.Instance functions)) {
        continue;
      }
      for (Map.Entry<String, ExternType> entry : functions.exports().entrySet()) {
        if (!(entry.getValue() instanceof ExternType.Func func) || entry.getKey().startsWith("[")) {
          continue;
        }
        try (Instance instance = component.instantiate(InstanceOptions.DEFAULT.withReset())) {
          assertThat(instance.mark()).isTrue();
          List<byte[]> before = instance.memories();
          Object[] arguments =
              func.type().parameters().stream().map(p -> values.of(p.type())).toArray();
          try {
            instance.function(export.getKey(), entry.getKey()).call(arguments);
          } catch (TrapException e) {
            // Not every function takes every argument; what it did before is not to be seen any
            // more.
            continue;
          }
          if (!Arrays.deepEquals(before.toArray(), instance.memories().toArray())) {
            changing++;
            assertThat(component.effects(export.getKey(), entry.getKey()).kinds())
                .as(entry.getKey())
                .contains(MEMORY);
          }
        }
      }
    }
    assertThat(changing).isPositive();
  }
}
