package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Components of several modules, components and encodings. */
final class NestedComponentsTest {

  @Test
  void componentsCallEachOtherAcrossMemoriesAndEncodings() {
    try (Instance instance = Guest.start("fixtures/nested")) {
      String words = "examples:nested/words@0.1.0";
      assertThat(instance.function(words, "shout").call("grüß abc")).isEqualTo("GRüß ABC");
      assertThat(instance.function(words, "shout-twice").call("ab")).isEqualTo("ABAB");
      assertThat(instance.function(words, "shout-four-times").call("é")).isEqualTo("éééé");
    }
  }

  @Test
  void twoInstancesOfOneComponentHaveStatesOfTheirOwn() {
    try (Instance instance = Guest.start("fixtures/nested")) {
      String counters = "examples:nested/counters@0.1.0";
      ComponentFunction one = instance.function(counters, "next-of-one");
      ComponentFunction other = instance.function(counters, "next-of-other");
      assertThat(List.of(one.call(), one.call(), other.call(), one.call()))
          .isEqualTo(List.of(1L, 2L, 1L, 3L));
    }
  }

  @Test
  void innerComponentsUseTypesOfOuterOnes() {
    try (Instance instance = Guest.start("fixtures/nested")) {
      ComponentFunction widen = instance.function("examples:nested/spans@0.1.0", "widen");
      assertThat((Object[]) widen.call(new Object[] {10L, 20L}, 5L)).containsExactly(5L, 25L);
    }
  }

  @Test
  void modulesShareMemoryTableAndGlobal() {
    try (Instance instance = Guest.start("fixtures/modules")) {
      String shared = "examples:modules/shared@0.1.0";
      assertThat(instance.function(shared, "started").call()).isEqualTo(7);
      assertThat(instance.function(shared, "apply").call(1L, 21)).isEqualTo(42);
      assertThat(instance.function(shared, "apply").call(2L, 9)).isEqualTo(81);
      assertThat(instance.function(shared, "texts").call()).isEqualTo(List.of("one", "side"));
      assertThat(instance.function(shared, "heap").call()).isEqualTo(8192L);
      assertThat(instance.function(shared, "length").call("grüß")).isEqualTo(6L);
      assertThat(instance.function(shared, "heap").call()).isEqualTo(8198L);
    }
  }

  @Test
  void aUtf16GuestSeesCodeUnits() {
    try (Instance instance = Guest.start("fixtures/utf16")) {
      String texts = "examples:utf16/texts@0.1.0";
      assertThat(instance.function(texts, "greeting").call()).isEqualTo("grüß 😀");
      assertThat(instance.function(texts, "units").call("grüß 😀")).isEqualTo(7L);
      assertThat(instance.function(texts, "joined").call(List.of("a", "", "😀b")))
          .isEqualTo("a😀b");
      assertThat(trap(instance, texts, "lone-surrogate"))
          .hasMessageContaining("result: a string is not valid UTF-16LE");
    }
    try (Instance instance = Guest.start("fixtures/utf16")) {
      assertThat(trap(instance, "examples:utf16/texts@0.1.0", "unaligned"))
          .hasMessageContaining("misaligned");
    }
  }

  @Test
  void aLatin1GuestGetsLatin1WhereItCan() {
    try (Instance instance = Guest.start("fixtures/latin1")) {
      String texts = "examples:latin1/texts@0.1.0";
      assertThat(instance.function(texts, "encoding").call("grüß")).isEqualTo("latin1");
      assertThat(instance.function(texts, "encoding").call("Ā")).isEqualTo("utf16");
      assertThat(instance.function(texts, "units").call("a😀")).isEqualTo(3L);
      assertThat(instance.function(texts, "narrow").call()).isEqualTo("grüß");
      assertThat(instance.function(texts, "wide").call()).isEqualTo("😀");
      assertThat(trap(instance, texts, "unaligned")).hasMessageContaining("misaligned");
    }
  }

  @Test
  void anUnpairedSurrogateCannotGoIn() {
    try (Instance instance = Guest.start("fixtures/utf16")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(
              () -> instance.function("examples:utf16/texts@0.1.0", "units").call("a\ud83d"))
          .withMessageContaining("parameter \"s\": a string has an unpaired surrogate at index 1");
    }
  }

  @Test
  void aFunctionThatIsNotThereIsNamed() {
    try (Instance instance = Guest.start("fixtures/nested")) {
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> instance.function("examples:nested/words@0.1.0", "whisper"))
          .withMessage(
              "the component exports no function \"whisper\" in \"examples:nested/words@0.1.0\"");
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> instance.function("", "shout"))
          .withMessage("the component exports no function \"shout\"");
    }
  }

  private static TrapException trap(Instance instance, String of, String function) {
    TrapException trap =
        catchThrowableOfType(TrapException.class, () -> instance.function(of, function).call());
    assertThat(trap.kind()).isEqualTo(Kind.CANONICAL_ABI);
    return trap;
  }
}
