package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.signature.SqlFunction;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;

/** A function of a module at a place where expressions call it. */
public sealed interface CalledFunction extends ScalarFunction, ImplementableFunction
    permits ModuleFunction, DynamicFunction {
  /** The module's function. */
  SqlFunction function();

  /** What the planner may do with its calls. */
  CallTraits traits();

  /**
   * Line and column of a call that must not be taken for another one, with a colon between them;
   * empty where it may.
   */
  String place();
}
