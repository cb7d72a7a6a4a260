package io.calcitewasm.udf.instance;

import static io.calcitewasm.udf.TestModules.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.guest.Guests;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.TestModules;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.BooleanColumn;
import io.calcitewasm.udf.batch.DoubleColumn;
import io.calcitewasm.udf.batch.LongColumn;
import io.calcitewasm.udf.batch.ObjectColumn;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches give what their rows give one by one, up to the row that fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CallBatchTest {
  @RegisterExtension final TestModules modules = new TestModules();
  private CallSession session;

  @BeforeEach
  void open() {
    session = modules.session();
  }

  /** What a row gives: a value, or the state and words of its error. */
  private record Given(@Nullable Object value, @Nullable String error) {}

  private List<Given> oneByOne(
      ModuleVersion module,
      SqlFunction function,
      boolean @Nullable [] unwanted,
      @Nullable Object[][] rows) {
    List<Given> given = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      try {
        given.add(
            unwanted != null && unwanted[row]
                ? new Given(null, null)
                : new Given(plain(session.call(module, function, rows[row], row + 1L)), null));
      } catch (SqlError e) {
        given.add(new Given(null, e.sqlState() + " " + e.getMessage()));
        break;
      }
    }
    return given;
  }

  /** Columns hold all integers in one class; NaN is to equal itself. */
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Byte b -> b.longValue();
      case Short s -> s.longValue();
      case Integer i -> i.longValue();
      case Float f when f.isNaN() -> "NaN";
      case Double d when d.isNaN() -> "NaN";
      case null, default -> value;
    };
  }

  private void assertSame(ModuleVersion module, String name, @Nullable Object[]... rows) {
    assertSame(module, name, null, rows);
  }

  private void assertSame(
      ModuleVersion module,
      String name,
      boolean @Nullable [] unwanted,
      @Nullable Object[]... rows) {
    SqlFunction function = function(module, name);
    List<Given> expected = oneByOne(module, function, unwanted, rows);
    List<BatchColumn> arguments = columns(function, rows);
    BatchColumn results = BatchColumn.of(function.result());
    CallBatch batch = session.batch(module, function, arguments, results);
    SqlError error = batch.run(0, rows.length, unwanted);
    List<Given> given = new ArrayList<>();
    for (int row = 0; row < batch.done(); row++) {
      given.add(new Given(plain(results.value(row)), null));
    }
    if (error != null) {
      given.add(new Given(null, error.sqlState() + " " + error.getMessage()));
    }
    assertThat(given).as(name).usingRecursiveComparison().isEqualTo(expected);
  }

  private static List<BatchColumn> columns(SqlFunction function, @Nullable Object[][] rows) {
    List<BatchColumn> columns = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      int parameter = i;
      BatchColumn column =
          columnFor(Arrays.stream(rows).<@Nullable Object>map(row -> row[parameter]).toList());
      column.clear(rows.length);
      for (int row = 0; row < rows.length; row++) {
        column.setValue(row, rows[row][i]);
      }
      columns.add(column);
    }
    return columns;
  }

  private static BatchColumn columnFor(List<@Nullable Object> values) {
    Object some = values.stream().filter(Objects::nonNull).findFirst().orElse("none");
    return switch (some) {
      case Integer _, Long _ -> new LongColumn();
      case Boolean _ -> new BooleanColumn();
      case Double _ -> new DoubleColumn(false);
      case Float _ -> new DoubleColumn(true);
      default -> new ObjectColumn();
    };
  }

  private static @Nullable Object[][] rows(int count, @Nullable Object... arguments) {
    @Nullable Object[][] rows = new Object[count][];
    Arrays.setAll(rows, row -> arguments.clone());
    return rows;
  }

  @Test
  void scalarsStringsRecordsAndOptionsOfTheTypesFixture() {
    ModuleVersion types = modules.prepare("fixtures/types");
    RandomGenerator random = new SplittableRandom(5);
    for (String name :
        List.of("id_s8", "id_u8", "id_s16", "id_u16", "id_s32", "id_u32", "id_s64", "id_u64")) {
      @Nullable Object[][] rows = rows(100, 1);
      Arrays.setAll(
          rows, row -> new Object[] {random.nextInt(9) == 0 ? null : random.nextInt(120)});
      assertSame(types, name, rows);
    }
    assertSame(types, "id_bool", new Object[] {true}, new @Nullable Object[] {null});
    assertSame(types, "id_f64", new Object[] {1.5}, new Object[] {Double.NEGATIVE_INFINITY});
    assertSame(types, "id_char", new Object[] {"é"}, new Object[] {"😀"});
    assertSame(types, "id_string", new Object[] {""}, new Object[] {"Grüße, 世界 😀"});
    assertSame(
        types,
        "id_string",
        new Object[] {"a"},
        new Object[] {"x".repeat(1 << 20)},
        new Object[] {"b"});
    assertSame(types, "id_bytes", new Object[] {new byte[0]}, new Object[] {new byte[] {0, -1}});
    assertSame(types, "id_colour", new Object[] {"red"}, new Object[] {"blue"});
    assertSame(types, "id_decimal", new Object[] {new BigDecimal("-1.10")});
    assertSame(types, "id_date", new Object[] {20_000});
    assertSame(types, "id_timestamp_tz", new Object[] {-1L});
    assertSame(types, "strict", new @Nullable Object[] {1, null}, new Object[] {1, 2});
    assertSame(types, "lenient", new @Nullable Object[] {1, null}, new Object[] {1, 2});
    assertSame(types, "is_null", new @Nullable Object[] {null}, new Object[] {"4"});
    assertSame(types, "nothing", new Object[] {}, new Object[] {});
    assertSame(types, "err_text", new Object[] {false}, new Object[] {true});
    assertSame(types, "id_list_s32", new Object[] {List.of(1, 2)}, new Object[] {List.of()});
  }

  @Test
  void listsAndVariantsOfAnyDepth() {
    ModuleVersion types = modules.prepare("fixtures/types");
    assertSame(types, "id_list_bool", rows(20, List.of(true, false)));
    assertSame(
        types,
        "id_list_option_string",
        new Object[] {Arrays.asList("a", null, "Grüße 😀")},
        new @Nullable Object[] {null},
        new Object[] {List.of()});
    List<Object> deep = List.of(List.of(List.of("a", ""), List.of()), List.of());
    assertSame(types, "id_list_list_list_string", rows(40, deep));
    @Nullable Object[] ok = {true, 7, null};
    @Nullable Object[] failed = {false, null, "why"};
    assertSame(
        types,
        "id_list_result",
        new Object[] {Arrays.asList((Object) ok, failed)},
        new Object[] {List.of()});
    @Nullable Object[] circle = new Object[columns(types, "id_shape")];
    circle[0] = "circle";
    circle[1] = 1.5;
    assertSame(types, "id_shape", new Object[] {circle}, new @Nullable Object[] {null});
    @Nullable Object[] other = circle.clone();
    other[0] = "triangle";
    assertSame(
        types,
        "id_list_shape",
        new Object[] {Arrays.asList((Object) circle)},
        new Object[] {Arrays.asList((Object) other)});
    List<Object> many = List.of("x".repeat(1000), "", "y".repeat(70_000));
    assertSame(types, "id_list_string", rows(300, many));
    ModuleVersion text = modules.prepare("components/text");
    assertSame(text, "split", rows(50, "a,b,,c", ","));
    assertSame(text, "tokens", new Object[] {"Rock Creme, Live!"}, new Object[] {""});
    ModuleVersion evil = modules.prepare("fixtures/evil");
    assertSame(evil, "strings", new Object[] {0}, new Object[] {5}, new Object[] {200_000});
  }

  private static int columns(ModuleVersion module, String function) {
    return function(module, function).result() instanceof SqlType.RowOf row
        ? row.fields().size()
        : 0;
  }

  @Test
  void anAllocatorThatLiesAboutListsIsFoundOut() {
    ModuleVersion liar = modules.prepare("fixtures/liar");
    for (String name : List.of("take_list", "take_bytes")) {
      for (int count : new int[] {0, 1, 2, 3, 4, 5, 7, 100}) {
        Object list = name.equals("take_list") ? Collections.nCopies(count, 1) : new byte[count];
        assertSame(liar, name, new Object[] {list}, new Object[] {list});
      }
    }
  }

  @Test
  void numbersOfEveryClassFitEveryParameterAsBefore() {
    ModuleVersion types = modules.prepare("fixtures/types");
    List<Object> numbers =
        List.of(
            -1L,
            0L,
            1L,
            127L,
            128L,
            255L,
            256L,
            -129L,
            65_536L,
            1L << 31,
            1L << 32,
            1L << 62,
            1.0,
            0.5,
            -1.0,
            1e10,
            1e300,
            Double.NaN,
            1f,
            0.1f,
            Float.MAX_VALUE,
            3);
    for (String name :
        List.of(
            "id_s8",
            "id_u8",
            "id_s16",
            "id_u16",
            "id_s32",
            "id_u32",
            "id_s64",
            "id_u64",
            "id_f32",
            "id_f64",
            "id_decimal",
            "id_date",
            "id_timestamp_tz",
            "lenient")) {
      for (Object number : numbers) {
        Object[] row = new Object[function(types, name).parameters().size()];
        Arrays.fill(row, number);
        assertSame(types, name, row, row);
      }
    }
  }

  @Test
  void rowsThatNobodyWantsAreNotCalled() {
    ModuleVersion types = modules.prepare("fixtures/types");
    boolean[] unwanted = new boolean[200];
    @Nullable Object[][] rows = rows(200, 7);
    for (int row = 0; row < 200; row++) {
      unwanted[row] = row % 3 == 1;
      rows[row] =
          new @Nullable Object[] {unwanted[row] ? (Object) 300 : row % 5 == 0 ? null : row % 128};
    }
    assertSame(types, "id_s8", unwanted, rows);
    assertSame(types, "id_u64", unwanted, rows);
    ModuleVersion evil = modules.prepare("fixtures/evil");
    Arrays.setAll(rows, row -> new Object[] {unwanted[row] ? -1 : row});
    assertSame(evil, "trap_if_negative", unwanted, rows);
  }

  @Test
  void longTextsShareTheRoomThereIs() {
    ModuleVersion text = modules.prepare("components/text");
    String half = "x".repeat(100_000);
    assertSame(
        text,
        "levenshtein",
        new Object[] {"a", half},
        new Object[] {half, "b"},
        new Object[] {"abc", "abd"});
  }

  @Test
  void resultsTooLargeToHaveAllAtOnceComeInParts() {
    ModuleVersion types = modules.prepare("fixtures/types");
    SqlFunction function = function(types, "id_string");
    ObjectColumn argument = new ObjectColumn();
    BatchColumn results = BatchColumn.of(function.result());
    CallBatch batch = session.batch(types, function, List.of(argument), results);
    argument.clear(100);
    String text = "x".repeat(600_000);
    for (int row = 0; row < 100; row++) {
      argument.set(row, text);
    }
    assertThat(batch.run(0, 100, null)).isNull();
    int first = batch.done();
    assertThat(first).isBetween(50, 99);
    assertThat(batch.run(first, 100, null)).isNull();
    assertThat(batch.done()).isEqualTo(100);
    assertThat(results.value(99)).isEqualTo(text);
    assertThat(batch.totals().rows()).isEqualTo(100);
  }

  @Test
  void aBatchAfterOneThatFailedIsCounted() {
    ModuleVersion evil = modules.prepare("fixtures/evil");
    SqlFunction function = function(evil, "trap_if_negative");
    LongColumn argument = new LongColumn();
    BatchColumn results = BatchColumn.of(function.result());
    CallBatch batch = session.batch(evil, function, List.of(argument), results);
    argument.clear(40);
    assertThat(batch.run(0, 40, null)).isNull();
    argument.clear(40);
    argument.set(30, -1);
    assertThat(batch.run(0, 40, null)).hasMessageContaining("row 71:");
    assertThat(batch.done()).isEqualTo(30);
    assertThat(batch.totals().rows()).isEqualTo(70);
  }

  @Test
  void theFirstRowThatFailsIsTold() {
    ModuleVersion types = modules.prepare("fixtures/types");
    @Nullable Object[][] rows = rows(100, 7);
    rows[61] = new Object[] {300};
    assertSame(types, "id_s8", rows);
    ModuleVersion money = modules.prepare("components/money");
    rows = rows(100, "12.50");
    rows[33] = new Object[] {"much"};
    assertSame(money, "parse_money", rows);
    ModuleVersion evil = modules.prepare("fixtures/evil");
    rows = rows(100, 1);
    rows[50] = new Object[] {-1};
    assertSame(evil, "trap_if_negative", rows);
  }

  @Test
  void rowsDoNotSeeEachOtherWhateverTheyWrite() {
    ModuleVersion undo = modules.prepare("fixtures/undo");
    for (String name :
        List.of(
            "global_next",
            "float_next",
            "memory_next",
            "fill_next",
            "copy_next",
            "vector_next",
            "init_next",
            "grow_next",
            "table_next",
            "table_grow_next",
            "drop_data",
            "drop_elements",
            "traces")) {
      assertSame(undo, name, rows(40, 0));
    }
    ModuleVersion state = modules.prepare("fixtures/state");
    assertSame(state, "next", rows(2_000));
    assertSame(state, "remember", rows(300, "row"));
    assertSame(state, "hoard", rows(20, 1 << 19));
  }

  @Test
  void aRowOfBrokenTextIsNotCalledAgainWhereStateIsKeptThoughALaterOneTraps() {
    ModuleVersion evil =
        modules
            .registry()
            .prepare(
                ModuleRequest.of("evil", "fixtures/evil", Guests.bytes("fixtures/evil"))
                    .withIsolation(Isolation.STATEMENT));
    assertSame(
        evil, "utf8_broken_after_zero", new Object[] {0}, new Object[] {1}, new Object[] {2});
  }

  @ParameterizedTest
  @EnumSource(names = {"CALL", "STATEMENT"})
  void whatBreaksTheAbiIsTheSameForManyRows(Isolation isolation) {
    ModuleVersion evil =
        modules
            .registry()
            .prepare(
                ModuleRequest.of("evil", "fixtures/evil", Guests.bytes("fixtures/evil"))
                    .withIsolation(isolation));
    for (SqlFunction function : evil.functions()) {
      boolean abi = function.interfaceName().contains("/abi@");
      if (abi && function.parameters().isEmpty()) {
        assertSame(evil, function.name(), rows(3));
      }
    }
  }

  @Test
  void whatTrapsIsTheSameForManyRows() {
    ModuleVersion evil = modules.prepare("fixtures/evil");
    for (String name :
        List.of(
            "unreachable",
            "divide_by_zero",
            "overflow",
            "load_out_of_bounds",
            "store_out_of_bounds",
            "null_table_entry",
            "wrong_signature",
            "trap_on_null",
            "trap_in_post_return")) {
      assertSame(evil, name, rows(3, 1));
    }
  }

  @Test
  void textOfTheExamples() {
    ModuleVersion text = modules.prepare("components/text");
    RandomGenerator random = new SplittableRandom(9);
    @Nullable Object[][] rows = new Object[400][];
    Arrays.setAll(
        rows, row -> new Object[] {"Crème Brûlée ".repeat(random.nextInt(8)) + random.nextInt()});
    assertSame(text, "slugify", rows);
    assertSame(text, "word_count", rows);
    Arrays.setAll(rows, row -> new Object[] {"kitten" + random.nextInt(50), "sitting"});
    assertSame(text, "levenshtein", rows);
  }
}
