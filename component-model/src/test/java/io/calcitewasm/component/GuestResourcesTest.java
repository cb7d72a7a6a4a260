package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Resources that a component defines, held by the host. */
final class GuestResourcesTest {
  private static final String HANDLES = "examples:resources/handles@0.1.0";
  private static final String AGGREGATES = "examples:resources/aggregates@0.1.0";
  private static final LinkedComponent RESOURCES = Guest.link("fixtures/resources");

  private static Object call(Instance instance, String function, Object... arguments) {
    return Objects.requireNonNull(instance.function(HANDLES, function).call(arguments));
  }

  private static Object tally(Instance instance) {
    return Objects.requireNonNull(instance.function(AGGREGATES, "[constructor]tally").call());
  }

  @Test
  void aHandleIsMadeUsedAndDropped() {
    try (Instance instance = RESOURCES.instantiate(InstanceOptions.DEFAULT)) {
      int before = (Integer) call(instance, "live");
      try (ResourceHandle counter = (ResourceHandle) call(instance, "[constructor]counter", 5)) {
        assertThat(counter.isOwn()).isTrue();
        assertThat(call(instance, "live")).isEqualTo(before + 1);
        Object first = call(instance, "[method]counter.next", counter);
        Object second = call(instance, "[method]counter.next", counter);
        assertThat((Integer) second - (Integer) first).isEqualTo(1);
        assertThat(call(instance, "peek", counter)).isNotNull();
      }
      assertThat(call(instance, "live")).isEqualTo(before);
    }
  }

  @Test
  void aHandleGivenAwayIsGone() {
    try (Instance instance = RESOURCES.instantiate(InstanceOptions.DEFAULT)) {
      ResourceHandle counter = (ResourceHandle) call(instance, "open", 1);
      instance.function(HANDLES, "close").call(counter);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> call(instance, "peek", counter))
          .withMessageContaining("has been given up already");
      counter.close();
      assertThat(instance.usable()).isTrue();
    }
  }

  @Test
  void handlesTravelInLists() {
    try (Instance instance = RESOURCES.instantiate(InstanceOptions.DEFAULT)) {
      List<Object> all = List.of(call(instance, "open", 1), call(instance, "open", 2));
      assertThat(call(instance, "close-all", all)).isEqualTo(2L);
      assertThat(call(instance, "live")).isEqualTo(0);
    }
  }

  @Test
  void aHandleOfAnotherInstanceIsRefused() {
    try (Instance one = RESOURCES.instantiate(InstanceOptions.DEFAULT);
        Instance other = RESOURCES.instantiate(InstanceOptions.DEFAULT)) {
      Object handle = call(one, "open", 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> call(other, "peek", handle))
          .withMessageContaining("belongs to another instance");
      assertThat(other.usable()).isTrue();
    }
  }

  @Test
  void aHandleOfAnotherTypeIsRefused() {
    try (Instance instance = RESOURCES.instantiate(InstanceOptions.DEFAULT)) {
      Object tally = tally(instance);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> call(instance, "peek", tally))
          .withMessageContaining("the handle is of resource");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> call(instance, "peek", "a handle"))
          .withMessageContaining("is a ResourceHandle, not java.lang.String");
    }
  }

  @Test
  void anAggregateAccumulates() {
    try (Instance instance = RESOURCES.instantiate(InstanceOptions.DEFAULT)) {
      Object tally = tally(instance);
      ComponentFunction step = instance.function(AGGREGATES, "[method]tally.step");
      for (long x = 1; x <= 100; x++) {
        step.call(tally, x);
      }
      assertThat(instance.function(AGGREGATES, "[method]tally.value").call(tally))
          .isEqualTo(Optional.of(5050L));
    }
  }
}
