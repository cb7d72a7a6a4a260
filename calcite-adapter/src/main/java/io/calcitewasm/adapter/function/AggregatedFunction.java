package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateKey;
import io.calcitewasm.udf.signature.AggregateMethods;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.apache.calcite.adapter.enumerable.AggImplementor;
import org.apache.calcite.schema.AggregateFunction;
import org.apache.calcite.schema.ImplementableAggFunction;
import org.jspecify.annotations.Nullable;

/** An aggregate of a module as Calcite's schema sees it, and what its code is made of. */
public sealed interface AggregatedFunction extends AggregateFunction, ImplementableAggFunction
    permits ModuleAggregateFunction, DynamicAggregateFunction {
  /** The module's function. */
  SqlFunction function();

  /** What its calls are known by while a statement is executed. */
  AggregateKey key();

  /** What the constructor is given if no row comes, null where that is not known. */
  List<@Nullable Object> opening();

  /** What runs its calls, in a word for plans. */
  String engine();

  /** What the guest has for it. */
  AggregateMethods methods();

  @Override
  default AggImplementor getImplementor(boolean windowContext) {
    return windowContext
        ? new FrameImplementor(key(), opening(), 0)
        : new GroupImplementor(key(), opening());
  }
}
