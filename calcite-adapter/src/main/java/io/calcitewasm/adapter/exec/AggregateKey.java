package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.DividedCalls;
import io.calcitewasm.udf.dynamic.DynamicAggregate;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import java.util.List;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;

/**
 * Names one aggregate of a module as a string that generated code can hold; of one that takes any
 * arguments, with the types of a call.
 *
 * @param function the function
 * @param types of the call, as {@link DynamicSite#written} has them; empty for an aggregate whose
 *     own types are all
 * @param result the type that they were resolved to, likewise
 */
public record AggregateKey(FunctionKey function, String types, String result) {
  private static final String SEPARATOR = "#";

  /** The key of an aggregate with types of its own. */
  public static AggregateKey of(SqlFunction function) {
    return new AggregateKey(FunctionKey.of(function), "", "");
  }

  /** The key of a call of an aggregate of any arguments. */
  public static AggregateKey of(
      SqlFunction function, List<? extends @Nullable SqlType> types, SqlType result) {
    return new AggregateKey(
        FunctionKey.of(function), DynamicSite.written(types), DynamicSite.written(List.of(result)));
  }

  /** Finds the aggregate in an execution; all that have this key share it. */
  static AggregateCalls find(DataContext root, String key) {
    FunctionBinding binding = binding(root, key);
    return binding
        .calls()
        .shared(new Shared(key), AggregateCalls.class, () -> made(key, binding, binding.calls()));
  }

  /** The same, its rows divided over threads. */
  static DividedCalls divided(DataContext root, String key, int threads) {
    FunctionBinding binding = binding(root, key);
    return binding
        .calls()
        .shared(
            new Divided(key, threads),
            DividedCalls.class,
            () -> DividedCalls.of(binding.calls(), threads, calls -> made(key, binding, calls)));
  }

  private static FunctionBinding binding(DataContext root, String key) {
    return FunctionBinding.of(root, FunctionKey.parse(parts(key).get(0)));
  }

  private static List<String> parts(String key) {
    return List.of(key.split(SEPARATOR, -1));
  }

  private static AggregateCalls made(String key, FunctionBinding binding, CallSession calls) {
    String types = parts(key).get(1);
    String result = parts(key).get(2);
    return result.isEmpty()
        ? new AggregateCalls(calls, binding.module(), binding.function())
        : new DynamicAggregate(
                calls, binding.module(), binding.function(), DynamicSite.types(types))
            .calls(DynamicSite.type(result));
  }

  /** What an aggregate is known by among other things that calls share. */
  private record Shared(String key) {}

  private record Divided(String key, int threads) {}

  @Override
  public String toString() {
    return String.join(SEPARATOR, function.toString(), types, result);
  }
}
