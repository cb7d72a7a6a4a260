package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an aggregate takes and answers in SQL, and how that becomes what its guest's methods do. */
public interface AggregateTerms {
  /** Makes an aggregate on the same terms, for other calls and another version of its module. */
  interface Maker {
    /**
     * Makes it.
     *
     * @param function the version's, as SQL sees it
     */
    AggregateCalls calls(CallSession session, Callee version, SqlFunction function);
  }

  /** The function as SQL sees it. */
  SqlFunction function();

  /** What makes the same aggregate again; it holds nothing of the statement. */
  Maker maker();

  /** What it takes in SQL. */
  List<SqlParameter> parameters();

  /** What it answers in SQL. */
  SqlType result();

  /**
   * What the constructor and {@code step} are given for a row.
   *
   * @param values SQL values of the {@link #parameters}
   */
  @Nullable Object[] arguments(@Nullable Object[] values);

  /** The SQL value of what {@code value} has answered. */
  @Nullable Object value(@Nullable Object answer);

  /**
   * What the constructor is given, in the instance that is used now.
   *
   * @param constants of a group's rows
   */
  @Nullable Object[] opening(@Nullable Object[] constants);

  /** Types that are the methods' own. */
  static AggregateTerms typed(SqlFunction function) {
    return new AggregateTerms() {
      @Override
      public SqlFunction function() {
        return function;
      }

      @Override
      public Maker maker() {
        return AggregateCalls::new;
      }

      @Override
      public List<SqlParameter> parameters() {
        return function.parameters();
      }

      @Override
      public SqlType result() {
        return function.result();
      }

      @Override
      public @Nullable Object[] arguments(@Nullable Object[] values) {
        return values;
      }

      @Override
      public @Nullable Object value(@Nullable Object answer) {
        return answer;
      }

      @Override
      public @Nullable Object[] opening(@Nullable Object[] constants) {
        return constants;
      }
    };
  }

  /**
   * What {@code restore} is given: the state alone, or behind what the constructor is.
   *
   * @param restore the method
   */
  default @Nullable Object[] restoring(
      SqlFunction restore, @Nullable Object[] constants, byte[] state) {
    @Nullable Object[] before =
        restore.parameters().size() == 1 ? new @Nullable Object[0] : opening(constants);
    @Nullable Object[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = state;
    return all;
  }
}
