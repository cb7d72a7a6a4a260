package io.calcitewasm.udf.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.TestModules;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.AggregateMethods;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of all groups in batches, frames that move, and accumulators that leave the guest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AggregateCallsTest {
  private static final @Nullable Object[] NONE = {};

  @RegisterExtension final TestModules modules = new TestModules();
  private ModuleVersion stats;
  private CallSession session;

  @BeforeAll
  void create() {
    stats = modules.prepare("m", "components/stats", Map.of());
  }

  @BeforeEach
  void open() {
    session = modules.session();
  }

  private static SqlFunction function(ModuleVersion module, String longName) {
    return module.functions().stream()
        .filter(function -> function.longName().equals("m." + longName))
        .findFirst()
        .orElseThrow();
  }

  private AggregateCalls calls(String name) {
    return new AggregateCalls(session, stats, function(stats, name));
  }

  private static @Nullable Object value(AggregateCalls calls, @Nullable Object[]... rows) {
    Accumulator accumulator = calls.begin(NONE);
    for (@Nullable Object[] row : rows) {
      accumulator.step(row, NONE);
    }
    return accumulator.value(NONE);
  }

  @Test
  void groupsThatComeMixedAreAsGroupsThatComeApart() {
    int groups = 700;
    int rows = 9_000;
    AggregateCalls mixed = calls("numbers.median");
    List<Accumulator> accumulators = new ArrayList<>();
    List<List<Object[]>> apart = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      accumulators.add(mixed.begin(NONE));
      apart.add(new ArrayList<>());
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < rows; i++) {
      int group = random.nextInt(groups);
      Object[] row = {random.nextDouble()};
      accumulators.get(group).step(row, NONE);
      apart.get(group).add(row);
    }
    for (int i = 0; i < groups; i++) {
      assertThat(accumulators.get(i).value(NONE))
          .isEqualTo(value(calls("numbers.median"), apart.get(i).toArray(new Object[0][])));
    }
  }

  @Test
  void aValueIsThatOfTheRowsSoFar() {
    Accumulator accumulator = calls("numbers.median").begin(NONE);
    assertThat(accumulator.value(NONE)).isNull();
    accumulator.step(new Object[] {1.0}, NONE);
    assertThat(accumulator.value(NONE)).isEqualTo(1.0);
    accumulator.step(new Object[] {2.0}, NONE);
    accumulator.step(new @Nullable Object[] {null}, NONE);
    assertThat(accumulator.value(NONE)).isEqualTo(1.5);
  }

  @Test
  void anOptionSeesNull() {
    AggregateCalls calls = calls("texts.count_nulls");
    assertThat(value(calls, new Object[] {"a"}, new @Nullable Object[] {null})).isEqualTo(1L);
  }

  @Test
  void theConstructorIsGivenWhatTheRowsSay() {
    AggregateCalls calls = calls("texts.join_all");
    assertThat(value(calls, new Object[] {"-", "a"}, new Object[] {"-", "b"})).isEqualTo("a-b");
    assertThatThrownBy(() -> value(calls, new Object[] {"-", "a"}, new Object[] {"+", "b"}))
        .isInstanceOfSatisfying(SqlError.class, e -> assertThat(e.sqlState()).isEqualTo("22023"))
        .hasMessageContaining("separator must be the same");
  }

  /** For every aggregate that can be merged, any partition of the rows gives the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "numbers.median",
        "numbers.moving_average",
        "numbers.hyperloglog",
        "texts.hyperloglog",
        "texts.count_nulls"
      })
  void partsThatAreMergedAreTheWhole(String name) {
    SqlFunction function = function(stats, name);
    AggregateMethods methods = ((SqlForm.Aggregate) function.form()).methods();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int round = 0; round < 20; round++) {
      List<Object[]> rows = new ArrayList<>();
      int parts = 1 + random.nextInt(5);
      List<ResourceHandle> accumulators = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        accumulators.add(handle(methods.constructor()));
      }
      for (int i = random.nextInt(300); i > 0; i--) {
        Object argument =
            switch (function.parameters().getFirst().type().toSql()) {
              case "DOUBLE" -> random.nextDouble(-1e6, 1e6);
              case "BIGINT" -> random.nextLong(100);
              default -> "t" + random.nextInt(100);
            };
        rows.add(new Object[] {argument});
        call(methods.step(), accumulators.get(random.nextInt(parts)), argument);
      }
      for (int i = 1; i < parts; i++) {
        call(methods.merge().orElseThrow(), accumulators.getFirst(), accumulators.get(i));
      }
      assertThat(call(methods.value(), accumulators.getFirst()))
          .isEqualTo(value(calls(name), rows.toArray(new Object[0][])));
    }
  }

  private ResourceHandle handle(SqlFunction constructor) {
    return (ResourceHandle) Objects.requireNonNull(call(constructor));
  }

  private @Nullable Object call(SqlFunction method, @Nullable Object... arguments) {
    return session.call(stats, method, arguments, -1);
  }

  /** A frame that takes rows back, beside one that begins anew for each row. */
  @ParameterizedTest
  @ValueSource(strings = {"numbers.moving_average", "numbers.median", "texts.join_all"})
  void framesThatMoveAreAsFramesThatBeginAnew(String name) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int round = 0; round < 30; round++) {
      int before = random.nextInt(30) - 5;
      int after = Math.max(-before, random.nextInt(20) - 8);
      double excluded = random.nextInt(3) == 0 ? 0.1 : 0;
      AggregateCalls anew = calls(name);
      Frame frame =
          new Frame(calls(name), name.equals("texts.join_all") ? new Object[] {"-"} : NONE);
      List<FrameValue> values = new ArrayList<>();
      List<@Nullable Object> expected = new ArrayList<>();
      for (int partition = 0; partition < 3; partition++) {
        @Nullable Object[][] rows = rows(name, 1 + random.nextInt(300), random);
        for (int i = 0; i < rows.length; i++) {
          int from = Math.max(0, i - before);
          int to = Math.min(rows.length - 1, i + after);
          List<@Nullable Object[]> inside =
              excluded > 0
                  ? tellEach(frame, rows, i, from, to, random, excluded)
                  : tellRange(frame, rows, i, from, to);
          values.add(frame.value());
          expected.add(
              inside.isEmpty() ? null : value(anew, inside.toArray(new @Nullable Object[0][])));
          if (random.nextInt(200) == 0) {
            assertThat(values.get(random.nextInt(values.size())).get()).isIn(expected);
          }
        }
      }
      assertThat(values.stream().map(FrameValue::get).toList()).isEqualTo(expected);
    }
  }

  private static @Nullable Object[][] rows(String name, int count, SplittableRandom random) {
    @Nullable Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      rows[i] =
          name.equals("texts.join_all")
              ? new @Nullable Object[] {"-", i % 9 == 0 ? null : "t" + random.nextInt(100)}
              : new @Nullable Object[] {i % 9 == 0 ? null : random.nextDouble(-100, 100)};
    }
    return rows;
  }

  /** Tells a frame row by row, as where some are excluded; returns the rows in it. */
  private static List<@Nullable Object[]> tellEach(
      Frame frame,
      @Nullable Object[][] rows,
      int row,
      int from,
      int to,
      SplittableRandom random,
      double excluded) {
    List<@Nullable Object[]> inside = new ArrayList<>();
    frame.restart(row);
    for (int j = from; j <= to; j++) {
      if (random.nextDouble() < excluded) {
        continue;
      }
      if (frame.enters(j)) {
        frame.add(j, rows[j]);
      }
      inside.add(rows[j]);
    }
    return inside;
  }

  /** Tells a frame as a range; returns the rows in it. */
  private static List<@Nullable Object[]> tellRange(
      Frame frame, @Nullable Object[][] rows, int row, int from, int to) {
    if (row == 0) {
      frame.restart(row);
    }
    frame.span(from <= to ? from : -1, from <= to ? to : -1);
    for (int j = frame.known(); j <= to; j++) {
      frame.add(j, rows[j]);
    }
    return from <= to ? List.of(rows).subList(from, to + 1) : List.of();
  }

  /** The accumulator of a frame leaves the guest with those of groups, and comes back. */
  @Test
  void framesGoOnAfterTheirAccumulatorsWereSaved() {
    ModuleVersion small = modules.prepare("m", "components/stats", Map.of("memory", "640KB"));
    AggregateCalls medians = new AggregateCalls(session, small, function(small, "numbers.median"));
    SqlFunction average = function(small, "numbers.moving_average");
    Frame frame = new Frame(new AggregateCalls(session, small, average), NONE);
    Frame roomy = new Frame(calls("numbers.moving_average"), NONE);
    SplittableRandom random = new SplittableRandom(5);
    @Nullable Object[][] rows = rows("numbers.moving_average", 20_000, random);
    List<Accumulator> groups = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      groups.add(medians.begin(NONE));
    }
    List<FrameValue> values = new ArrayList<>();
    List<FrameValue> expected = new ArrayList<>();
    Set<Object> instances = new HashSet<>();
    for (int i = 0; i < rows.length; i++) {
      groups.get(random.nextInt(groups.size())).step(new Object[] {random.nextDouble()}, NONE);
      tellRange(frame, rows, i, Math.max(0, i - 20), i);
      values.add(frame.value());
      tellRange(roomy, rows, i, Math.max(0, i - 20), i);
      expected.add(roomy.value());
      Optional.ofNullable(session.resources(small).instance()).ifPresent(instances::add);
    }
    assertThat(values.stream().map(FrameValue::get).toList())
        .isEqualTo(expected.stream().map(FrameValue::get).toList());
    assertThat(instances).as("accumulators were saved").hasSizeGreaterThan(1);
  }

  /** With merge they are made anew for later rows, without it they are restored for them. */
  @ParameterizedTest
  @ValueSource(strings = {"numbers.median", "texts.concat_all"})
  void accumulatorsThatDoNotFitAreSavedAndRestored(String name) {
    ModuleVersion small = modules.prepare("m", "components/stats", Map.of("memory", "640KB"));
    AggregateCalls calls = new AggregateCalls(session, small, function(small, name));
    AggregateCalls roomy = calls(name);
    int groups = 6_000;
    List<Accumulator> narrow = new ArrayList<>();
    List<Accumulator> wide = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      narrow.add(calls.begin(NONE));
      wide.add(roomy.begin(NONE));
    }
    SplittableRandom random = new SplittableRandom(3);
    Set<Object> instances = new HashSet<>();
    for (int i = 0; i < 40_000; i++) {
      int group = random.nextInt(groups);
      Object argument = name.equals("texts.concat_all") ? "t" + i : (Object) random.nextDouble();
      narrow.get(group).step(new Object[] {argument}, NONE);
      wide.get(group).step(new Object[] {argument}, NONE);
      if (i % 9_999 == 0) {
        // Some values are asked for early, as where the rows come from such an aggregate.
        assertThat(narrow.get(group).value(NONE)).isEqualTo(wide.get(group).value(NONE));
      }
      Optional.ofNullable(session.resources(small).instance()).ifPresent(instances::add);
    }
    assertThat(instances).as("accumulators were saved").hasSizeGreaterThan(2);
    for (int i = 0; i < groups; i++) {
      assertThat(narrow.get(i).value(NONE)).isEqualTo(wide.get(i).value(NONE));
      calls.finish(narrow.get(i));
      roomy.finish(wide.get(i));
    }
  }

  /** Any number of threads, whether accumulators can be merged or stay with one of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "numbers.median",
        "numbers.hyperloglog",
        "numbers.count_nulls",
        "texts.concat_all",
        "texts.hyperloglog"
      })
  void rowsThatAreDividedOverThreadsGiveTheWhole(String name) {
    SqlFunction function = function(stats, name);
    String type = function.parameters().getFirst().type().toSql();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int round = 0; round < 8; round++) {
      int threads = 2 + random.nextInt(2);
      DividedCalls divided =
          DividedCalls.of(session, threads, calls -> new AggregateCalls(calls, stats, function));
      AggregateCalls whole = calls(name);
      List<RowGroup> groups = new ArrayList<>();
      List<Accumulator> expected = new ArrayList<>();
      for (int i = round % 2 == 0 ? 1 + random.nextInt(4) : 900; i > 0; i--) {
        groups.add(divided.begin(NONE));
        expected.add(whole.begin(NONE));
      }
      for (int i = random.nextInt(20_000); i > 0; i--) {
        int group = random.nextInt(groups.size());
        Object argument =
            switch (type) {
              case "DOUBLE" -> random.nextDouble(-1e6, 1e6);
              case "BIGINT" -> random.nextLong(100);
              default -> "t" + random.nextInt(100);
            };
        groups.get(group).step(new Object[] {argument}, NONE);
        expected.get(group).step(new Object[] {argument}, NONE);
      }
      for (int i = 0; i < groups.size(); i++) {
        assertThat(groups.get(i).last(NONE))
            .as("group %s of %s, %s threads", i, groups.size(), threads)
            .isEqualTo(expected.get(i).last(NONE));
      }
    }
  }

  /** Groups have the same parts, as those of grouping sets, and what is merged stays as it is. */
  @Test
  void groupsThatShareTheirPartsAreMergedOfThem() {
    AggregateCalls calls = calls("numbers.median");
    List<Accumulator> parts = new ArrayList<>();
    List<List<Object[]>> rows = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(8);
    for (int part = 0; part < 3_000; part++) {
      parts.add(calls.begin(NONE));
      rows.add(new ArrayList<>());
      for (int i = random.nextInt(4); i > 0; i--) {
        Object[] row = {random.nextDouble()};
        rows.get(part).add(row);
        parts.get(part).step(row, NONE);
      }
    }
    List<MergedGroup> groups = new ArrayList<>();
    List<List<Object[]>> all = new ArrayList<>();
    for (int size : new int[] {1, 2, 1_500, 3_000}) {
      for (int from = 0; from < parts.size(); from += size) {
        MergedGroup group = new MergedGroup(calls, NONE);
        List<Object[]> whole = new ArrayList<>();
        for (int part = from; part < from + size; part++) {
          group.add(parts.get(part), NONE);
          whole.addAll(rows.get(part));
        }
        groups.add(group);
        all.add(whole);
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      assertThat(groups.get(i).last(NONE))
          .isEqualTo(value(calls("numbers.median"), all.get(i).toArray(new Object[0][])));
    }
  }
}
