package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.value.RecordList;
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
   * @param joined makes a row of an input row and the fields of an element, which are null where
   *     the list has none
   * @param outer whether an input row with an empty list is delivered once
   * @param alike whether all rows are the same, since nothing in them is read
   */
  public static <I, O> Enumerable<O> of(
      Enumerable<I> input,
      Function1<I, @Nullable List<?>> list,
      Function2<I, @Nullable RowFields, O> joined,
      boolean outer,
      boolean alike) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<O> enumerator() {
        return new Rows<>(input.enumerator(), list, joined, outer, alike);
      }
    };
  }

  private static final class Rows<I, O> implements Enumerator<O>, RowFields {
    private final Enumerator<I> input;
    private final Function1<I, @Nullable List<?>> list;
    private final Function2<I, @Nullable RowFields, O> joined;
    private final boolean outer;
    private final boolean alike;

    /** A row, if all are alike and one was made. */
    private @Nullable O any;

    private List<?> elements = List.of();
    private int count;

    /** The elements, if they are read field by field. */
    private @Nullable RecordList records;

    private int next;

    Rows(
        Enumerator<I> input,
        Function1<I, @Nullable List<?>> list,
        Function2<I, @Nullable RowFields, O> joined,
        boolean outer,
        boolean alike) {
      this.input = input;
      this.list = list;
      this.joined = joined;
      this.outer = outer;
      this.alike = alike;
    }

    @Override
    public O current() {
      if (!alike) {
        return row();
      }
      O known = any;
      if (known == null) {
        known = row();
        any = known;
      }
      return known;
    }

    private O row() {
      return joined.apply(input.current(), next == 0 ? null : this);
    }

    @Override
    public @Nullable Object field(int index) {
      return records == null
          ? ((@Nullable Object[]) elements.get(next - 1))[index]
          : records.value(next - 1, index);
    }

    @Override
    public boolean moveNext() {
      while (next >= count) {
        if (!input.moveNext()) {
          return false;
        }
        begin(list.apply(input.current()));
        if (outer && count == 0) {
          return true;
        }
      }
      next++;
      return true;
    }

    private void begin(@Nullable List<?> found) {
      elements = found == null ? List.of() : found;
      records = elements instanceof RecordList inPlace ? inPlace : null;
      count = elements.size();
      next = 0;
    }

    @Override
    public void reset() {
      input.reset();
      begin(null);
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
