package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import io.calcitewasm.udf.signature.SqlFunction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Many rows at once give what they give one by one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CallAllTest {
  private ComponentEngine engine;
  private Registry registry;
  private CallSession session;

  @BeforeAll
  void create() {
    engine = ComponentEngine.create();
    registry = new Registry(engine, new HostServices());
  }

  @AfterAll
  void close() {
    registry.close();
    engine.close();
  }

  @BeforeEach
  void open() {
    session = registry.openSession(Instant.EPOCH);
  }

  @AfterEach
  void nothingIsLost() {
    session.close();
    assertThat(registry.runningCalls()).isZero();
  }

  private ModuleVersion prepare(String guest) {
    String name = guest.substring(guest.indexOf('/') + 1);
    return registry.prepare(
        new ModuleRequest(name, guest, Guests.bytes(guest), Optional.empty(), List.of(), Map.of()));
  }

  private static SqlFunction function(ModuleVersion module, String name) {
    return module.functions().stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What a row gives: a value, or the state and words of its error. */
  private record Given(@Nullable Object value, @Nullable String error) {}

  private List<Given> oneByOne(
      ModuleVersion module, SqlFunction function, @Nullable Object[][] rows) {
    List<Given> given = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      try {
        given.add(new Given(session.call(module, function, rows[row], row + 1L), null));
      } catch (SqlError e) {
        given.add(new Given(null, e.sqlState() + " " + e.getMessage()));
        break;
      }
    }
    return given;
  }

  private void assertSame(ModuleVersion module, String name, @Nullable Object[]... rows) {
    SqlFunction function = function(module, name);
    List<Given> expected = oneByOne(module, function, rows);
    String error = expected.getLast().error;
    if (error != null) {
      SqlError thrown =
          catchThrowableOfType(SqlError.class, () -> session.callAll(module, function, rows, 1));
      assertThat(thrown).as(name + " instead of " + error).isNotNull();
      assertThat(thrown.sqlState() + " " + thrown.getMessage()).isEqualTo(error);
    } else {
      assertThat(session.callAll(module, function, rows, 1))
          .as(name)
          .usingRecursiveComparison()
          .isEqualTo(expected.stream().map(Given::value).toArray());
    }
  }

  private static @Nullable Object[][] rows(int count, @Nullable Object... arguments) {
    @Nullable Object[][] rows = new Object[count][];
    Arrays.setAll(rows, row -> arguments.clone());
    return rows;
  }

  @Test
  void scalarsStringsRecordsAndOptionsOfTheTypesFixture() {
    ModuleVersion types = prepare("fixtures/types");
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
    assertSame(types, "is_null", new @Nullable Object[] {null}, new Object[] {4});
    assertSame(types, "nothing", new Object[] {}, new Object[] {});
    assertSame(types, "err_text", new Object[] {false}, new Object[] {true});
    assertSame(types, "id_list_s32", new Object[] {List.of(1, 2)}, new Object[] {List.of()});
  }

  @Test
  void theFirstRowThatFailsIsTold() {
    ModuleVersion types = prepare("fixtures/types");
    @Nullable Object[][] rows = rows(100, 7);
    rows[61] = new Object[] {300};
    assertSame(types, "id_s8", rows);
    ModuleVersion money = prepare("components/money");
    rows = rows(100, "12.50");
    rows[33] = new Object[] {"much"};
    assertSame(money, "parse_money", rows);
    ModuleVersion evil = prepare("fixtures/evil");
    rows = rows(100, 1);
    rows[50] = new Object[] {-1};
    assertSame(evil, "trap_if_negative", rows);
  }

  @Test
  void rowsDoNotSeeEachOtherWhateverTheyWrite() {
    ModuleVersion undo = prepare("fixtures/undo");
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
    ModuleVersion state = prepare("fixtures/state");
    assertSame(state, "next", rows(2_000));
    assertSame(state, "remember", rows(300, "row"));
    assertSame(state, "hoard", rows(20, 1 << 19));
  }

  @Test
  void whatBreaksTheAbiOrTrapsIsTheSameForManyRows() {
    ModuleVersion evil = prepare("fixtures/evil");
    for (SqlFunction function : evil.functions()) {
      boolean abi = function.interfaceName().contains("/abi@");
      if (abi && function.parameters().isEmpty()) {
        assertSame(evil, function.name(), rows(3));
      }
    }
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
    ModuleVersion text = prepare("components/text");
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
