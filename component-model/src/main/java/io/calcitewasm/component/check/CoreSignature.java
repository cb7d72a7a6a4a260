package io.calcitewasm.component.check;

import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The core side of a component function (CanonicalABI.md, {@code flatten_functype}).
 *
 * @param lifted type of a core function that is lifted
 * @param lowered type of the core function that lowering makes
 * @param parametersNeedMemory whether parameters are or contain something in memory
 * @param resultNeedsMemory whether the result is or contains something in memory
 */
record CoreSignature(
    CoreFuncType lifted,
    CoreFuncType lowered,
    boolean parametersNeedMemory,
    boolean resultNeedsMemory) {
  private static final int MAX_FLAT_PARAMS = 16;
  private static final int MAX_FLAT_RESULTS = 1;

  static CoreSignature of(FunctionType type) {
    Layout parameters = Layout.sequence(type.parameters().stream().map(ValueType::layout).toList());
    Optional<Layout> result = type.result().map(ValueType::layout);
    List<CoreValType> flatResult = result.map(Layout::flat).orElse(List.of());
    boolean spilled = parameters.flat().size() > MAX_FLAT_PARAMS;
    boolean returned = flatResult.size() > MAX_FLAT_RESULTS;
    List<CoreValType> pointer = List.of(CoreValType.I32);
    List<CoreValType> core = spilled ? pointer : parameters.flat();
    List<CoreValType> withReturnPointer = new ArrayList<>(core);
    withReturnPointer.add(CoreValType.I32);
    return new CoreSignature(
        new CoreFuncType(core, returned ? pointer : flatResult),
        returned
            ? new CoreFuncType(withReturnPointer, List.of())
            : new CoreFuncType(core, flatResult),
        spilled || parameters.pointers(),
        returned || result.map(Layout::pointers).orElse(false));
  }
}
