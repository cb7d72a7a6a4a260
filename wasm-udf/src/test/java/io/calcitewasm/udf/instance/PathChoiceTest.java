package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Times are told, not taken: what is chosen depends on nothing else. */
class PathChoiceTest {
  private final PathChoice path = new PathChoice();

  /** Calls one by one as the path wants them, at so many nanoseconds each. */
  private void calls(int count, long undoing, long fresh) {
    for (int i = 0; i < count; i++) {
      boolean undo = path.undoes();
      path.took(undo, 1, undo ? undoing : fresh);
    }
  }

  private static final int BOTH = 2 * (PathChoice.PRELUDE + PathChoice.TRIAL);

  @Test
  void compiledCodeUndoesAndIsNotAsked() {
    calls(1_000, 75_000, 50_000);
    assertThat(path.isMeasured()).isFalse();
    assertThat(path.undoes()).isTrue();
  }

  @Test
  void theQuickerPathIsTakenOnceBothAreTried() {
    path.measure();
    calls(BOTH, 75_000, 50_000);
    assertThat(path.undoes()).isFalse();
    calls(PathChoice.SETTLED / 2, 75_000, 50_000);
    assertThat(path.undoes()).isFalse();
  }

  @Test
  void undoingIsTakenWhereItIsQuicker() {
    path.measure();
    calls(BOTH, 50_000, 75_000);
    assertThat(path.undoes()).isTrue();
  }

  @Test
  void bothAreTriedForAsManyCalls() {
    path.measure();
    calls(BOTH / 2, 1, 2);
    assertThat(path.undoes()).isFalse();
    calls(BOTH / 2 - 1, 1, 2);
    assertThat(path.undoes()).isFalse();
    calls(1, 1, 2);
    assertThat(path.undoes()).isTrue();
  }

  @Test
  void whatTheFirstCallsTakeDoesNotCount() {
    path.measure();
    calls(PathChoice.PRELUDE, 1_000_000_000, 50);
    calls(BOTH, 40, 50);
    assertThat(path.undoes()).isTrue();
  }

  @Test
  void theOtherPathIsTriedAgainAfterLong() {
    path.measure();
    calls(BOTH, 75, 50);
    calls(PathChoice.SETTLED, 75, 50);
    assertThat(path.undoes()).as("tried again").isTrue();
    calls(BOTH / 2, 75, 50);
    assertThat(path.undoes()).isFalse();
    calls(PathChoice.SETTLED, 40, 50);
    calls(BOTH / 2, 40, 50);
    assertThat(path.undoes()).as("guests change their ways").isTrue();
  }

  @Test
  void callsInBatchesCountAsMany() {
    path.measure();
    path.took(true, 16, 16 * 75);
    path.took(true, 1_024, 1_024 * 75);
    assertThat(path.undoes()).isFalse();
    calls(BOTH / 2, 75, 50);
    assertThat(path.undoes()).isFalse();
  }

  @Test
  void callsOfTheOtherPathDoNotCount() {
    path.measure();
    for (int i = 0; i < 1_000; i++) {
      path.took(false, 1, 1);
    }
    assertThat(path.undoes()).isTrue();
  }
}
