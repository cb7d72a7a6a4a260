package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.parser.SyntaxError;
import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.udf.SqlError;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.validate.SqlValidatorException;
import org.jspecify.annotations.Nullable;

/** The one border where everything that a statement can fail with becomes a {@link SqlFailure}. */
public final class Failures {
  private static final String SYNTAX_OR_ACCESS = "42000";
  private static final String DATA_EXCEPTION = "22000";
  private static final String NOT_SUPPORTED = "0A000";
  private static final String INTERNAL = "XX000";

  /** Calcite's words, as an illegal argument, for {@code TABLE(m.f(x))} of a scalar function. */
  private static final String NO_TABLE_FUNCTION = "Argument must be a table function: ";

  private record Phrase(Pattern pattern, String sqlState) {}

  /** Calcite's validator and runtime tell their errors by English sentences alone. */
  private static final List<Phrase> PHRASES =
      List.of(
          phrase("Column '.*' not found in (any )?table.*", "42703"),
          phrase("Unknown (target )?column.*|Unknown field.*", "42703"),
          phrase("Column '.*' is ambiguous.*|Column name '.*' .* is ambiguous.*", "42702"),
          phrase("Object '.*' not found.*|Table '.*' not found.*", "42P01"),
          phrase("No match found for function signature.*", "42883"),
          phrase("Cannot apply .*|Cannot assign .*|.*[Tt]ype mismatch.*", "42804"),
          phrase("Expression '.*' is not being grouped.*", "42803"),
          phrase("Invalid number of arguments.*", "42883"),
          phrase(NO_TABLE_FUNCTION + ".*", "42809"),
          phrase("Division by zero.*|/ by zero|.*[Dd]ivision undefined.*", "22012"),
          phrase(".*out of range.*|.*[Oo]verflow.*|Rounding necessary.*", "22003"),
          phrase("For input string.*|.*not a valid .*literal.*|Character .* is neither.*", "22018"),
          phrase("(Cannot cast|Cannot convert).*", "22018"),
          phrase("exception while executing query: unbound parameter", "07001"),
          phrase(".*unbound parameter.*", "07001"));

  private static Phrase phrase(String regex, String sqlState) {
    return new Phrase(Pattern.compile(regex, Pattern.DOTALL), sqlState);
  }

  private Failures() {}

  /** Translates anything thrown while a statement was prepared or executed. */
  public static SqlFailure of(Throwable thrown) {
    if (thrown instanceof SqlFailure failure) {
      return failure;
    }
    List<Throwable> chain = chain(thrown);
    SqlFailure done = find(chain, SqlFailure.class);
    if (done != null) {
      return done;
    }
    CalciteContextException context = find(chain, CalciteContextException.class);
    int line = context == null ? SqlFailure.NO_POSITION : context.getPosLine();
    int column = context == null ? SqlFailure.NO_POSITION : context.getPosColumn();
    SqlError error = find(chain, SqlError.class);
    if (error != null) {
      return new SqlFailure(text(error), error.sqlState(), line, column, thrown);
    }
    SyntaxError syntax = find(chain, SyntaxError.class);
    if (syntax != null) {
      return new SqlFailure(
          text(syntax), syntax.sqlState(), syntax.line(), syntax.column(), thrown);
    }
    PolicyException policy = find(chain, PolicyException.class);
    if (policy != null) {
      return new SqlFailure(text(policy), policy.sqlState(), line, column, thrown);
    }
    Throwable root = root(chain, context);
    return new SqlFailure(sentence(root), sqlState(chain, root), line, column, thrown);
  }

  /** The innermost cause that says something of its own. */
  private static Throwable root(List<Throwable> chain, @Nullable CalciteContextException context) {
    if (context != null && context.getCause() != null) {
      return context.getCause();
    }
    SQLException foreign = null;
    for (Throwable link : chain) {
      if (link instanceof SQLException e && e.getSQLState() != null) {
        foreign = e;
      }
    }
    if (foreign != null) {
      return foreign;
    }
    Throwable root = chain.getLast();
    for (int i = chain.size() - 1; i > 0 && root.getMessage() == null; i--) {
      root = chain.get(i - 1);
    }
    return root;
  }

  private static String sqlState(List<Throwable> chain, Throwable root) {
    if (root instanceof SQLException foreign && foreign.getSQLState() != null) {
      return foreign.getSQLState();
    }
    String text = text(root);
    for (Phrase phrase : PHRASES) {
      if (phrase.pattern.matcher(text).matches()) {
        return phrase.sqlState;
      }
    }
    return switch (root) {
      case NumberFormatException ignored -> "22018";
      case ArithmeticException ignored -> "22003";
      case SqlValidatorException ignored -> SYNTAX_OR_ACCESS;
      case CalciteException ignored ->
          find(chain, CalciteContextException.class) == null ? DATA_EXCEPTION : SYNTAX_OR_ACCESS;
      case UnsupportedOperationException ignored -> NOT_SUPPORTED;
      case RelOptPlanner.CannotPlanException ignored -> NOT_SUPPORTED;
      case SQLException ignored -> "HY000";
      default -> INTERNAL;
    };
  }

  private static String sentence(Throwable root) {
    return switch (root) {
      case SQLException e -> JdbcFailure.sentence(e);
      case CalciteException e -> text(e);
      case SqlValidatorException e -> text(e);
      case ArithmeticException e -> text(e);
      case NumberFormatException e -> "not a number: " + text(e);
      case RelOptPlanner.CannotPlanException ignored ->
          "no plan was found for this statement; it combines features that do not work together";
      case UnsupportedOperationException e -> "not supported: " + text(e);
      case IllegalArgumentException e when text(e).startsWith(NO_TABLE_FUNCTION) ->
          text(e).substring(NO_TABLE_FUNCTION.length())
              + " is no table function; a list that a function returns is read with UNNEST(…)";
      default -> "internal error: " + root.getClass().getSimpleName() + ": " + text(root);
    };
  }

  private static String text(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  private static <T extends Throwable> @Nullable T find(List<Throwable> chain, Class<T> type) {
    for (Throwable link : chain) {
      if (type.isInstance(link)) {
        return type.cast(link);
      }
    }
    return null;
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = thrown; link != null && !chain.contains(link); link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }
}
