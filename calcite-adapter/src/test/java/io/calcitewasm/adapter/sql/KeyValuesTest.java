package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.session.Prepared;
import io.calcitewasm.adapter.session.Running;
import io.calcitewasm.adapter.session.SqlFailure;
import io.calcitewasm.guest.Guests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What modules keep: it comes about with the statement, stays with the module, and has an end. */
@Timeout(120)
class KeyValuesTest {
  @TempDir Path folder;
  private Path keeper;
  private final DatabaseLocation location =
      new DatabaseLocation.SharedMemory("kv-" + UUID.randomUUID());
  private final List<TestDatabase> open = new ArrayList<>();
  private TestDatabase database;

  @BeforeEach
  void open() {
    keeper = Guests.copy("fixtures/keeper", folder);
    database = connect();
  }

  private TestDatabase connect() {
    TestDatabase connection = new TestDatabase(location);
    open.add(connection);
    return connection;
  }

  @AfterEach
  void close() {
    open.reversed().forEach(TestDatabase::close);
  }

  private void install(String grant) {
    database.execute("CREATE MODULE k FROM '" + keeper + "' GRANT (" + grant + ")");
  }

  private @Nullable Object value(String expression) {
    return database.rows("VALUES " + expression).getFirst().getFirst();
  }

  /** What everybody sees who looks from outside: entries and bytes. */
  private List<List<@Nullable Object>> usage() {
    return connect().rows("SELECT entries, bytes FROM wasm.kv");
  }

  private void keys(String... keys) {
    assertThat(value("k.keys('', NULL, 1000)")).isEqualTo(List.of(keys));
  }

  @Test
  void whatIsKeptIsThereForTheNextStatement() {
    install("kv");
    assertThat(value("k.fetch('a')")).isNull();
    database.execute("VALUES k.keep('a', X'0102')");
    assertThat(value("k.fetch('a')")).isEqualTo(new ByteString(new byte[] {1, 2}));
    assertThat(connect().rows("VALUES k.fetch('a')").getFirst().getFirst())
        .isEqualTo(new ByteString(new byte[] {1, 2}));
    database.execute("VALUES k.keep('a', X'')");
    assertThat(value("k.fetch('a')")).isEqualTo(new ByteString(new byte[0]));
    database.execute("VALUES k.remove('a')");
    database.execute("VALUES k.remove('never')");
    assertThat(value("k.fetch('a')")).isNull();
    assertThat(usage()).containsExactly(List.of(0L, 0L));
  }

  @Test
  void eachRowSeesWhatTheRowsBeforeHaveKept() {
    install("kv");
    database.execute("CREATE TABLE many (n INTEGER)");
    database.execute("INSERT INTO many VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)");
    assertThat(database.rows("SELECT k.increment('n') FROM many"))
        .containsExactly(
            List.of(1L),
            List.of(2L),
            List.of(3L),
            List.of(4L),
            List.of(5L),
            List.of(6L),
            List.of(7L),
            List.of(8L),
            List.of(9L),
            List.of(10L));
    assertThat(database.rows("SELECT k.increment('n') FROM many AS a, many AS b")).hasSize(100);
    assertThat(value("k.increment('n')")).isEqualTo(111L);
    // One call per row and per place, never one for several places that look alike.
    assertThat(database.rows("SELECT k.increment('x'), k.increment('x') FROM many")).hasSize(10);
    assertThat(value("k.increment('x')")).isEqualTo(21L);
  }

  @Test
  void aStatementThatFailsKeepsNothing() {
    install("kv");
    database.execute("VALUES k.keep('before', X'01')");
    String rows = " FROM (VALUES ('a', X'01'), ('b', X'02'), ('c', X'')) AS t (k, v)";
    database.refuses("SELECT k.keep_or_fail(k, v)" + rows, "22023", "an empty value");
    database.refuses("SELECT k.keep_or_trap(k, v)" + rows, "38W01", "trapped");
    database.refuses("SELECT k.keep(k, v), 1 / CHAR_LENGTH('')" + rows, "22012", "zero");
    database.execute("CREATE TABLE t (b BOOLEAN, PRIMARY KEY (b))");
    database.refuses("INSERT INTO t SELECT k.keep_or_fail(k, v)" + rows, "22023", "empty");
    keys("before");
    assertThat(usage()).containsExactly(List.of(1L, 7L));
  }

