package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import java.lang.ref.WeakReference;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Deterministic;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A place in generated code that calls one function of a module. Generated classes hold it as a
 * constant, so it is shared by the executions of one plan; it binds itself to the execution whose
 * data context it is given. Safe for several threads.
 */
@Deterministic // of construction: generated code may keep one instance per constant arguments
public final class CallSite {
  private final FunctionKey key;
  private final SourcePlace source;

  /** Weak: a plan outlives its executions and must not keep their data. */
  private volatile @Nullable WeakReference<FunctionBinding> binding;

  /**
   * A call site.
   *
   * @param key the function's {@link FunctionKey#toString()}
   * @param place where in the statement; only there so that generated code, which evaluates equal
   *     expressions once, does not take two calls for one
   * @param source what {@link #place} has made of the call's position
   */
  public CallSite(String key, String place, String source) {
    this.key = FunctionKey.parse(key);
    this.source = SourcePlace.parse(source);
  }

  /** Where a call stands in the text of its statement, as a constant of generated code. */
  public static String place(SqlParserPos position) {
    return SourcePlace.written(position);
  }

  /**
   * Calls the function for one row.
   *
   * @param root the data context of the execution
   * @param arguments values in Calcite's internal representation, null for SQL NULL
   * @return the result in Calcite's internal representation
   * @throws RuntimeException a {@link SqlError}, whatever the call fails with, or one that has it
   *     as its cause and tells where the call stands
   */
  public @Nullable Object call(DataContext root, @Nullable Object[] arguments) {
    WeakReference<FunctionBinding> last = binding;
    FunctionBinding bound = last == null ? null : last.get();
    if (bound == null || bound.root() != root) {
      bound = FunctionBinding.of(root, key);
      binding = new WeakReference<>(bound);
    }
    CalciteValues.toModule(bound.function().parameters(), arguments);
    try {
      Object result =
          bound.calls().call(bound.module(), bound.function(), arguments, NO_ROW_NUMBER);
      return CalciteValues.toCalcite(bound.function().result(), result);
    } catch (SqlError e) {
      throw source.of(e, root);
    }
  }

  /** One call per row knows no row number within the statement. */
  private static final long NO_ROW_NUMBER = -1;
}
