package io.calcitewasm.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One query and how it may end.
 *
 * @param sql the query; its answer is one value
 * @param states SQLSTATEs that it may fail with
 * @param answer what it answers where it does not fail; null where it must fail or anything will do
 * @param mayAnswer whether it may end without an error
 */
record Attack(String sql, Set<String> states, @Nullable String answer, boolean mayAnswer) {
  /** Over its time, or no instance free: what load alone can make of any call. */
  private static final List<String> BY_LOAD = List.of("57014", "53000");

  Attack {
    states = Set.copyOf(states);
  }

  private static Attack failing(String sql, String state) {
    List<String> states = new ArrayList<>(BY_LOAD);
    states.add(state);
    return new Attack(sql, Set.copyOf(states), null, false);
  }

  private static Attack answering(String sql, String answer) {
    return new Attack(sql, Set.copyOf(BY_LOAD), answer, true);
  }

  /** The same where it may be stopped before it can answer, and needs not fail. */
  Attack interrupted() {
    return new Attack(sql, Set.of("57014", "53000", "08003", "24000", "26000"), null, true);
  }

  /** Loops without end, until somebody stops it. */
  static final Attack SPIN = failing("VALUES patient.spin()", "57014");

  /** A million calls that leave nothing behind. */
  static final Attack MANY_ROWS =
      answering(
          "SELECT MAX(state.next_of(a.i * b.i)) FROM numbers AS a CROSS JOIN numbers AS b", "1");

  /** All that need nobody else. */
  static final List<Attack> ALL =
      List.of(
          failing("VALUES evil.spin()", "57014"),
          failing("SELECT SUM(evil.spin_if_odd(i)) FROM numbers", "57014"),
          failing("VALUES evil.recurse()", "38W01"),
          failing("VALUES evil.recurse_wide()", "38W01"),
          failing("VALUES evil.recurse_indirect()", "38W01"),
          answering("VALUES evil.grow_refused()", "-1"),
          failing("VALUES evil.grow_trap()", "53200"),
          answering("VALUES evil.grow_by(20) - evil.grow_by(20)", "0"),
          answering("SELECT COUNT(evil.grow_all()) FROM numbers WHERE i < 20", "19"),
          answering("SELECT COUNT(evil.grow_table(90000)) FROM numbers WHERE i < 20", "19"),
          answering("VALUES evil.fill(20) * 0", "0"),
          failing("VALUES evil.unreachable(1)", "38W01"),
          failing("VALUES evil.load_out_of_bounds(1)", "38W01"),
          failing("VALUES evil.null_table_entry(1)", "38W01"),
          failing("VALUES evil.wrong_signature(1)", "38W01"),
          failing("SELECT SUM(evil.trap_if_negative(500 - i)) FROM numbers", "38W01"),
          failing("VALUES evil.string_out_of_bounds()", "38W02"),
          failing("VALUES evil.utf8_broken()", "38W02"),
          failing("VALUES evil.list_huge()", "38W02"),
          failing("VALUES evil.list_of_bad_strings()", "38W02"),
          failing("VALUES patient.text_of_100_mb()", "54000"),
          failing("VALUES evil.text_of_100_mb()", "53200"),
          answering("VALUES CHAR_LENGTH(evil.text_of(500000))", "500000"),
          answering("VALUES CARDINALITY(evil.strings(10000))", "10000"),
          failing("VALUES evil.fail_control()", "38000"),
          failing("VALUES evil.fail_long()", "38000"),
          answering("SELECT MAX(state.next_of(i)) FROM numbers", "1"),
          answering("SELECT MAX(state.remember('x' || CAST(i AS VARCHAR))) FROM numbers", "1"),
          answering("SELECT SUM(state.hoard(100000)) FROM numbers WHERE i < 50", "4900000"),
          answering("SELECT SUM(state.poke(i, 7)) FROM numbers", "0"),
          answering("SELECT SUM(state.flood(1)) FROM numbers WHERE i < 20", "0"),
          failing("SELECT SUM(state.next_and_trap(i)) FROM numbers", "38W01"),
          answering("SELECT MAX(remembering.next_of(i)) FROM numbers", "1000"),
          answering("SELECT SUM(pages.scatter(i)) FROM numbers", "500500"),
          answering(
              "SELECT COUNT(DISTINCT text.slugify('Nº ' || CAST(i AS VARCHAR))) FROM numbers",
              "1000"),
          MANY_ROWS);

  /** What is wrong with an answer; null if nothing is. */
  @Nullable String objection(@Nullable Object given) {
    if (!mayAnswer) {
      return sql + " answered " + given;
    }
    return answer == null || answer.equals(String.valueOf(given))
        ? null
        : sql + " answered " + given + ", not " + answer;
  }

  /** What is wrong with a failure; null if nothing is. */
  @Nullable String objection(String state, String message) {
    return states.contains(state) ? null : sql + " failed with " + state + ": " + message;
  }
}
