package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.component.TrapException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests that hand out what is no value of the type: each ends as the specification's trap. */
final class EvilAbiTest {
  private static final String ABI = "examples:evil/abi@0.1.0";
  private static final LinkedComponent EVIL = Guest.link("fixtures/evil");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string-out-of-bounds   | result: string is out of bounds: pointer
          string-wraps           | result: a string of 4294967040 bytes is longer than 268435455
          area-out-of-bounds     | result: the result's area is out of bounds
          area-unaligned         | result: the result's area is misaligned: pointer 17
          utf8-broken            | result: a string is not valid UTF-8
          utf8-overlong          | result: a string is not valid UTF-8
          utf8-surrogate         | result: a string is not valid UTF-8
          utf8-too-large         | result: a string is not valid UTF-8
          utf8-cut               | result: a string is not valid UTF-8
          char-surrogate         | result: 0xd800 is no Unicode scalar value
          char-too-large         | result: 0x110000 is no Unicode scalar value
          char-in-list           | result[1]: 0xd800 is no Unicode scalar value
          enum-label             | result: discriminant 3 of a type with 3 cases
          variant-case           | result: discriminant 2 of a type with 2 cases
          option-case            | result: discriminant 2 of a type with 2 cases
          result-case            | result: discriminant 2 of a type with 2 cases
          list-unaligned         | result: list is misaligned: pointer 769
          list-out-of-bounds     | result: list is out of bounds
          list-huge              | result: a list of 2147483648 bytes is longer than 268435455
          list-wraps             | result: a list of 1073741824 elements takes more than
          list-of-bad-strings    | result[2]: string is out of bounds
          record-with-bad-string | result.b: a string is not valid UTF-8
          """)
  void aResultThatBreaksTheAbiIsATrapThatNamesFunctionAndPlace(String function, String words) {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      assertThatExceptionOfType(TrapException.class)
          .isThrownBy(() -> instance.function(ABI, function).call())
          .withMessageStartingWith("\"" + ABI + "#" + function + "\": " + words)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CANONICAL_ABI));
      assertThat(instance.usable()).isFalse();
    }
  }

  @Test
  void theAbiIsLenientWithBoolsAndWidths() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      assertThat(instance.function(ABI, "bool-two").call()).isEqualTo(true);
      assertThat(instance.function(ABI, "bool-two-in-list").call())
          .isEqualTo(List.of(false, true, true, true));
      assertThat(instance.function(ABI, "u8-large").call()).isEqualTo(44);
    }
  }

  @Test
  void afterATrapEveryCallSaysWhy() {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      assertThatExceptionOfType(TrapException.class)
          .isThrownBy(() -> instance.function(ABI, "enum-label").call());
      assertThatExceptionOfType(TrapException.class)
          .isThrownBy(() -> instance.function(ABI, "bool-two").call())
          .withMessageContaining("bool-two")
          .withMessageContaining("unusable after an earlier trap")
          .withMessageContaining("discriminant 3")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.POISONED));
    }
  }

  @Test
  void aResultBeyondTheLimitIsRefusedBeforeItIsCopied() {
    InstanceOptions options = InstanceOptions.DEFAULT.withValueBytes(1000);
    String words = "examples:evil/words@0.1.0";
    try (Instance instance = EVIL.instantiate(options)) {
      assertThat((String) instance.function(words, "text-of").call(1000L)).hasSize(1000);
      assertThatExceptionOfType(ValueLimitException.class)
          .isThrownBy(() -> instance.function(words, "text-of").call(1001L))
          .withMessageContaining("text-of\": result: the value takes more than 1000 bytes");
      assertThat(instance.usable()).isFalse();
    }
  }

  @Test
  void manySmallElementsCountAsWhatTheyCostTheHost() {
    InstanceOptions options = InstanceOptions.DEFAULT.withValueBytes(10_000);
    try (Instance instance = EVIL.instantiate(options)) {
      assertThatExceptionOfType(ValueLimitException.class)
          .isThrownBy(() -> instance.function("examples:evil/words@0.1.0", "strings").call(1_000L));
    }
  }
}
