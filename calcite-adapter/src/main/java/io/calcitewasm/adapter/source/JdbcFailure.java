package io.calcitewasm.adapter.source;

import io.calcitewasm.udf.SqlError;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** The border where failures of JDBC databases become {@link SqlError}s. */
public final class JdbcFailure {
  /** H2 ends its sentences with the statement and its error number. */
  private static final Pattern TAIL =
      Pattern.compile("(; SQL statement:.*)?\\s*\\[\\d+-\\d+]$", Pattern.DOTALL);

  private JdbcFailure() {}

  /** The same failure in the user's words, with the database's SQLSTATE. */
  public static SqlError of(SQLException failure) {
    String state = failure.getSQLState();
    return new SqlError(state == null ? "HY000" : state, sentence(failure), failure);
  }

  /** The failure's sentence without the statement that the user did not write. */
  public static String sentence(SQLException failure) {
    return TAIL.matcher(String.valueOf(failure.getMessage())).replaceAll("");
  }
}
