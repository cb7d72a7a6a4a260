package io.calcitewasm.benchmarks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** A query over sets of rows whose function is an aggregate or a table function. */
public enum SetQuery {
  /** 1,000 groups of 1,000 rows. */
  MEDIAN(
      "components/stats",
      "SELECT SUM(v) FROM (SELECT k, f.median(x) AS v FROM bench.r GROUP BY k) AS q"),
  /** About 430,000 groups of two rows. */
  MEDIAN_MANY_GROUPS(
      "components/stats",
      "SELECT SUM(v) FROM (SELECT h, f.median(x) AS v FROM bench.r GROUP BY h) AS q"),
  /** 1,000 groups, whose rows are counted and summed up beside. */
  MEDIAN_BESIDE(
      "components/stats",
      "SELECT SUM(v + n + s) FROM (SELECT k, f.median(x) AS v, COUNT(*) AS n, SUM(x) AS s FROM"
          + " bench.r GROUP BY k) AS q"),
  /** The same with about 430,000 groups. */
  MEDIAN_BESIDE_MANY_GROUPS(
      "components/stats",
      "SELECT SUM(v + n + s) FROM (SELECT h, f.median(x) AS v, COUNT(*) AS n, SUM(x) AS s FROM"
          + " bench.r GROUP BY h) AS q"),
  /** 1,000 groups of 1,000 different numbers. */
  HYPERLOGLOG(
      "components/stats",
      "SELECT SUM(v) FROM (SELECT k, f.hyperloglog(id) AS v FROM bench.r GROUP BY k) AS q"),
  /** Frames of 100 rows. */
  MOVING_AVERAGE(
      "components/stats",
      "SELECT SUM(v) FROM (SELECT f.moving_average(x) OVER (PARTITION BY k ORDER BY id ROWS"
          + " BETWEEN 99 PRECEDING AND CURRENT ROW) AS v FROM bench.r) AS q"),
  /** Three words a row. */
  TOKENS("components/text", "SELECT COUNT(*) FROM bench.r AS r, LATERAL TABLE(f.tokens(r.s)) AS w"),
  /** A million texts by the numbers in them; Java reads them and sorts by a comparator. */
  NATURAL_SORT("components/collate", "SELECT n FROM bench.r ORDER BY n COLLATE f.natural") {
    @Override
    String javaSql() {
      return "SELECT n FROM bench.r";
    }

    @Override
    double answer(ResultSet result, boolean java) throws SQLException {
      return java ? NaturalOrder.sorted(result) : NaturalOrder.read(result);
    }
  };

  private final String guest;
  private final String sql;

  SetQuery(String guest, String sql) {
    this.guest = guest;
    this.sql = sql;
  }

  /** What results call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The guest that has the function, as {@code Guests} names it. */
  String guest() {
    return guest;
  }

  /** What stock Calcite is asked. */
  String javaSql() {
    return sql;
  }

  /**
   * Reads the answer.
   *
   * @param java whether stock Calcite has given it
   * @return a number to be compared
   */
  double answer(ResultSet result, boolean java) throws SQLException {
    result.next();
    return result.getDouble(1);
  }

  /** The query; functions are in schema {@code f}, rows in {@code bench.r}. */
  String sql() {
    return sql;
  }
}
