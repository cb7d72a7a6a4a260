package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.exec.CallStatistics;
import io.calcitewasm.adapter.parser.ExplainAnalyze;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallTotals;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** {@code EXPLAIN ANALYZE}: runs a query and writes into its plan what operators have called. */
final class QueryAnalysis {
  /** The column of the answer. */
  static final Columns COLUMNS = Columns.NONE.with("PLAN", SqlTypeName.VARCHAR);

  private static final String OPERATOR = "ModuleCalc(";

  private QueryAnalysis() {}

  static Answer execute(ExplainAnalyze statement, QuerySource source) {
    SqlNode query = statement.query();
    if (References.of(query, source.defaultSchema()).parameters()) {
      throw new SqlError("0A000", "the query of EXPLAIN ANALYZE cannot have parameters");
    }
    String sql = SqlLanguage.write(query);
    source.check(query);
    QuerySource.Query planned = source.plan(sql);
    CallStatistics statistics = new CallStatistics();
    long start = System.nanoTime();
    long count = 0;
    try (QuerySource.Rows rows = planned.run(statistics)) {
      while (rows.hasNext()) {
        @Nullable Object _ = rows.next();
        count++;
      }
    }
    long nanos = System.nanoTime() - start;
    return new Answer.Table(
        COLUMNS,
        List.<@Nullable Object[]>of(
            new Object[] {
              annotated(planned.explanation(), statistics)
                  + counted(count, "row", "rows")
                  + " in "
                  + millis(nanos)
            }));
  }

  private static String annotated(String plan, CallStatistics statistics) {
    List<String> lines = new ArrayList<>();
    Map<SqlFunction, CallTotals> others = statistics.elsewhere();
    int operator = 0;
    for (String line : plan.lines().toList()) {
      lines.add(line);
      String indent = " ".repeat(line.length() - line.stripLeading().length() + 4);
      if (line.stripLeading().startsWith(OPERATOR)) {
        for (Map.Entry<String, CallTotals> place : statistics.of(operator++)) {
          lines.add(indent + place.getKey() + ": " + told(place.getValue()));
        }
      } else {
        tell(others, function -> names(line, function), indent, lines);
      }
    }
    if (!others.isEmpty()) {
      lines.add("called by other operators:");
      tell(others, function -> true, "    ", lines);
    }
    return String.join("\n", lines) + "\n";
  }

  /** Adds lines of functions, and takes them away from those that are to be told of. */
  private static void tell(
      Map<SqlFunction, CallTotals> others,
      Predicate<SqlFunction> which,
      String indent,
      List<String> lines) {
    others.forEach(
        (function, totals) -> {
          if (which.test(function)) {
            lines.add(indent + function.shortName() + ": " + told(totals));
          }
        });
    others.keySet().removeIf(which);
  }

  /**
   * Whether an operator's line names a function, or the aggregate that it is a method of. Scalar
   * functions and windows' aggregates stand there with module and interface, others without.
   */
  private static boolean names(String line, SqlFunction function) {
    String aggregate = function.name().split("\\.", 2)[0];
    int method = function.name().length() - aggregate.length();
    String named = function.longName();
    return Pattern.compile(
            "(?<![\\w.])("
                + Pattern.quote(named.substring(0, named.length() - method))
                + "|"
                + Pattern.quote(aggregate)
                + ")\\(")
        .matcher(line)
        .find();
  }

  private static String told(CallTotals totals) {
    return counted(totals.rows(), "row", "rows")
        + " in "
        + counted(totals.turns(), "batch", "batches")
        + ", "
        + number(totals.single())
        + " one by one; "
        + millis(totals.nanos())
        + ", of these "
        + millis(totals.guestNanos())
        + " in row loops; "
        + counted(totals.resets(), "reset", "resets")
        + ", "
        + counted(totals.hostCalls(), "host call", "host calls")
        + ", "
        + number(totals.peakBytes() >> 10)
        + " KiB of memory";
  }

  private static String counted(long count, String one, String many) {
    return number(count) + " " + (count == 1 ? one : many);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%,.1f ms", nanos / 1e6);
  }
}
