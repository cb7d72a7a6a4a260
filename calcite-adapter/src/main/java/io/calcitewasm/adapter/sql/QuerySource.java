package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.exec.CallStatistics;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** How a definition reads the query within it: as the session that executes it. */
public interface QuerySource {
  /** The schema of unqualified names. */
  String defaultSchema();

  /** Who executes it. */
  String user();

  /** The session's own folder that modules may come from, without symbolic links. */
  Optional<Path> bucket();

  /**
   * Validates a query that stands in a statement, so that what is wrong is told with its place in
   * the statement. The tree is changed.
   */
  void check(SqlNode query);

  /**
   * Plans a query.
   *
   * @param sql one query
   */
  Query plan(String sql);

  /** A planned query. */
  interface Query {
    /** The type of its rows. */
    RelDataType rowType();

    /** Its plan as {@code EXPLAIN PLAN FOR} shows it. */
    String explanation();

    /** Runs it; the caller closes the rows. */
    Rows run();

    /** Runs it and tells what it calls; the caller closes the rows. */
    Rows run(CallStatistics statistics);
  }

  /**
   * Rows in Calcite's internal representation: arrays, or the bare value where there is one column.
   */
  interface Rows extends Iterator<@Nullable Object>, AutoCloseable {
    @Override
    void close();
  }
}
