package io.calcitewasm.jdbc.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnWidthsTest {
  @Test
  void whatFitsStaysAsItIs() {
    assertThat(ColumnWidths.fit(new int[] {3, 5}, 80)).containsExactly(3, 5);
    assertThat(ColumnWidths.fit(new int[] {300, 500}, 0)).containsExactly(300, 500);
  }

  @Test
  void theWidestColumnsGiveWay() {
    assertThat(ColumnWidths.fit(new int[] {3, 100, 100}, 61)).containsExactly(3, 25, 25);
  }

  @Test
  void theWholeTerminalIsUsed() {
    assertThat(ColumnWidths.fit(new int[] {100, 100}, 40)).containsExactly(18, 17);
  }

  @Test
  void tooNarrowATerminalHasNoColumns() {
    assertThat(ColumnWidths.fit(new int[] {100, 100, 100}, 30)).isEmpty();
  }
}
