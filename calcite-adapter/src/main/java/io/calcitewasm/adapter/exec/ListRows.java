package io.calcitewasm.adapter.exec;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.jspecify.annotations.Nullable;

/** Rows of an input, each as often as a list in it has elements, with the elements' fields. */
public final class ListRows {
  private ListRows() {}

  /**
   * The rows, in the input's order and the lists'.
   *
   * @param input rows
   * @param list the list of a row; null is an empty one
   * @param joined makes a row of an input row and an element; the element is null where the list
   *     has none
   * @param outer whether an input row with an empty list is delivered once
   */
  public static <I, O> Enumerable<O> of(
      Enumerable<I> input,
      Function1<I, @Nullable List<?>> list,
      Function2<I, @Nullable Object @Nullable [], O> joined,
      boolean outer) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<O> enumerator() {
        return new Rows<>(input.enumerator(), list, joined, outer);
      }
    };
  }

  private static final class Rows<I, O> implements Enumerator<O> {
    private final Enumerator<I> input;
    private final Function1<I, @Nullable List<?>> list;
    private final Function2<I, @Nullable Object @Nullable [], O> joined;
    private final boolean outer;
    private Iterator<?> elements = Collections.emptyIterator();
    private @Nullable Object @Nullable [] element;

    Rows(
        Enumerator<I> input,
        Function1<I, @Nullable List<?>> list,
        Function2<I, @Nullable Object @Nullable [], O> joined,
        boolean outer) {
      this.input = input;
      this.list = list;
      this.joined = joined;
      this.outer = outer;
    }

    @Override
    public O current() {
      return joined.apply(input.current(), element);
    }

    @Override
    public boolean moveNext() {
      while (!elements.hasNext()) {
        if (!input.moveNext()) {
          return false;
        }
        List<?> next = list.apply(input.current());
        elements = next == null ? Collections.emptyIterator() : next.iterator();
        if (outer && !elements.hasNext()) {
          element = null;
          return true;
        }
      }
      element = (@Nullable Object[]) elements.next();
      return true;
    }

    @Override
    public void reset() {
      input.reset();
      elements = Collections.emptyIterator();
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
