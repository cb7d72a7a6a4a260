package io.calcitewasm.udf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuestTextTest {

  @Test
  void plainWordsStayAsTheyAre() {
    assertThat(GuestText.of("Crème brûlée, C:\\temp, 👩‍🍳"))
        .isEqualTo("Crème brûlée, C:\\temp, 👩‍🍳");
  }

  @Test
  void controlCharactersAreEscaped() {
    assertThat(GuestText.of("a\nb\r\t\u0000\u001b[2J\u009b\u2028"))
        .isEqualTo("a\\nb\\r\\t\\u0000\\u001B[2J\\u009B\\u2028");
  }

  @Test
  void charactersThatTurnTheTextAreEscaped() {
    assertThat(GuestText.of("\u202Egnp.exe\u2066")).isEqualTo("\\u202Egnp.exe\\u2066");
  }

  @Test
  void longWordsAreCutToFourKilobytes() {
    String cut = GuestText.of("ä".repeat(100_000));
    assertThat(cut).endsWith("ä…");
    assertThat(cut.getBytes(UTF_8)).hasSize(4096 + 3);
  }

  @Test
  void escapesCountAsWhatTheyAre() {
    assertThat(GuestText.of("\u0000".repeat(100_000)).length()).isLessThanOrEqualTo(4097);
  }

  @Test
  void noCharacterIsCutInHalf() {
    assertThat(GuestText.of("x" + "😀".repeat(2000))).endsWith("😀…");
  }

  @Test
  void quotesAreShort() {
    assertThat(GuestText.quote("a".repeat(1000))).hasSize(83);
  }
}
