package io.calcitewasm.adapter.exec;

import org.jspecify.annotations.Nullable;

/**
 * A text in the order that a module's {@code compare} gives it. Comparing two calls the module.
 * Equality is that of the order.
 */
public final class OrderedText implements Comparable<OrderedText> {
  private final String text;
  private final TextOrder order;
  private final boolean strict;

  /**
   * A text.
   *
   * @param order compares texts
   * @param strict whether texts that the order takes for equal are ordered by their characters
   */
  OrderedText(String text, TextOrder order, boolean strict) {
    this.text = text;
    this.order = order;
    this.strict = strict;
  }

  /** The text. */
  public String text() {
    return text;
  }

  @Override
  public int compareTo(OrderedText other) {
    int result = order.compare(text, other.text);
    return result == 0 && strict ? text.compareTo(other.text) : result;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OrderedText that && compareTo(that) == 0;
  }

  /** The order says nothing of hashes: all are the same. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
