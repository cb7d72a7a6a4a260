package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** {@code REVOKE … IMMEDIATE} and transactions: what runs loses the capability at COMMIT. */
@Timeout(180)
class RevocationsTest {
  private static final int ROWS = 3_000;
  private static final String REVOKE = "ALTER MODULE w REVOKE clock IMMEDIATE";

  /** In nanoseconds, more than a test waits. */
  private static final String CALL = "VALUES w.sleep(100000000000)";

  private Connection operator;
  private Connection user;

  @BeforeEach
  void connect(TestInfo test) throws SQLException {
    String url = "jdbc:calcite-wasm:mem=revocations-" + test.getDisplayName();
    operator = DriverManager.getConnection(url);
    user = DriverManager.getConnection(url);
    run(
        "CREATE MODULE w FROM '"
            + TestDatabase.file("fixtures/asks")
            + "' GRANT (clock) WITH (call_time => '2min')",
        "CREATE TABLE many (n INTEGER)",
        "INSERT INTO many VALUES (0)");
    for (int n = 1; n < ROWS; n *= 2) {
      run("INSERT INTO many SELECT n + " + n + " FROM many WHERE n < " + (ROWS - n));
    }
  }

  @AfterEach
  void close() throws SQLException {
    user.close();
    operator.close();
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = operator.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Rows that call the capability one by one, of which the first is read. */
  private final class Reader implements AutoCloseable {
    private final Statement statement = user.createStatement();
    private final ResultSet rows = statement.executeQuery("SELECT n, w.sleep(1) FROM many");
    private int read;

    Reader() throws SQLException {
      read(1);
    }

    void read(int count) throws SQLException {
      for (int i = 0; i < count; i++) {
        assertThat(rows.next()).isTrue();
        read++;
      }
    }

    /** Reads on; the SQLSTATE it ends with, or how many rows there were. */
    String rest() {
      SQLException failure =
          catchThrowableOfType(
              SQLException.class,
              () -> {
                while (rows.next()) {
                  read++;
                }
              });
      return failure == null ? read + " rows" : failure.getSQLState();
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  /** A call that is under way, for longer than a test waits. */
  private CompletableFuture<String> call() throws Exception {
    CompletableFuture<String> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              SQLException failure =
                  catchThrowableOfType(
                      SQLException.class,
                      () -> {
                        try (Statement statement = user.createStatement();
                            ResultSet row = statement.executeQuery(CALL)) {
                          row.next();
                        }
                      });
              return failure == null ? "slept" : failure.getSQLState();
            });
    for (int i = 0; i < 2_000 && running() == 0; i++) {
      Thread.sleep(10);
    }
    assertThat(running()).isPositive();
    return outcome;
  }

  private long running() throws SQLException {
    try (Statement statement = operator.createStatement();
        ResultSet row = statement.executeQuery("SELECT active_statements FROM wasm.modules")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Test
  void whatRunsGoesOnUntilTheCommitAndNotAfterIt() throws Exception {
    CompletableFuture<String> call = call();
    run("BEGIN", REVOKE);
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(call.isDone()).as("nobody else sees what is not committed").isFalse();
    run("COMMIT");
    assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("42501");
  }

  @Test
  void rowsThatAreReadFailAfterTheCommit() throws SQLException {
    try (Reader reader = new Reader()) {
      run("BEGIN", REVOKE);
      reader.read(300);
      run("COMMIT");
      assertThat(reader.rest()).isEqualTo("42501");
    }
  }

  @Test
  void aRollbackLeavesItToWhatRuns() throws SQLException {
    try (Reader reader = new Reader()) {
      run("BEGIN", REVOKE, "ROLLBACK");
      run("BEGIN", "SAVEPOINT s", REVOKE, "ROLLBACK TO s", "CREATE TABLE other (n INTEGER)");
      run("COMMIT");
      assertThat(reader.rest()).isEqualTo(ROWS + " rows");
    }
    assertThat(grants()).containsExactly("clock");
  }

  private List<String> grants() throws SQLException {
    try (Statement statement = operator.createStatement();
        ResultSet rows = statement.executeQuery("SELECT privilege FROM wasm.grants")) {
      return Sql.rows(rows).stream().map(row -> String.valueOf(row.getFirst())).toList();
    }
  }

  @Test
  void versionsThatWereReplacedBeforeLoseItToo() throws SQLException {
    try (Reader reader = new Reader()) {
      run("ALTER MODULE w SET (memory = '32MB')", "ALTER MODULE w SET (memory = '16MB')", REVOKE);
      assertThat(reader.rest()).isEqualTo("42501");
    }
  }

  @Test
  void whatElseTheTransactionDoesToTheModuleDoesNotHideIt() throws SQLException {
    try (Reader reader = new Reader()) {
      run("BEGIN", "ALTER MODULE w SET (memory = '32MB')", REVOKE);
      run("ALTER MODULE w SET (memory = '16MB')", "COMMIT");
      assertThat(reader.rest()).isEqualTo("42501");
    }
  }

  @Test
  void aStatementThatHasNotBegunToCallLosesItToo() throws SQLException {
    try (Statement statement = user.createStatement();
        ResultSet rows = statement.executeQuery("SELECT w.sleep(1) FROM many WHERE n >= 0")) {
      run(REVOKE);
      SQLException failure = catchThrowableOfType(SQLException.class, rows::next);
      assertThat(failure == null ? "a row" : failure.getSQLState()).isEqualTo("42501");
    }
  }

  @Test
  void whoIsGrantedItAgainHasIt() throws SQLException {
    run("BEGIN", REVOKE, "ALTER MODULE w GRANT (clock)", "COMMIT");
    try (Reader reader = new Reader()) {
      assertThat(reader.rest()).isEqualTo(ROWS + " rows");
    }
  }
}
