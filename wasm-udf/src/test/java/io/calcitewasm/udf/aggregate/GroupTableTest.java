package io.calcitewasm.udf.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.udf.RandomValues;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.BooleanColumn;
import io.calcitewasm.udf.batch.DoubleColumn;
import io.calcitewasm.udf.batch.LongColumn;
import io.calcitewasm.udf.batch.ObjectColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupTableTest {
  private static final int ROWS = 64;

  /** The kinds of columns, and how different their values are. */
  private record Rows(List<Integer> kinds, int values, int batches, long seed) {}

  @Test
  void groups_are_numbered_as_they_come_by_equal_values() {
    RandomValues.forAll(
        random ->
            new Rows(
                random.ints(random.nextInt(4), 0, 4).boxed().toList(),
                1 + random.nextInt(50),
                1 + random.nextInt(8),
                random.nextLong()),
        GroupTableTest::check);
  }

  @Test
  void thousands_of_integers_have_their_groups() {
    check(new Rows(List.of(0), 20_000, 2_000, 1));
    check(new Rows(List.of(0, 1), 20_000, 2_000, 2));
  }

  private static void check(Rows rows) {
    RandomGenerator random = new java.util.SplittableRandom(rows.seed());
    List<BatchColumn> keys = columns(rows.kinds());
    GroupTable table = GroupTable.of(keys);
    Map<List<@Nullable Object>, Integer> expected = new LinkedHashMap<>();
    if (keys.isEmpty()) {
      expected.put(List.of(), 0);
    }
    int[] found = new int[ROWS];
    for (int batch = 0; batch < rows.batches(); batch++) {
      List<List<@Nullable Object>> written = new ArrayList<>();
      keys.forEach(key -> key.clear(ROWS));
      for (int row = 0; row < ROWS; row++) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
          Object value = value(rows.kinds().get(i), random, rows.values());
          keys.get(i).setValue(row, value);
          values.add(value);
        }
        written.add(values);
      }
      table.find(ROWS, found);
      for (int row = 0; row < ROWS; row++) {
        expected.putIfAbsent(written.get(row), expected.size());
        assertThat(found[row]).isEqualTo(expected.get(written.get(row)));
      }
    }
    assertThat(table.size()).isEqualTo(expected.size());
    List<BatchColumn> read = columns(rows.kinds());
    int group = 0;
    for (List<@Nullable Object> values : expected.keySet()) {
      table.read(group, 1, read);
      assertThat(read.stream().map(column -> column.value(0)).toList()).isEqualTo(values);
      assertThat(Arrays.asList(table.names(group))).isEqualTo(values);
      group++;
    }
  }

  private static List<BatchColumn> columns(List<Integer> kinds) {
    List<Supplier<BatchColumn>> all =
        List.of(
            LongColumn::new,
            ObjectColumn::new,
            () -> new DoubleColumn(/* single= */ false),
            BooleanColumn::new);
    return kinds.stream().map(kind -> all.get(kind).get()).toList();
  }

  private static @Nullable Object value(int kind, RandomGenerator random, int values) {
    int number = random.nextInt(values + 1);
    if (number == values) {
      return null;
    }
    return switch (kind) {
      case 0 -> number == 0 ? Long.MIN_VALUE : number == 1 ? Long.MAX_VALUE : number - 2L;
      case 1 -> "é" + number;
      case 2 -> number == 0 ? Double.NaN : number == 1 ? -0.0 : (number - 2) / 4.0;
      default -> number % 2 == 0;
    };
  }
}
