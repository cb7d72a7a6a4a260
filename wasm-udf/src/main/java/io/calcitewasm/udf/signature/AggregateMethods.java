package io.calcitewasm.udf.signature;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a resource that is an aggregate exports. All but the constructor and {@code restore} take
 * the accumulator's handle first.
 *
 * @param constructor answers a fresh accumulator
 * @param step takes one row
 * @param value answers the value of the rows so far
 * @param merge takes another accumulator, whose rows come behind
 * @param inverse takes back the row that {@code step} was given first of those that remain
 * @param save answers the accumulator's state as bytes
 * @param restore answers an accumulator of such a state; static
 */
public record AggregateMethods(
    SqlFunction constructor,
    SqlFunction step,
    SqlFunction value,
    Optional<SqlFunction> merge,
    Optional<SqlFunction> inverse,
    Optional<SqlFunction> save,
    Optional<SqlFunction> restore) {

  /** All that there are. */
  public List<SqlFunction> all() {
    return Stream.concat(
            Stream.of(constructor, step, value),
            Stream.of(merge, inverse, save, restore).flatMap(Optional::stream))
        .toList();
  }

  /** Whether any of them may answer with an error of the guest's. */
  boolean raises() {
    return all().stream().anyMatch(SqlFunction::raises);
  }
}
