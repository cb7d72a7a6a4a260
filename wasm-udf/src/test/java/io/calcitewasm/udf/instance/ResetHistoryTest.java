package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResetHistoryTest {
  private final ResetHistory history = new ResetHistory();

  @Test
  void recordingIsGivenUpAfterFailuresInARow() {
    fail(ResetHistory.PATIENCE - 1);
    assertThat(history.isWorthwhile()).isTrue();
    history.succeeded();
    fail(ResetHistory.PATIENCE - 1);
    assertThat(history.isWorthwhile()).isTrue();
    fail(1);
    assertThat(history.isWorthwhile()).isFalse();
  }

  @Test
  void itIsTriedAgainEverMoreSeldom() {
    fail(ResetHistory.PATIENCE);
    int first = pause();
    assertThat(first).isEqualTo(1_000);
    fail(1);
    assertThat(pause()).isEqualTo(2 * first);
    history.succeeded();
    fail(1);
    assertThat(history.isWorthwhile()).isTrue();
  }

  private int pause() {
    int calls = 1;
    while (!history.isWorthwhile()) {
      calls++;
    }
    return calls;
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      history.failed();
    }
  }
}
