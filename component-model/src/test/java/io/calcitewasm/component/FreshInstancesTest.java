package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What one instance leaves behind, no other sees; and nothing piles up. */
final class FreshInstancesTest {
  private static final String MEMORY = "examples:state/memory@0.1.0";
  private static final LinkedComponent STATE = Guest.link("fixtures/state");

  @Test
  void anInstanceRemembersAndTheNextOneDoesNot() {
    for (int i = 0; i < 3; i++) {
      try (Instance instance = STATE.instantiate(InstanceOptions.DEFAULT)) {
        assertThat(instance.function(MEMORY, "next").call()).isEqualTo(1L);
        assertThat(instance.function(MEMORY, "next").call()).isEqualTo(2L);
        assertThat(instance.function(MEMORY, "remember").call("a")).isEqualTo(1L);
        assertThat(instance.function(MEMORY, "remember").call("b")).isEqualTo(2L);
        assertThat(instance.function(MEMORY, "recall").call()).isEqualTo(List.of("a", "b"));
        assertThat(instance.function(MEMORY, "poke").call(3L, 9)).isEqualTo(0);
      }
    }
  }

  @Test
  void everyKindOfStateIsFresh() {
    LinkedComponent undo = Guest.link("fixtures/undo");
    for (int i = 0; i < 2; i++) {
      try (Instance instance = undo.instantiate(InstanceOptions.DEFAULT)) {
        String traces = "examples:undo/traces@0.1.0";
        assertThat(instance.function(traces, "global-next").call(0)).isEqualTo(1);
        assertThat(instance.function(traces, "memory-next").call(0)).isEqualTo(1);
        assertThat(instance.function(traces, "table-next").call(0)).isEqualTo(1);
        assertThat(instance.function(traces, "drop-data").call(0)).isEqualTo(0);
        assertThat(instance.function(traces, "drop-elements").call(0)).isEqualTo(1);
      }
    }
  }

  @Test
  void aClosedInstanceSaysSo() {
    Instance instance = STATE.instantiate(InstanceOptions.DEFAULT);
    ComponentFunction next = instance.function(MEMORY, "next");
    instance.close();
    instance.close();
    assertThat(instance.usable()).isFalse();
    assertThatIllegalStateException().isThrownBy(next::call).withMessageContaining("closed");
  }

  @Test
  void manyInstancesOfSeventeenMegabytesDoNotPileUp() {
    // Twenty times what the heap of the tests can hold.
    for (int i = 0; i < 2_500; i++) {
      try (Instance instance = STATE.instantiate(InstanceOptions.DEFAULT)) {
        if (i % 2 == 0) {
          instance.function(MEMORY, "hoard").call(17L << 20);
        }
      }
    }
  }

  @Test
  void instancesThatNobodyClosedDoNotStopOthers() {
    for (int i = 0; i < 50; i++) {
      Instance forgotten = STATE.instantiate(InstanceOptions.DEFAULT);
      assertThat(forgotten.function(MEMORY, "next").call()).isEqualTo(1L);
    }
  }

  @Test
  void noThreadIsLeftBehind() throws Exception {
    int before = Thread.activeCount();
    for (int i = 0; i < 50; i++) {
      Guest.engine()
          .onGuestThread(
              () -> {
                try (Instance instance = STATE.instantiate(InstanceOptions.DEFAULT)) {
                  return instance.function(MEMORY, "next").call();
                }
              });
    }
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 2);
  }
}
