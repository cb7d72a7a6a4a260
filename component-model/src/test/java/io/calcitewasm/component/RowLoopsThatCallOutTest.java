package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.InstanceOptions.Life;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.Stop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row loops of components that call the host keep its rules, row by row. */
final class RowLoopsThatCallOutTest {
  private static final String LOGGING = "calcite:extension/logging@0.1.0";
  private static final String TIMES = "examples:reentry/times@0.1.0";
  private static final String NOTES = "examples:logging/notes@0.1.0";

  private final List<String> log = new ArrayList<>();

  private HostInterface logging() {
    return HostInterface.builder(LOGGING)
        .function("enabled", (call, args) -> true)
        .function(
            "log",
            (call, args) -> {
              log.add((String) args[2]);
              if (args[2].equals("row 7 fails")) {
                throw new IllegalStateException("the log is full");
              }
              return null;
            })
        .build();
  }

  private static Instance ready(LinkedComponent component, Life life) {
    if (life == Life.MANY_CALLS) {
      return component.instantiate(InstanceOptions.DEFAULT.withManyCalls());
    }
    Instance instance = component.instantiate(InstanceOptions.DEFAULT.withReset());
    assertThat(instance.mark()).isTrue();
    return instance;
  }

  private static void fill(RowDriver driver, int row, Object... arguments) {
    ByteBuffer columns = driver.columns();
    for (int i = 0; i < arguments.length; i++) {
      assertThat(ColumnValues.write(columns, driver.shape().parameters().get(i), row, arguments[i]))
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MANY_CALLS", "MANY_RESETS"})
  void everyRowReachesTheHostAndIsSettled(Life life) throws Exception {
    AtomicInteger settled = new AtomicInteger();
    try (Instance instance = ready(Guest.link("fixtures/logging", logging()), life)) {
      List<byte[]> before = instance.memories();
      RowDriver driver =
          instance
              .rowDriver(
                  NOTES,
                  "note",
                  () -> {
                    settled.incrementAndGet();
                    return true;
                  })
              .orElseThrow();
      for (int batch = 0; batch < 3; batch++) {
        driver.shape().prepare(driver.columns(), 1 << 20);
        for (int row = 0; row < 100; row++) {
          fill(driver, row, 2, "batch " + batch + ", row " + row);
        }
        assertThat(driver.run(0, 100)).isEqualTo(100);
        assertThat(driver.stop()).isEqualTo(Stop.DONE);
        for (int row = 0; row < 100; row++) {
          assertThat(
                  ColumnValues.read(driver.columns(), driver.shape().result().orElseThrow(), row))
              .isEqualTo(true);
        }
      }
      assertThat(log).hasSize(300).startsWith("batch 0, row 0").endsWith("batch 2, row 99");
      assertThat(settled).hasValue(300);
      assertThat(Arrays.deepEquals(before.toArray(), instance.memories().toArray())).isTrue();
    }
  }

  @Test
  void anInstanceThatCannotBeSettledIsToBeReplaced() {
    try (Instance instance = ready(Guest.link("fixtures/reentry", logging()), Life.MANY_RESETS)) {
      RowDriver driver = instance.rowDriver(TIMES, "during-call", () -> false).orElseThrow();
      driver.shape().prepare(driver.columns(), 1 << 20);
      assertThat(driver.run(0, 10)).isEqualTo(1);
      assertThat(driver.stop()).isEqualTo(Stop.RENEW);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"during-realloc", "during-post-return"})
  void theHostIsNotToBeCalledWhileTheGuestAllocatesOrIsToldThatItIsDone(String function) {
    try (Instance instance = ready(Guest.link("fixtures/reentry", logging()), Life.MANY_RESETS)) {
      RowDriver driver = instance.rowDriver(TIMES, function).orElseThrow();
      driver.shape().prepare(driver.columns(), 1 << 20);
      fill(driver, 0, function.equals("during-realloc") ? "text" : (Object) 1);
      TrapException trap = catchThrowableOfType(TrapException.class, () -> driver.run(0, 1));
      assertThat(trap.kind()).isEqualTo(TrapException.Kind.CANONICAL_ABI);
      assertThat(trap).hasMessageContaining("cannot be left during realloc or post-return");
      assertThat(instance.usable()).isFalse();
    }
  }

  @Test
  void callsOutsideOfALoopAreBarredByNothingThatALoopLeft() {
    try (Instance instance = ready(Guest.link("fixtures/reentry", logging()), Life.MANY_RESETS)) {
      RowDriver driver = instance.rowDriver(TIMES, "during-call").orElseThrow();
      driver.shape().prepare(driver.columns(), 1 << 20);
      assertThat(driver.run(0, 5)).isEqualTo(5);
      assertThat(instance.function(TIMES, "during-call").call(1)).isNotNull();
      assertThat(instance.reset()).isTrue();
      assertThat(driver.run(0, 5)).isEqualTo(5);
    }
  }

  @Test
  void whatTheHostThrowsComesOutAndItsRowIsKnown() {
    try (Instance instance = ready(Guest.link("fixtures/logging", logging()), Life.MANY_RESETS)) {
      RowDriver driver = instance.rowDriver(NOTES, "note").orElseThrow();
      driver.shape().prepare(driver.columns(), 1 << 20);
      for (int row = 0; row < 10; row++) {
        fill(driver, row, 2, row == 7 ? "row 7 fails" : "row " + row);
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> driver.run(0, 10))
          .withMessage("the log is full");
      assertThat(RowShape.row(driver.columns())).isEqualTo(7);
      assertThat(log).hasSize(8);
    }
  }
}
