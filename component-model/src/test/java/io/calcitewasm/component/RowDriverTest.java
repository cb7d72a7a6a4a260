package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.InstanceOptions.Life;
import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.component.model.ExternType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row driver gives for every row what a fresh instance would have given. */
final class RowDriverTest {
  private static final InstanceOptions RESETTABLE = InstanceOptions.DEFAULT.withReset();

  private static Instance marked(LinkedComponent component) {
    Instance instance = component.instantiate(RESETTABLE);
    assertThat(instance.mark()).isTrue();
    return instance;
  }

  private static Instance ready(LinkedComponent component, boolean reset) {
    return reset
        ? marked(component)
        : component.instantiate(InstanceOptions.DEFAULT.withManyCalls());
  }

  private static Object[] contents(Instance instance) {
    return instance.memories().toArray();
  }

  private static RowDriver driver(Instance instance, String interfaceName, String function) {
    return instance.rowDriver(interfaceName, function).orElseThrow();
  }

  /** Runs all rows and returns their results, or the words of what a row failed with. */
  private static List<@Nullable Object> run(
      RowDriver driver, Instance instance, boolean reset, List<Object[]> rows) throws Exception {
    RowShape shape = driver.shape();
    ByteBuffer columns = driver.columns();
    shape.prepare(columns, 1 << 20);
    for (int row = 0; row < rows.size(); row++) {
      RowShape.skip(columns, row, false);
      for (int i = 0; i < shape.parameters().size(); i++) {
        assertThat(ColumnValues.write(columns, shape.parameters().get(i), row, rows.get(row)[i]))
            .isTrue();
      }
    }
    List<@Nullable Object> results = new ArrayList<>();
    int next = 0;
    while (next < rows.size()) {
      int stopped = driver.run(next, rows.size());
      columns = driver.columns();
      for (; next < stopped; next++) {
        Column result = shape.result().orElse(null);
        results.add(result == null ? null : ColumnValues.read(columns, result, next));
      }
      if (driver.stop() == Stop.LIFT) {
        results.add(driver.liftRow());
        assertThat(instance.reset()).isEqualTo(reset);
        next++;
      }
    }
    return results;
  }

  @ParameterizedTest
  @EnumSource(names = {"MANY_CALLS", "MANY_RESETS"})
  void everyFunctionThatFitsColumnsAnswersAsACallDoes(Life life) throws Exception {
    boolean reset = life == Life.MANY_RESETS;
    ComponentValues values = new ComponentValues(new SplittableRandom(11));
    int fitting = 0;
    for (String guest :
        List.of("fixtures/types", "fixtures/nested", "components/text", "components/money")) {
      LinkedComponent component = Guest.link(guest);
      for (Map.Entry<String, ExternType> export : component.component().exports().entrySet()) {
        if (!(export.getValue() instanceof ExternType.Instance functions)) {
          continue;
        }
        for (Map.Entry<String, ExternType> entry : functions.exports().entrySet()) {
          // Whose lists would not fit the memory.
          if (!(entry.getValue() instanceof ExternType.Func func)
              || entry.getKey().equals("range")) {
            continue;
          }
          try (Instance batch = ready(component, reset);
              Instance single = ready(component, reset)) {
            var driver = batch.rowDriver(export.getKey(), entry.getKey());
            if (driver.isEmpty()) {
              continue;
            }
            fitting++;
            List<Object[]> rows = new ArrayList<>();
            for (int row = 0; row < 40; row++) {
              rows.add(func.type().parameters().stream().map(p -> values.of(p.type())).toArray());
            }
            List<@Nullable Object> expected = new ArrayList<>();
            ComponentFunction function = single.function(export.getKey(), entry.getKey());
            for (Object[] row : rows) {
              Object result = function.call(row);
              expected.add(
                  result instanceof io.calcitewasm.component.model.ResultValue r && r.isOk()
                      ? r.value()
                      : result);
              assertThat(single.reset()).isEqualTo(reset);
            }
            List<@Nullable Object> actual = run(driver.get(), batch, reset, rows);
            assertThat(ComponentValues.same(actual, expected))
                .as(
                    "%s: %s instead of %s",
                    entry.getKey(), ComponentValues.show(actual), ComponentValues.show(expected))
                .isTrue();
            assertThat(Arrays.deepEquals(contents(batch), contents(single))).isTrue();
          }
        }
      }
    }
    assertThat(fitting).isGreaterThan(200);
  }

