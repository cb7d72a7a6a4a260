package io.calcitewasm.component.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CyclesTest {
  @Test
  void nodesShareAComponentWhereEachReachesTheOther() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2_000; round++) {
      int nodes = 1 + random.nextInt(12);
      int[][] successors = new int[nodes][];
      for (int i = 0; i < nodes; i++) {
        successors[i] = random.ints(random.nextInt(3), 0, nodes).toArray();
      }
      boolean[][] reaches = reaches(successors);
      Cycles cycles = Cycles.of(successors);
      for (int i = 0; i < nodes; i++) {
        assertThat(cycles.cyclic(cycles.component(i))).isEqualTo(reaches[i][i]);
        for (int j = 0; j < nodes; j++) {
          assertThat(cycles.component(i) == cycles.component(j))
              .isEqualTo(i == j || reaches[i][j] && reaches[j][i]);
          if (reaches[i][j]) {
            assertThat(cycles.component(j)).isLessThanOrEqualTo(cycles.component(i));
          }
        }
      }
      assertThat(cycles.inOrder()).hasSize(nodes).doesNotHaveDuplicates();
      for (int i = 1; i < nodes; i++) {
        assertThat(cycles.component(cycles.inOrder()[i - 1]))
            .isLessThanOrEqualTo(cycles.component(cycles.inOrder()[i]));
      }
    }
  }

  @Test
  void aCircleOfAMillionNodesIsOneComponent() {
    int nodes = 1_000_000;
    int[][] successors = new int[nodes][];
    for (int i = 0; i < nodes; i++) {
      successors[i] = new int[] {(i + 1) % nodes};
    }
    Cycles cycles = Cycles.of(successors);
    assertThat(cycles.components()).isEqualTo(1);
    assertThat(cycles.cyclic(0)).isTrue();
  }

  private static boolean[][] reaches(int[][] successors) {
    int nodes = successors.length;
    boolean[][] reaches = new boolean[nodes][nodes];
    for (int i = 0; i < nodes; i++) {
      for (int successor : successors[i]) {
        reaches[i][successor] = true;
      }
    }
    for (int via = 0; via < nodes; via++) {
      for (int i = 0; i < nodes; i++) {
        for (int j = 0; j < nodes; j++) {
          reaches[i][j] |= reaches[i][via] && reaches[via][j];
        }
      }
    }
    return reaches;
  }
}
