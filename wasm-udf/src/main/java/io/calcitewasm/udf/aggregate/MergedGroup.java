package io.calcitewasm.udf.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * A group whose rows others have accumulated in parts. Several groups may have the same parts: what
 * is merged stays as it is. Of a single part the value is the group's, and nothing is merged.
 */
public final class MergedGroup {
  private final AggregateCalls calls;
  private final @Nullable Object[] defaults;

  /** The part, as long as there is one alone. */
  private @Nullable Accumulator only;

  private @Nullable Accumulator whole;

  /**
   * A group without parts.
   *
   * @param calls of an aggregate that has {@code merge}
   * @param defaults what the constructor is given if no part comes
   */
  public MergedGroup(AggregateCalls calls, @Nullable Object[] defaults) {
    this.calls = calls;
    this.defaults = defaults;
  }

  /** The aggregate. */
  public AggregateCalls calls() {
    return calls;
  }

  /**
   * Adds the rows of a part, which gets no more.
   *
   * @param part of the same aggregate
   * @param group values of the columns by which rows are grouped, for messages
   * @throws io.calcitewasm.udf.SqlError 22023 if the parts' constructors were given different
   *     arguments; whatever has gone wrong with earlier parts or rows
   */
  public void add(Accumulator part, @Nullable Object[] group) {
    Accumulator before = only;
    if (whole == null && before == null) {
      only = part;
      return;
    }
    Accumulator into = whole();
    into.name(group);
    if (before != null) {
      calls.merge(into, before);
      only = null;
    }
    calls.merge(into, part);
  }

  private Accumulator whole() {
    Accumulator known = whole;
    if (known == null) {
      known = calls.begin(defaults);
      whole = known;
    }
    return known;
  }

  /**
   * The value of all parts, which are not used afterwards but by other groups; null for NULL.
   *
   * @param group values of the columns by which rows are grouped, for messages
   * @throws io.calcitewasm.udf.SqlError whatever has gone wrong with the rows or the value
   */
  public @Nullable Object last(@Nullable Object[] group) {
    Accumulator all = only;
    if (all == null) {
      all = whole();
    }
    Object value = all.value(group);
    calls.finish(all);
    return value;
  }
}
