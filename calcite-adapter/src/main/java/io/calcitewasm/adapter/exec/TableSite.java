package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.table.RowCursor;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Deterministic;
import org.jspecify.annotations.Nullable;

/** A place in generated code that reads the rows of a table function of a module. */
@Deterministic // of construction: generated code may keep one instance per constant arguments
public final class TableSite {
  private final FunctionKey key;
  private final SourcePlace source;

  /**
   * A place that calls a table function.
   *
   * @param key the function's {@link FunctionKey#toString()}
   * @param source what {@link CallSite#place} has made of the call's position
   */
  public TableSite(String key, String source) {
    this.key = FunctionKey.parse(key);
    this.source = SourcePlace.parse(source);
  }

  /**
   * The rows of a call; the guest is called when they are read, and anew for each reader.
   *
   * @param root the data context of the execution
   * @param arguments values in Calcite's internal representation, null for SQL NULL
   */
  public Enumerable<@Nullable Object[]> rows(DataContext root, @Nullable Object[] arguments) {
    return read(root, arguments, row -> row);
  }

  /** The values of a call whose rows have one column, as {@link #rows} gives rows. */
  public Enumerable<@Nullable Object> values(DataContext root, @Nullable Object[] arguments) {
    return read(root, arguments, row -> row[0]);
  }

  private <T extends @Nullable Object> Enumerable<T> read(
      DataContext root, @Nullable Object[] arguments, Function<@Nullable Object[], T> form) {
    FunctionBinding bound = FunctionBinding.of(root, key);
    CalciteValues.toModule(bound.function().parameters(), arguments);
    SqlType.RowOf columns = bound.function().columns().orElseThrow();
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        return new Rows<>(
            new RowCursor(bound.calls(), bound.module(), bound.function(), arguments),
            columns,
            form,
            source,
            root);
      }
    };
  }

  private static final class Rows<T extends @Nullable Object> implements Enumerator<T> {
    private final RowCursor cursor;
    private final SqlType.RowOf columns;
    private final Function<@Nullable Object[], T> form;
    private final SourcePlace source;
    private final DataContext root;
    private Iterator<?> block = Collections.emptyIterator();
    private @Nullable Object @Nullable [] current;

    Rows(
        RowCursor cursor,
        SqlType.RowOf columns,
        Function<@Nullable Object[], T> form,
        SourcePlace source,
        DataContext root) {
      this.source = source;
      this.root = root;
      this.cursor = cursor;
      this.columns = columns;
      this.form = form;
    }

    @Override
    public T current() {
      if (current == null) {
        throw new IllegalStateException("no current row");
      }
      return form.apply(current);
    }

    @Override
    public boolean moveNext() {
      try {
        if (!block.hasNext()) {
          block = cursor.next().iterator();
        }
        current =
            block.hasNext()
                ? (@Nullable Object[]) CalciteValues.toCalcite(columns, block.next())
                : null;
        return current != null;
      } catch (SqlError e) {
        throw source.of(e, root);
      }
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows of a table function are read once");
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
