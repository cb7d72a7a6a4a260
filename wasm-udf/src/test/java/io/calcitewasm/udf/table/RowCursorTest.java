package io.calcitewasm.udf.table;

import static io.calcitewasm.udf.TestModules.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.TestModules;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.ModuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are pulled as far as they are wanted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RowCursorTest {
  @RegisterExtension final TestModules modules = new TestModules();
  private ModuleVersion lines;
  private ModuleVersion broken;
  private CallSession session;

  @BeforeAll
  void create() {
    lines = modules.prepare("m", "components/lines", Map.of());
    broken = modules.prepare("m", "fixtures/broken-aggregates", Map.of());
  }

  @BeforeEach
  void open() {
    session = modules.session();
  }

  private RowCursor cursor(ModuleVersion module, String name, @Nullable Object... arguments) {
    return new RowCursor(session, module, function(module, name), arguments);
  }

  private static List<Object> firsts(List<?> rows) {
    List<Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(((Object[]) row)[0]));
    return values;
  }

  @Test
  void fewRowsArePulledFirstAndMoreLater() {
    try (RowCursor cursor = cursor(lines, "count_from", 1L, null)) {
      assertThat(firsts(cursor.next())).hasSize(16).startsWith(1L, 2L).endsWith(16L);
      assertThat(firsts(cursor.next())).hasSize(32).startsWith(17L);
      for (int i = 0; i < 20; i++) {
        assertThat(cursor.next()).hasSizeLessThanOrEqualTo(1024);
      }
    }
  }

  @Test
  void nullForAStrictParameterMeansNoRows() {
    try (RowCursor cursor = cursor(lines, "read_lines", (Object) null)) {
      assertThat(cursor.next()).isEmpty();
    }
  }

  @Test
  void itsResourceEndsWithIt() {
    RowCursor first = cursor(lines, "count_from", 1L, null);
    assertThat(first.next()).isNotEmpty();
    first.close();
    first.close();
    assertThat(first.next()).isEmpty();
  }

  @Test
  void itsInstanceIsNotReplacedWhileItIsOpen() {
    RowCursor first = cursor(lines, "count_from", 1L, null);
    RowCursor second = cursor(lines, "count_from", 9L, null);
    assertThat(session.resources(lines).isReplaceable()).isTrue();
    assertThat(first.next()).isNotEmpty();
    assertThat(second.next()).isNotEmpty();
    Object instance = session.resources(lines).instance();
    assertThat(session.resources(lines).isReplaceable()).isFalse();
    first.close();
    first.close();
    assertThat(session.resources(lines).isReplaceable()).isFalse();
    assertThat(firsts(second.next())).startsWith(25L);
    assertThat(session.resources(lines).instance()).isSameAs(instance);
    second.close();
    assertThat(session.resources(lines).isReplaceable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "too_many,,38W02,rows where at most",
    "errs_after,100,38000,",
    "traps_after,100,38W01,",
    "errs_at_open,,38000,",
    "list_traps,,38W01,",
    "list_errs,,38000,"
  })
  void whatGoesWrongIsOneError(
      String name, @Nullable Long argument, String state, @Nullable String words) {
    RowCursor cursor =
        argument == null ? cursor(broken, name) : cursor(broken, name, (Object) argument);
    assertThatThrownBy(
            () -> {
              while (!cursor.next().isEmpty()) {
                // To the end.
              }
            })
        .isInstanceOfSatisfying(SqlError.class, e -> assertThat(e.sqlState()).isEqualTo(state))
        .hasMessageContaining(words == null ? name : words);
    assertThat(cursor.next()).isEmpty();
    cursor.close();
  }
}
