package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.failure;
import static io.calcitewasm.jdbc.Sql.run;
import static io.calcitewasm.jdbc.Sql.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that misbehave fail their statement; the connection, and the process, live on. */
@Timeout(60)
class EvilTest {
  private Connection connection;

  @BeforeEach
  void install() throws SQLException {
    connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    run(
        connection,
        "CREATE MODULE evil FROM '"
            + TestDatabase.file("fixtures/evil")
            + "' WITH (call_time => '20s', memory => '16MB', result_size => '1MB')");
    run(connection, TestDatabase.install("components/text"));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evil.recurse()                               | 38W01
          evil.recurse_wide()                          | 38W01
          evil.recurse_indirect()                      | 38W01
          evil.grow_trap()                             | 53200
          evil.unreachable(1)                          | 38W01
          evil.divide_by_zero(1)                       | 38W01
          evil.load_out_of_bounds(1)                   | 38W01
          evil.store_out_of_bounds(1)                  | 38W01
          evil.null_table_entry(1)                     | 38W01
          evil.wrong_signature(1)                      | 38W01
          evil.string_out_of_bounds()                  | 38W02
          evil.utf8_broken()                           | 38W02
          evil.char_surrogate()                        | 38W02
          evil.enum_label()                            | 38W02
          evil.option_case()                           | 38W02
          evil.list_unaligned()                        | 38W02
          evil.list_huge()                             | 38W02
          evil.text_of(2000000)                        | 54000
          evil.text_of_100_mb()                        | 53200
          evil.fail('no')                              | 38000
          evil.fail_with('22023', 'no')                | 22023
          evil.fail_with('45000', 'no')                | 45000
          evil.fail_with('X0001', 'no')                | X0001
          evil.fail_with('08001', 'no')                | 38000
          evil.fail_with('WM001', 'no')                | 38000
          evil.fail_with('38W01', 'no')                | 38000
          evil.fail_with('00000', 'no')                | 38000
          evil.fail_with('lower', 'no')                | 38000
          """)
  void a_misdeed_has_its_sqlstate_and_names_the_function(String call, String sqlState)
      throws SQLException {
    SQLException failure = failure(connection, "values " + call);
    assertThat((Throwable) failure).as(call).isNotNull();
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(sqlState);
    assertThat((Throwable) failure)
        .hasMessageContaining("evil")
        .hasMessageContaining(call.substring(5, call.indexOf('(')));
    assertThat(value(connection, "values text.slugify('lives on')")).isEqualTo("lives-on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM TABLE(evil.rows_with(%d)) AS r",
        "SELECT COUNT(*) FROM (VALUES (0), (%d), (0)) AS t (n), LATERAL TABLE(evil.rows_with(n)) AS r"
      })
  void rows_that_are_no_records_are_told_and_right_ones_still_come(String query)
      throws SQLException {
    for (int fault = 1; fault <= 4; fault++) {
      SQLException failure = failure(connection, query.formatted(fault));
      assertThat((Throwable) failure).as("fault %s", fault).isNotNull();
      assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo("38W02");
      assertThat((Throwable) failure).hasMessageContaining("rows_with");
    }
    assertThat(value(connection, "SELECT COUNT(*) FROM TABLE(evil.rows_with(0)) AS r"))
        .isEqualTo(2L);
  }

  @Test
  void a_call_that_takes_too_long_is_stopped() throws SQLException {
    run(connection, "ALTER MODULE evil SET (call_time => '300ms')");
    SQLException failure = failure(connection, "values evil.spin()");
    assertThat(failure.getSQLState()).isEqualTo("57014");
    assertThat((Throwable) failure)
        .hasMessageContaining("evil.spin")
        .hasMessageContaining("300 ms");
    assertThat(value(connection, "values text.slugify('lives on')")).isEqualTo("lives-on");
  }

  @Test
  void a_refused_memory_grow_that_the_guest_survives_is_no_error() throws SQLException {
    assertThat(value(connection, "values evil.grow_refused()")).isEqualTo(-1);
  }

  @Test
  void traps_carry_guest_frames() {
    assertThat((Throwable) failure(connection, "values evil.unreachable(1)"))
        .hasMessageContaining("(in examples:evil/traps@0.1.0#unreachable)");
  }

  @Test
  void words_of_a_guest_are_escaped_and_cut() {
    assertThat(failure(connection, "values evil.fail_control()").getMessage())
        .doesNotContain("\u001b", "\r");
    assertThat(failure(connection, "values evil.fail_long()").getMessage())
        .asString()
        .hasSizeLessThan(6_000);
  }

  @Test
  void cancel_stops_a_running_guest() throws Exception {
    run(connection, TestDatabase.install("fixtures/evil AS slow"));
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<SQLException> running =
          CompletableFuture.supplyAsync(
              () ->
                  Assertions.catchThrowableOfType(
                      SQLException.class,
                      () -> {
                        try (ResultSet rows = statement.executeQuery("values slow.spin()")) {
                          rows.next();
                        }
                      }));
      Thread.sleep(500);
      long start = System.nanoTime();
      statement.cancel();
      assertThat(finished(running).getSQLState()).isEqualTo("57014");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
    assertThat(value(connection, "values text.slugify('lives on')")).isEqualTo("lives-on");
  }

  private static SQLException finished(CompletableFuture<SQLException> running)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    return running.get(20, TimeUnit.SECONDS);
  }

  @Test
  void query_timeout_stops_a_running_guest() throws SQLException {
    run(connection, TestDatabase.install("fixtures/evil AS slow"));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      SQLException failure =
          Assertions.catchThrowableOfType(
              SQLException.class,
              () -> {
                try (ResultSet rows = statement.executeQuery("values slow.spin()")) {
                  rows.next();
                }
              });
      assertThat(failure.getSQLState()).isEqualTo("57014");
      assertThat((Throwable) failure).hasMessageContaining("query timeout");
    }
  }

  @Test
  void closing_the_connection_stops_a_running_guest() throws Exception {
    Connection other = DriverManager.getConnection("jdbc:calcite-wasm:");
    try (Statement statement = other.createStatement()) {
      statement.execute(TestDatabase.install("fixtures/evil AS slow"));
      CompletableFuture<SQLException> running =
          CompletableFuture.supplyAsync(
              () ->
                  Assertions.catchThrowableOfType(
                      SQLException.class,
                      () -> {
                        try (ResultSet rows = statement.executeQuery("values slow.spin()")) {
                          rows.next();
                        }
                      }));
      Thread.sleep(500);
      other.close();
      assertThat((Throwable) finished(running)).isNotNull();
    }
  }

  @Test
  void threads_are_not_lost() throws SQLException {
    run(connection, "ALTER MODULE evil SET (call_time => '300ms')");
    failure(connection, "values evil.recurse()");
    failure(connection, "values evil.spin()");
    int before = Thread.getAllStackTraces().size();
    for (int i = 0; i < 10; i++) {
      failure(connection, "values evil.recurse()");
      failure(connection, "values evil.spin()");
      failure(connection, "values evil.unreachable(1)");
    }
    assertThat(Thread.getAllStackTraces().size()).isLessThan(before + 5);
  }
}