  /** Short texts are copied by whole words; there are none behind the last byte of a memory. */
  @ParameterizedTest
  @ValueSource(strings = {"text-of", "last-of"})
  void textsOfAnyLengthComeWhole(String function) throws Exception {
    String letter = function.equals("text-of") ? "a" : "b";
    try (Instance instance = marked(Guest.link("fixtures/evil"))) {
      RowDriver driver = driver(instance, "examples:evil/words@0.1.0", function);
      List<Object[]> rows = new ArrayList<>();
      List<Object> expected = new ArrayList<>();
      for (long length = 0; length < 200; length++) {
        rows.add(new Object[] {length});
        expected.add(letter.repeat((int) length));
      }
      assertThat(run(driver, instance, true, rows)).isEqualTo(expected);
    }
  }

  @Test
  void textsOfAnyLengthArriveWhole() throws Exception {
    try (Instance instance = marked(Guest.link("components/text"))) {
      RowDriver driver = driver(instance, "examples:text/strings@0.1.0", "normalize");
      List<Object[]> rows = new ArrayList<>();
      for (int length = 0; length < 200; length++) {
        rows.add(new Object[] {"abcdefghijklm".repeat(16).substring(0, length)});
      }
      assertThat(run(driver, instance, true, rows))
          .isEqualTo(rows.stream().map(row -> row[0]).toList());
    }
  }

  @Test
  void rowsDoNotSeeEachOther() throws Exception {
    try (Instance instance = marked(Guest.link("fixtures/state"))) {
      RowDriver next = driver(instance, "examples:state/memory@0.1.0", "next");
      assertThat(run(next, instance, true, rows(500))).hasSize(500).containsOnly(1L);
    }
  }

