package io.calcitewasm.jdbc.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four connections query while a module is replaced every 100 ms. Some seconds in the build; {@code
 * -Dlife.seconds=60} for the long run.
 */
@Timeout(900)
class ReplaceUnderLoadTest {
  private static final int SECONDS = Integer.getInteger("life.seconds", 4);
  private static final int ROWS = 3_000;
  private static final int CONNECTIONS = 4;

  @TempDir Path folder;
  private Versions versions;
  private final AtomicInteger replacements = new AtomicInteger();

  @BeforeEach
  void prepare() throws IOException {
    versions = Versions.in(folder);
  }

  /** Latencies in nanoseconds. */
  private static final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    double millis(double quantile) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      return sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
    }

    @Override
    public String toString() {
      return "%d statements, median %.1f ms, p99 %.1f ms, longest %.1f ms"
          .formatted(nanos.size(), millis(0.5), millis(0.99), millis(1));
    }
  }

  @Test
  void noStatementFailsAndNoneSeesTwoVersions() throws Exception {
    String url = "jdbc:calcite-wasm:mem=replaced-under-load";
    try (Connection owner = DriverManager.getConnection(url)) {
      execute(owner, "CREATE TABLE t (n BIGINT)");
      execute(
          owner,
          LongStream.range(0, ROWS)
              .mapToObj(n -> "(" + n + ")")
              .collect(Collectors.joining(", ", "INSERT INTO t VALUES ", "")));
      replace(owner, versions.subtracting());
      replace(owner, versions.adding());
      load(url, Math.max(2, SECONDS / 4), null);
      Latencies quiet = load(url, Math.max(2, SECONDS / 2), null);
      int before = replacements.get();
      Latencies busy = load(url, SECONDS, owner);
      int count = replacements.get() - before;

      System.out.printf(
          "quiet: %s%nreplaced %d times: %s%np99 is %.2f times the quiet one%n",
          quiet, count, busy, busy.millis(0.99) / quiet.millis(0.99));
      assertThat(count).isGreaterThan(SECONDS * 2);
      assertThat(number(owner, "SELECT COUNT(*) FROM wasm.versions WHERE state = 'draining'"))
          .as("versions that are left")
          .isZero();
      assertThat(number(owner, "SELECT draining_instances FROM wasm.modules")).isZero();
      assertThat(number(owner, "SELECT active_statements FROM wasm.modules")).isZero();
      assertThat(number(owner, "SELECT active_instances FROM wasm.modules"))
          .isLessThanOrEqualTo(CONNECTIONS);
    }
  }

  /** Queries on all connections for some seconds, and replaces the module if there is an owner. */
  private Latencies load(String url, int seconds, @Nullable Connection by) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<CompletableFuture<Latencies>> queries = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int kind = i;
      queries.add(
          CompletableFuture.supplyAsync(
              () -> query(url, kind, done), task -> new Thread(task, "query-" + kind).start()));
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long next = System.nanoTime();
    while (System.nanoTime() < end) {
      if (by != null) {
        replace(by, replacements.get() % 2 == 0 ? versions.subtracting() : versions.adding());
      }
      next += 100_000_000;
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
    }
    done.set(true);
    Latencies all = new Latencies();
    for (CompletableFuture<Latencies> query : queries) {
      all.nanos.addAll(query.get().nanos);
    }
    return all;
  }

  private static Latencies query(String url, int kind, AtomicBoolean done) {
    String sql =
        switch (kind) {
          case 0 -> "SELECT m.add(n, 1) - n FROM t";
          case 1 -> "SELECT m.add(n, CAST(? AS BIGINT)) - n FROM t";
          case 2 -> "SELECT m.add(a.n, 1) - b.n FROM t a JOIN t b ON m.add(a.n, 1) = m.add(b.n, 1)";
          default -> "SELECT m.add(n, 1) - n FROM t ORDER BY m.add(n, 1) LIMIT 500";
        };
    Latencies latencies = new Latencies();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement prepared = connection.prepareStatement(sql)) {
      if (kind == 1) {
        prepared.setLong(1, 1);
      }
      while (!done.get()) {
        long start = System.nanoTime();
        try (ResultSet rows = prepared.executeQuery()) {
          int count = 0;
          long first = 0;
          while (rows.next()) {
            long value = rows.getLong(1);
            first = count++ == 0 ? value : first;
            assertThat(value).as("row %d of %s", count, sql).isEqualTo(first).isIn(-1L, 1L);
          }
          assertThat(count).isEqualTo(kind == 3 ? 500 : ROWS);
        }
        latencies.nanos.add(System.nanoTime() - start);
      }
    } catch (SQLException e) {
      throw new AssertionError(e.getSQLState() + " " + e.getMessage() + " of " + sql, e);
    }
    return latencies;
  }

  private void replace(Connection connection, Path with) throws SQLException {
    execute(connection, Versions.replace(with));
    replacements.incrementAndGet();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
