package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.session.Failures;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a caller of JDBC sees is an SQLException with a SQLSTATE, whatever is thrown inside. */
final class Border {
  /** Something that a JDBC method does. */
  interface Work<T extends @Nullable Object> {
    /** Does it. */
    T run() throws SQLException;
  }

  private Border() {}

  /**
   * Does something.
   *
   * @throws SQLException what {@link Failures#of} makes of anything thrown
   */
  static <T extends @Nullable Object> T cross(Work<T> work) throws SQLException {
    return cross(work, Failures::of);
  }

  /**
   * Does something.
   *
   * @param failure makes the exception that the caller gets
   */
  static <T extends @Nullable Object> T cross(
      Work<T> work, Function<Throwable, ? extends SQLException> failure) throws SQLException {
    try {
      return work.run();
    } catch (SQLException
        | RuntimeException
        | AssertionError
        | LinkageError
        | StackOverflowError e) {
      throw failure.apply(e);
    }
  }
}
