package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.block.BlockShape;
import io.calcitewasm.udf.signature.BatchForms;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of a function for whole blocks.
 *
 * @param call the guest's function that takes blocks
 * @param index what it knows the function by
 * @param shape how arguments and results become blocks
 */
record BlockForm(BoundFunction call, long index, BlockShape shape) {

  /**
   * Looks for the form of a function, once for a module version: the guest is asked for it.
   *
   * @return null if the function is called row by row only
   */
  static @Nullable BlockForm of(CallSession session, ModuleRuntime module, BoundFunction bound) {
    Optional<BlockForm> known = bound.block();
    if (known == null) {
      known = find(session, module, bound);
      bound.block(known);
    }
    return known.orElse(null);
  }

  private static Optional<BlockForm> find(
      CallSession session, ModuleRuntime module, BoundFunction bound) {
    BatchForms forms = module.functions().blocks();
    SqlFunction function = bound.function();
    if (forms == null
        || bound.handlesResources()
        || bound.isolation() != module.bound(forms.call()).isolation()
        || function == forms.resolve()
        || function == forms.call()) {
      return Optional.empty();
    }
    Optional<BlockShape> shape = BlockShape.of(function.type());
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    Object index =
        session.answer(
            module,
            module.bound(forms.resolve()),
            new @Nullable Object[] {BatchForms.exportName(function)},
            -1);
    return index instanceof Number number
        ? Optional.of(new BlockForm(module.bound(forms.call()), number.longValue(), shape.get()))
        : Optional.empty();
  }
}
