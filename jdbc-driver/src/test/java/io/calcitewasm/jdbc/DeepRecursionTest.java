package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recursion without end fails its statement soon, on whatever thread, and leaves nothing behind.
 */
@Timeout(120)
class DeepRecursionTest {
  private static final String CREATE =
      "create module deep from '" + TestDatabase.file("fixtures/recursion") + "'";

  enum Isolation {
    CALL,
    STATEMENT,
    SESSION
  }

  private static <T> T on(int stackMegabytes, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(null, task, "large stack", (long) stackMegabytes << 20).start();
    return task.get();
  }

  private static void assertExhausted(TestDatabase database, String query) {
    SQLException failure = database.failure(query);
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo("38W01");
    assertThat((Throwable) failure).hasMessageContaining("call stack exhausted");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 64})
  void it_fails_and_the_next_call_is_right(int stackMegabytes) throws Exception {
    try (TestDatabase database = new TestDatabase("fixtures/evil")) {
      database.execute(CREATE);
      for (String call :
          new String[] {
            "deep.direct(-1)",
            "deep.mutual(-1)",
            "deep.indirect(-1)",
            "deep.wide(-1)",
            "deep.across(-1)",
            "deep.dropped(-1)",
            "deep.posted(-1)",
            "evil.recurse_wide()"
          }) {
        long start = System.nanoTime();
        on(
            stackMegabytes,
            () -> {
              assertExhausted(database, "values " + call);
              return true;
            });
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as(call)
            .isLessThan(Duration.ofSeconds(20));
        assertThat(database.value("values deep.direct(100)")).isEqualTo(100L);
      }
    }
  }

  /** The second call goes as deep as an instance of which nothing was taken lets it. */
  @ParameterizedTest
  @EnumSource
  void in_rows_it_fails_at_its_row_whatever_the_isolation(Isolation isolation) throws Exception {
    try (TestDatabase database = new TestDatabase("fixtures/evil")) {
      database.execute(CREATE + " isolation " + isolation);
      on(
          64,
          () -> {
            for (int i = 0; i < 3; i++) {
              assertThat(
                      database.value(
                          "select sum(deep.direct(n)) from (values (6000), (1), (6000)) as t (n)"))
                  .hasToString("12001");
              assertExhausted(
                  database, "select deep.direct(n) from (values (9), (-1), (9)) as t (n)");
            }
            return true;
          });
    }
  }

  @Test
  void recursion_that_takes_for_ever_is_stopped() throws SQLException {
    try (TestDatabase database = new TestDatabase("fixtures/evil")) {
      database.execute(CREATE + " with (call_time => '300ms')");
      assertThat(database.value("values deep.fib(5)")).isEqualTo(5L);
      assertThat(database.failure("values deep.fib(80)").getSQLState()).isEqualTo("57014");
      assertThat(database.value("values deep.direct(100)")).isEqualTo(100L);
    }
  }
}
