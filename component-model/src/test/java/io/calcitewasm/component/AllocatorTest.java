package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A realloc that lies. */
final class AllocatorTest {
  private static final String LISTS = "examples:liar/lists@0.1.0";
  private static final LinkedComponent LIAR = Guest.link("fixtures/liar");

  private static List<Object> numbers(int count) {
    return Collections.nCopies(count, 7);
  }

  @ParameterizedTest
  @CsvSource({
    "1, out of bounds",
    "2, misaligned",
    "3, misaligned",
    "4, out of bounds",
  })
  void aPointerThatCannotBeIsATrapBeforeAnythingIsWritten(int count, String words) {
    try (Instance instance = LIAR.instantiate(InstanceOptions.DEFAULT)) {
      TrapException trap =
          catchThrowableOfType(
              TrapException.class,
              () -> instance.function(LISTS, "take-list").call(numbers(count)));
      assertThat(trap.kind()).isEqualTo(Kind.CANONICAL_ABI);
      assertThat(trap)
          .hasMessageStartingWith("\"" + LISTS + "#take-list\": parameter \"values\": ")
          .hasMessageContaining("what realloc returned for a list is " + words);
    }
  }

  @Test
  void aTrapInsideReallocIsATrapOfTheCall() {
    try (Instance instance = LIAR.instantiate(InstanceOptions.DEFAULT)) {
      TrapException trap =
          catchThrowableOfType(
              TrapException.class, () -> instance.function(LISTS, "take-list").call(numbers(5)));
      assertThat(trap.kind()).isEqualTo(Kind.GUEST);
    }
  }

  @Test
  void anEndlessReallocCanBeInterrupted() throws Exception {
    try (Instance instance = LIAR.instantiate(InstanceOptions.DEFAULT)) {
      Thread interrupter =
          new Thread(
              () -> {
                try {
                  Thread.sleep(200);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                instance.interrupt();
              });
      interrupter.start();
      TrapException trap =
          catchThrowableOfType(
              TrapException.class, () -> instance.function(LISTS, "take-list").call(numbers(6)));
      interrupter.join();
      assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
    }
  }

  @Test
  void anHonestAnswerIsUsed() {
    try (Instance instance = LIAR.instantiate(InstanceOptions.DEFAULT)) {
      assertThat(instance.function(LISTS, "take-list").call(numbers(7))).isEqualTo(7L);
      assertThat(instance.function(LISTS, "take-bytes").call((Object) new byte[9])).isEqualTo(9L);
    }
  }
}
