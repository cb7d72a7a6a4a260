package io.calcitewasm.component.core;

import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Calls a core function through the interop protocol. */
final class GraalWasmFunction implements CoreFunction {
  private final Value function;
  private final CoreValType[] parameters;
  private final boolean hasResult;
  private final CoreValType result;

  GraalWasmFunction(Value function, CoreFuncType type) {
    this.function = function;
    this.parameters = type.parameters().toArray(CoreValType[]::new);
    this.hasResult = !type.results().isEmpty();
    this.result = hasResult ? type.results().getFirst() : CoreValType.I32;
  }

  @Override
  public long call(long... arguments) {
    Object[] boxed = new Object[parameters.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = GraalWasmValues.box(parameters[i], arguments[i]);
    }
    try {
      if (!hasResult) {
        function.executeVoid(boxed);
        return 0;
      }
      return GraalWasmValues.unbox(result, function.execute(boxed));
    } catch (PolyglotException e) {
      throw Traps.translate(e);
    }
  }
}
