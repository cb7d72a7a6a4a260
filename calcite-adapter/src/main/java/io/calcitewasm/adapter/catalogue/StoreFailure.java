package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** The border where failures of the embedded database become {@link SqlError}s. */
final class StoreFailure {
  /** H2 ends its sentences with the statement and its error number. */
  private static final Pattern TAIL =
      Pattern.compile("(; SQL statement:.*)?\\s*\\[\\d+-\\d+]$", Pattern.DOTALL);

  private StoreFailure() {}

  /** The same failure in the user's words, with the store's SQLSTATE. */
  static SqlError of(SQLException failure) {
    String state = failure.getSQLState();
    return new SqlError(state == null ? "HY000" : state, sentence(failure), failure);
  }

  /** The failure's sentence without the statement that the user did not write. */
  static String sentence(SQLException failure) {
    return TAIL.matcher(String.valueOf(failure.getMessage())).replaceAll("");
  }
}
