package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.dynamic.DynamicCall;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Deterministic;
import org.jspecify.annotations.Nullable;

/**
 * A place in generated code that calls a function of any arguments. Shared by the executions of one
 * plan, as {@link CallSite} is; each of them resolves the function once.
 */
@Deterministic // of construction
public final class DynamicSite {
  private static final String UNKNOWN = "?";
  private static final String SEPARATOR = " ";

  private final FunctionKey key;
  private final SourcePlace source;
  private final List<@Nullable SqlType> types;
  private final SqlType result;

  /** Weak: a plan outlives its executions and must not keep their data. */
  private volatile @Nullable WeakReference<FunctionBinding> binding;

  /**
   * A place.
   *
   * @param key the function's {@link FunctionKey#toString()}
   * @param types what {@link #written} has made of the arguments' types
   * @param result the same of the type that they were resolved to
   * @param place where in the statement, so that two calls are not taken for one
   * @param source what {@link CallSite#place} has made of the call's position
   */
  public DynamicSite(String key, String types, String result, String place, String source) {
    this.key = FunctionKey.parse(key);
    this.source = SourcePlace.parse(source);
    this.types = types(types);
    this.result = type(result);
  }

  /** Types as a constant of generated code. */
  public static String written(List<? extends @Nullable SqlType> types) {
    return types.stream()
        .map(
            type ->
                type instanceof SqlType.Scalar s
                    ? s.kind() + ":" + s.precision() + ":" + s.scale()
                    : UNKNOWN)
        .collect(Collectors.joining(SEPARATOR));
  }

  /** Reads one type that {@link #written} has made a constant of. */
  static SqlType type(String written) {
    return Objects.requireNonNull(types(written).getFirst(), "result");
  }

  /** Reads what {@link #written} has made. */
  static List<@Nullable SqlType> types(String written) {
    List<@Nullable SqlType> types = new ArrayList<>();
    for (String type : written.isEmpty() ? new String[0] : written.split(SEPARATOR, -1)) {
      if (type.equals(UNKNOWN)) {
        types.add(null);
      } else {
        List<String> parts = List.of(type.split(":", -1));
        types.add(
            new SqlType.Scalar(
                Kind.valueOf(parts.get(0)),
                Integer.parseInt(parts.get(1)),
                Integer.parseInt(parts.get(2))));
      }
    }
    return types;
  }

  /**
   * Calls the function for one row.
   *
   * @param root the data context of the execution
   * @param arguments values in Calcite's internal representation, null for SQL NULL
   * @return the result in Calcite's internal representation
   */
  public @Nullable Object call(DataContext root, @Nullable Object[] arguments) {
    WeakReference<FunctionBinding> last = binding;
    FunctionBinding known = last == null ? null : last.get();
    FunctionBinding bound;
    if (known != null && known.root() == root) {
      bound = known;
    } else {
      bound = FunctionBinding.of(root, key);
      binding = new WeakReference<>(bound);
    }
    DynamicCall call =
        bound
            .calls()
            .shared(
                this,
                DynamicCall.class,
                () ->
                    new DynamicCall(bound.calls(), bound.module(), bound.function(), types)
                        .resolvedTo(result));
    for (int i = 0; i < arguments.length; i++) {
      SqlType type = types.get(i);
      arguments[i] = type == null ? null : CalciteValues.toModule(type, arguments[i]);
    }
    try {
      return CalciteValues.toCalcite(result, call.call(arguments));
    } catch (SqlError e) {
      throw source.of(e, root);
    }
  }
}
