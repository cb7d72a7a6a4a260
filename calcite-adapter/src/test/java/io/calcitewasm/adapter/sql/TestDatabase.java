package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.session.Failures;
import io.calcitewasm.adapter.session.Prepared;
import io.calcitewasm.adapter.session.Running;
import io.calcitewasm.adapter.session.Session;
import io.calcitewasm.adapter.session.SessionRequest;
import io.calcitewasm.adapter.session.SqlFailure;
import io.calcitewasm.policy.rules.PolicySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** A session to write tests with: rows in Calcite's internal representation. */
final class TestDatabase implements AutoCloseable {
  private final Session session;

  TestDatabase(DatabaseLocation location) {
    this(location, Optional.empty());
  }

  TestDatabase(DatabaseLocation location, Optional<Path> bucket) {
    this(location, "tester", Optional.empty(), bucket);
  }

  TestDatabase(
      DatabaseLocation location,
      String user,
      Optional<PolicySource> policy,
      Optional<Path> bucket) {
    try {
      session =
          Session.open(
              new SessionRequest(
                  location,
                  user,
                  TimeZone.getDefault(),
                  Optional.empty(),
                  true,
                  1,
                  policy,
                  bucket,
                  Optional.empty()));
    } catch (SqlFailure e) {
      throw new Failed(e);
    }
  }

  /** A failure without the need to declare it. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String sqlState;

    Failed(SqlFailure failure) {
      super(failure.getMessage(), failure);
      this.sqlState = failure.getSQLState();
    }

    String sqlState() {
      return sqlState;
    }
  }

  /** The SQLSTATE of a failure, of its rows too. */
  static String sqlState(Throwable failure) {
    return failure instanceof Failed failed
        ? failed.sqlState()
        : Failures.of(failure).getSQLState();
  }

  static TestDatabase inMemory() {
    return new TestDatabase(new DatabaseLocation.PrivateMemory());
  }

  Session session() {
    return session;
  }

  Namespace namespace() {
    return session.database().namespace();
  }

  Answer execute(String sql) {
    try {
      return switch (session.prepare(sql, -1)) {
        case Prepared.Definition definition -> session.execute(definition, new Cancellation());
        case Prepared.Query query -> read(query);
      };
    } catch (SqlFailure e) {
      throw new Failed(e);
    }
  }

  private Answer read(Prepared.Query query) throws SqlFailure {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (Running all = session.execute(query, Map.of(), new Cancellation(), () -> {})) {
      all.forEachRemaining(r -> rows.add(r instanceof Object[] a ? a.clone() : new Object[] {r}));
    }
    return new Answer.Table(Columns.NONE, rows);
  }

  List<List<@Nullable Object>> rows(String sql) {
    return ((Answer.Table) execute(sql)).rows().stream().map(Arrays::asList).toList();
  }

  /** A prepared query, which moves with the modules. */
  final class Statement implements AutoCloseable {
    private Prepared.Query query;

    private Statement(Prepared.Query query) {
      this.query = query;
    }

    /** The only value of the only row. */
    Object value() {
      try {
        query = session.current(query);
        return ((Answer.Table) read(query)).rows().getFirst()[0];
      } catch (SqlFailure e) {
        throw new Failed(e);
      }
    }

    /** What it was planned as. */
    Object plan() {
      return query.signature();
    }

    @Override
    public void close() {}
  }

  Statement prepare(String sql) {
    try {
      return new Statement((Prepared.Query) session.prepare(sql, -1));
    } catch (SqlFailure e) {
      throw new Failed(e);
    }
  }

  /** Asserts that a statement fails with a SQLSTATE, and what its message has in it. */
  void refuses(String sql, String sqlState, String part) {
    assertThatThrownBy(() -> execute(sql))
        .as(sql)
        .hasMessageContaining(part)
        .satisfies(e -> assertThat(sqlState(e)).isEqualTo(sqlState));
  }

  /** How many rows a statement changed. */
  long change(String sql) {
    return ((Number) rows(sql).getFirst().getFirst()).longValue();
  }

  RelDataType rowType(String sql) {
    try {
      return Objects.requireNonNull(
          ((Prepared.Query) session.prepare(sql, -1)).signature().rowType);
    } catch (SqlFailure e) {
      throw new Failed(e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