  @Test
  void rowsThatWriteHereAndThereAreUndoneHoweverManyThereAre() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    try (Instance instance = marked(Guest.link("fixtures/state"))) {
      Object[] before = contents(instance);
      RowDriver poke = driver(instance, "examples:state/memory@0.1.0", "poke");
      for (int batch = 0; batch < 12; batch++) {
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < RowShape.CAPACITY; row++) {
          rows.add(new Object[] {random.nextLong(1 << 14), 9});
        }
        assertThat(run(poke, instance, true, rows)).hasSize(rows.size()).containsOnly(0);
        assertThat(Arrays.deepEquals(contents(instance), before)).isTrue();
      }
    }
  }

  @Test
  void rowsOfAnInstanceThatIsNotResetSeeWhatWasBefore() throws Exception {
    try (Instance instance = ready(Guest.link("fixtures/state"), false)) {
      assertThat(instance.function("examples:state/memory@0.1.0", "next").call()).isEqualTo(1L);
      RowDriver next = driver(instance, "examples:state/memory@0.1.0", "next");
      List<Object> expected = new ArrayList<>();
      for (long row = 2; row <= 501; row++) {
        expected.add(row);
      }
      assertThat(run(next, instance, false, rows(500))).isEqualTo(expected);
      assertThat(instance.function("examples:state/memory@0.1.0", "next").call()).isEqualTo(502L);
    }
  }

  @Test
  void anInstanceForOneCallAndOneThatNobodyMarkedHaveNoDriver() {
    LinkedComponent state = Guest.link("fixtures/state");
    try (Instance one = state.instantiate(InstanceOptions.DEFAULT);
        Instance unmarked = state.instantiate(RESETTABLE)) {
      assertThat(one.rowDriver("examples:state/memory@0.1.0", "next")).isEmpty();
      assertThat(unmarked.rowDriver("examples:state/memory@0.1.0", "next")).isEmpty();
    }
  }

  private static List<Object[]> rows(int count) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Object[] {i});
    }
    return rows;
  }

  @Test
  void aRowThatCannotBeUndoneAsksForANewInstanceAndIsDone() {
    try (Instance instance = marked(Guest.link("fixtures/undo"))) {
      RowDriver driver = driver(instance, "examples:undo/traces@0.1.0", "table-next");
      driver.shape().prepare(driver.columns(), 1 << 20);
      assertThat(driver.run(0, 3)).isEqualTo(1);
      assertThat(driver.stop()).isEqualTo(Stop.RENEW);
    }
  }

  @Test
  void aTrapTellsItsRow() {
    try (Instance instance = marked(Guest.link("fixtures/undo"))) {
      RowDriver driver = driver(instance, "examples:undo/traces@0.1.0", "all-and-trap");
      ByteBuffer columns = driver.columns();
      driver.shape().prepare(columns, 1 << 20);
      Column parameter = driver.shape().parameters().getFirst();
      for (int row = 0; row < 10; row++) {
        ColumnValues.write(columns, parameter, row, row == 7 ? 1 : 2);
      }
      TrapException trap = catchThrowableOfType(TrapException.class, () -> driver.run(0, 10));
      assertThat(trap.kind()).isEqualTo(TrapException.Kind.GUEST);
      assertThat(RowShape.row(columns)).isEqualTo(7);
      assertThat(instance.usable()).isFalse();
    }
  }

  @Test
  void skippedRowsAreNotCalled() {
    try (Instance instance = marked(Guest.link("fixtures/undo"))) {
      RowDriver driver = driver(instance, "examples:undo/traces@0.1.0", "table-next");
      driver.shape().prepare(driver.columns(), 1 << 20);
      for (int row = 0; row < 5; row++) {
        RowShape.skip(driver.columns(), row, true);
      }
      assertThat(driver.run(0, 5)).isEqualTo(5);
      assertThat(driver.stop()).isEqualTo(Stop.DONE);
    }
  }

  /** A column of method calls, each of which sees what those before it have done. */
  @Test
  void rowsChooseBetweenFunctions() throws Exception {
    String numbers = "examples:stats/numbers@0.1.0";
    List<String> methods =
        Stream.of("step", "inverse", "value").map(m -> "[method]moving-average." + m).toList();
    LinkedComponent component = Guest.link("components/stats");
    SplittableRandom random = new SplittableRandom(5);
    try (Instance batch = ready(component, false);
        Instance single = ready(component, false)) {
      RowDriver driver = batch.rowDriver(numbers, methods, () -> true).orElseThrow();
      Object mine = made(batch, numbers);
      Object theirs = made(single, numbers);
      ByteBuffer columns = driver.columns();
      driver.shape().prepare(columns, 1 << 20);
      List<@Nullable Object> expected = new ArrayList<>();
      for (int row = 0; row < RowShape.CAPACITY; row++) {
        int method = random.nextInt(4);
        Object x = random.nextDouble(-9, 9);
        assertThat(
                ColumnValues.write(
                    columns,
                    driver.shape().parameters().getFirst(),
                    row,
                    ((ResourceHandle) mine).representation(false)))
            .isTrue();
        if (method == 3) {
          RowShape.skip(columns, row, true);
          expected.add(null);
          continue;
        }
        RowShape.choose(columns, row, method);
        if (method < 2) {
          assertThat(ColumnValues.write(columns, driver.shape().parameters().get(1), row, x))
              .isTrue();
        }
        ComponentFunction function = single.function(numbers, methods.get(method));
        expected.add(
            method < 2
                ? function.call(new Object[] {theirs, x})
                : function.call(new Object[] {theirs}));
      }
      assertThat(driver.run(0, RowShape.CAPACITY)).isEqualTo(RowShape.CAPACITY);
      columns = driver.columns();
      Column result = driver.shape(2).result().orElseThrow();
      for (int row = 0; row < RowShape.CAPACITY; row++) {
        if (expected.get(row) != null) {
          assertThat(ColumnValues.read(columns, result, row)).isEqualTo(expected.get(row));
        }
      }
    }
  }

  private static Object made(Instance instance, String interfaceName) {
    return Objects.requireNonNull(
        instance.function(interfaceName, "[constructor]moving-average").call(new Object[0]));
  }
}