  @Test
  void aStatementThatIsStoppedKeepsNothing() throws SqlFailure {
    install("kv");
    Cancellation cancellation = new Cancellation();
    try (Running rows = increments(cancellation)) {
      assertThat(rows.next()).isNotNull();
      cancellation.fire(Cancellation.Reason.CANCELLED);
      assertThatThrownBy(rows::hasNext).hasMessageContaining("cancelled");
    }
    keys();
  }

  @Test
  void aCursorThatIsClosedEarlyHasSucceeded() throws SqlFailure {
    install("kv");
    try (Running rows = increments(new Cancellation())) {
      assertThat(rows.next()).isNotNull();
      assertThat(usage()).as("nothing before the end").containsExactly(List.of(0L, 0L));
    }
    keys("n");
  }

  private Running increments(Cancellation cancellation) throws SqlFailure {
    return database
        .session()
        .execute(
            (Prepared.Query)
                database
                    .session()
                    .prepare("SELECT k.increment('n') FROM (VALUES 1, 2, 3) AS t (x)", -1),
            Map.of(),
            cancellation,
            () -> {});
  }

  @Test
  void oneThreadWithTwoOpenStatementsDoesNotWaitForItself() throws SqlFailure {
    install("kv");
    try (Running rows = increments(new Cancellation())) {
      assertThat(rows.next()).isNotNull();
      database.execute("VALUES k.keep('other', X'01')");
      assertThat(value("k.increment('n')")).isEqualTo(1L);
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  rows.next();
                }
              })
          .hasMessageContaining("another statement has changed an entry that module k keeps");
    }
    keys("n", "other");
    assertThat(value("k.increment('n')")).isEqualTo(2L);
  }

  @Test
  void noUpdateIsLostAmongStatementsThatRunAtOnce() {
    install("kv");
    int threads = 4;
    List<CompletableFuture<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      TestDatabase own = connect();
      workers.add(
          CompletableFuture.supplyAsync(
              () -> {
                int done = 0;
                for (int n = 0; n < 50; n++) {
                  try {
                    own.execute("VALUES k.increment('shared')");
                    done++;
                  } catch (RuntimeException e) {
                    assertThat(TestDatabase.sqlState(e)).isEqualTo("40001");
                  }
                }
                return done;
              }));
    }
    long done = workers.stream().mapToInt(CompletableFuture::join).sum();
    assertThat(done).isGreaterThan(0);
    assertThat(value("k.increment('shared')")).isEqualTo(done + 1);
    assertThat(usage()).containsExactly(List.of(1L, 14L));
  }

  @Test
  void keysAreListedInTheOrderOfTheirBytes() {
    install("kv");
    for (String key : List.of("b", "a/2", "a/1", "a", "\u00e4", "\ud83d\ude00", "\uffee", "B")) {
      database.execute("VALUES k.keep('" + key + "', X'01')");
    }
    keys("B", "a", "a/1", "a/2", "b", "\u00e4", "\uffee", "\ud83d\ude00");
    assertThat(value("k.keys('a/', NULL, 10)")).isEqualTo(List.of("a/1", "a/2"));
    assertThat(value("k.keys('a/', 'a/1', 10)")).isEqualTo(List.of("a/2"));
    assertThat(value("k.keys('', 'a', 2)")).isEqualTo(List.of("a/1", "a/2"));
    assertThat(value("k.keys('', NULL, 0)")).isEqualTo(List.of());
    assertThat(value("k.keys('nothing', NULL, 10)")).isEqualTo(List.of());
  }

  @Test
  void aStatementListsItsOwnChanges() {
    install("kv");
    for (String key : List.of("a", "b", "c", "d")) {
      database.execute("VALUES k.keep('" + key + "', X'01')");
    }
    List<List<@Nullable Object>> rows =
        database.rows(
            "SELECT k.remove('b'), k.keep('bb', X'01'), k.keys('', 'a', 2) FROM"
                + " (VALUES 1) AS t (x)");
    assertThat(rows.getFirst().get(2)).isEqualTo(List.of("bb", "c"));
    keys("a", "bb", "c", "d");
  }

  @Test
  void quotasNameWhatIsFull() {
    install("kv (quota => 100, entries => 3, value_size => 60)");
    assertThat(value("k.try_keep('a', 50)")).isEqualTo("ok");
    assertThat(value("k.try_keep('b', 50)"))
        .isEqualTo("53400: module k would keep 102 bytes where 100 are granted (limit quota)");
    assertThat(value("k.try_keep('a', 61)")).asString().contains("(limit value_size)");
    database.refuses(
        "VALUES k.keep('b', CAST('" + "x".repeat(50) + "' AS VARBINARY))",
        "53400",
        "102 bytes where 100 are granted (limit quota)");
    for (String key : List.of("b", "c")) {
      database.execute("VALUES k.keep('" + key + "', X'01')");
    }
    assertThat(value("k.try_keep('d', 1)"))
        .isEqualTo("53400: module k would keep 4 entries where 3 are granted (limit entries)");
    assertThat(value("k.try_keep('b', 2)")).isEqualTo("ok");
    database.execute("VALUES k.remove('b')");
    assertThat(value("k.try_keep('d', 1)")).isEqualTo("ok");
    keys("a", "c", "d");
    assertThat(database.rows("SELECT * FROM wasm.kv"))
        .containsExactly(List.of("k", 3L, 55L, 3L, 100L));
    assertThat(database.rows("SELECT sql_state FROM wasm.audit WHERE kind = 'LIMIT'"))
        .containsExactly(List.of("53400"));
  }

  @Test
  void aQuotaHoldsAcrossStatements() throws SqlFailure {
    install("kv (entries => 1)");
    try (Running rows = increments(new Cancellation())) {
      assertThat(rows.next()).isNotNull();
      database.execute("VALUES k.keep('other', X'01')");
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  rows.next();
                }
              })
          .hasMessageContaining("2 entries where 1 are granted (limit entries)");
    }
    keys("other");
  }

  @Test
  void whatIsKeptIsPartOfTheTransaction() {
    install("kv");
    database.execute("CREATE TABLE t (b BOOLEAN)");
    database.execute("START TRANSACTION");
    database.execute("VALUES k.keep('a', X'01')");
    database.execute("INSERT INTO t SELECT k.keep('b', X'01') FROM (VALUES 1) AS v (x)");
    database.refuses("VALUES k.keep_or_fail('c', X'')", "22023", "an empty value");
    keys("a", "b");
    assertThat(usage()).as("seen by others").containsExactly(List.of(0L, 0L));
    database.execute("ROLLBACK");
    keys();
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
    database.execute("START TRANSACTION");
    database.execute("VALUES k.keep('a', X'01')");
    database.execute("SAVEPOINT s");
    database.execute("VALUES k.keep('b', X'01')");
    database.execute("ROLLBACK TO SAVEPOINT s");
    database.execute("COMMIT");
    keys("a");
    assertThat(usage()).containsExactly(List.of(1L, 2L));
  }

  @Test
  void rowsAndEntriesAreCommittedTogether() {
    install("kv (entries => 1)");
    database.execute("CREATE TABLE t (b BOOLEAN)");
    database.refuses(
        "INSERT INTO t SELECT k.keep(x, X'01') FROM (VALUES 'a', 'b') AS v (x)",
        "53400",
        "(limit entries)");
    keys();
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
    database.execute("INSERT INTO t SELECT k.keep(x, X'01') FROM (VALUES 'a') AS v (x)");
    keys("a");
    assertThat(database.rows("SELECT * FROM t")).hasSize(1);
  }

  @Test
  void whatIsKeptStaysWithTheModuleAndGoesWithIt() {
    install("kv");
    database.execute("CREATE MODULE other FROM '" + keeper + "' GRANT (kv)");
    database.execute("VALUES k.keep('a', X'01')");
    assertThat(value("other.fetch('a')")).isNull();
    database.execute("CREATE OR REPLACE MODULE K FROM '" + keeper + "' GRANT (kv)");
    keys("a");
    database.execute("ALTER MODULE k SET (memory = '32MB')");
    database.execute("ALTER MODULE k ROLLBACK");
    keys("a");
    database.execute("DROP MODULE k");
    assertThat(usage()).containsExactly(List.of(0L, 0L));
    install("kv");
    keys();
  }

  @Test
  void aStatementOfADroppedModuleKeepsNothingInTheNextOfItsName() throws SqlFailure {
    install("kv");
    try (Running rows = increments(new Cancellation())) {
      assertThat(rows.next()).isNotNull();
      database.execute("DROP MODULE k");
      install("kv");
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  rows.next();
                }
              })
          .hasMessageContaining("capability kv, which was revoked while the statement ran");
    }
    keys();
  }

  @Test
  void whatIsKeptSurvivesARestart() {
    DatabaseLocation durable = new DatabaseLocation.DurableFile(folder.resolve("db"));
    try (TestDatabase first = new TestDatabase(durable)) {
      first.execute("CREATE MODULE k FROM '" + keeper + "' GRANT (kv)");
      assertThat(first.rows("VALUES k.increment('n')")).containsExactly(List.of(1L));
    }
    try (TestDatabase second = new TestDatabase(durable)) {
      assertThat(second.rows("VALUES k.increment('n')")).containsExactly(List.of(2L));
    }
  }

  @Test
  void whatIsNotGrantedReachesNothing() {
    database.execute("CREATE MODULE k FROM '" + keeper + "'");
    database.refuses("VALUES k.keep('a', X'01')", "42501", "capability kv; it was not granted");
    database.refuses("VALUES k.fetch('a')", "42501", "calcite:extension/kv get");
    database.execute("ALTER MODULE k GRANT (kv (verbs => ('get', 'list'), prefix => 'a/'))");
    database.refuses("VALUES k.keep('a/b', X'01')", "42501", "set of the key 'a/b'");
    database.refuses("VALUES k.remove('a/b')", "42501", "delete of the key 'a/b'");
    database.refuses("VALUES k.fetch('b')", "42501", "get of the key 'b'");
    database.refuses("VALUES k.keys('', NULL, 1)", "42501", "list of the key ''");
    assertThat(usage()).containsExactly(List.of(0L, 0L));
    assertThat(database.rows("SELECT COUNT(*) FROM wasm.audit WHERE kind = 'DENIAL'"))
        .containsExactly(List.of(6L));
    database.execute("ALTER MODULE k GRANT (kv)");
    keys();
  }

  @Test
  void anImmediateRevokeReachesRunningStatements() throws SqlFailure {
    install("kv");
    try (Running rows = increments(new Cancellation())) {
      assertThat(rows.next()).isNotNull();
      connect().execute("ALTER MODULE k REVOKE kv IMMEDIATE");
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  rows.next();
                }
              })
          .hasMessageContaining("capability kv, which was revoked while the statement ran");
    }
    assertThat(usage()).as("nothing is granted, nothing is kept").isEmpty();
  }

  @Test
  void aGuestCannotClaimAnErrorOfTheStore() {
    install("kv");
    database.refuses("VALUES k.pretend('53400', 'full')", "38000", "SQLSTATE '53400'");
    assertThat(database.rows("SELECT * FROM wasm.audit WHERE kind = 'LIMIT'")).isEmpty();
  }

  @Test
  void namesAndKeysAreNoSql() {
    install("kv");
    String evil = "x'' OR 1=1; DROP SCHEMA CALCITE_WASM; --";
    database.execute("VALUES k.keep('" + evil + "', X'01')");
    assertThat(value("k.keys('', NULL, 9)")).isEqualTo(List.of(evil.replace("''", "'")));
    assertThat(value("k.keys('%', NULL, 9)")).isEqualTo(List.of());
    assertThat(value("k.fetch('X'' OR 1=1; DROP SCHEMA CALCITE_WASM; --')")).isNull();
  }

  @Test
  void aFunctionThatMayKeepIsNeitherFoldedNorTriedTwice() {
    install("kv");
    assertThat(database.rows("EXPLAIN PLAN FOR VALUES k.increment('n')").getFirst().getFirst())
        .asString()
        .contains("increment(")
        .contains("-- module k has kv: granted by tester at ");
    keys();
    database.refuses(
        "ALTER MODULE k CANARY WITH '" + keeper + "' FRACTION 1",
        "0A000",
        "is granted kv, with which calls can have effects");
    assertThat(Arrays.asList(value("k.increment('n')"))).containsExactly(1L);
  }
}
