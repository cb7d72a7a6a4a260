package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What constructors of accumulators are given: the same in all rows of a group. */
final class GroupConstants {
  private final SqlFunction function;
  private final SqlForm.Aggregate form;

  /** Those of the last group that began, which those of the next one often are. */
  private @Nullable Object @Nullable [] last;

  GroupConstants(SqlFunction function, SqlForm.Aggregate form) {
    this.function = function;
    this.form = form;
  }

  /** How many there are. */
  int count() {
    return form.constantCount();
  }

  /**
   * Takes those of a row.
   *
   * @param arguments of the row, those of the constructor first
   * @throws SqlError 22023 if they are not those of the group's rows before
   */
  void take(Accumulator accumulator, @Nullable Object[] arguments) {
    if (count() == 0) {
      return;
    }
    @Nullable Object @Nullable [] known = accumulator.constants;
    if (known == null) {
      @Nullable Object[] first = Arrays.copyOf(arguments, count());
      if (last == null || !Arrays.deepEquals(last, first)) {
        last = first;
      }
      accumulator.constants = last;
      return;
    }
    for (int i = 0; i < known.length; i++) {
      if (!Objects.deepEquals(known[i], arguments[i])) {
        throw Group.error(
            new SqlError(
                "22023",
                "aggregate "
                    + function.shortName()
                    + ": "
                    + form.constants().get(i).name()
                    + " must be the same in all rows of a "
                    + Group.word(accumulator)),
            accumulator);
      }
    }
  }

  /** What an accumulator's constructor is given, in SQL. */
  @Nullable Object[] of(Accumulator accumulator) {
    @Nullable Object @Nullable [] constants = accumulator.constants;
    return constants == null ? accumulator.defaults : constants;
  }

  /** A strict constructor that is given NULL makes nothing: the group's value is NULL. */
  boolean makeNothing(Accumulator accumulator) {
    @Nullable Object[] constants = of(accumulator);
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] == null && !form.constants().get(i).nullable()) {
        return true;
      }
    }
    return false;
  }
}
