package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Canon;
import io.calcitewasm.component.binary.CanonOptions;
import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import java.util.List;

/** Checks canonical definitions (CanonicalABI.md, "Canonical Definitions"). */
final class CanonChecker {
  private static final CoreFuncType REALLOC =
      new CoreFuncType(
          List.of(CoreValType.I32, CoreValType.I32, CoreValType.I32, CoreValType.I32),
          List.of(CoreValType.I32));
  private static final CoreFuncType I32_TO_I32 =
      new CoreFuncType(List.of(CoreValType.I32), List.of(CoreValType.I32));
  private static final CoreFuncType I32_TO_NOTHING =
      new CoreFuncType(List.of(CoreValType.I32), List.of());

  private final Progress progress;
  private final TypeEvaluator types;

  CanonChecker(Progress progress, TypeEvaluator types) {
    this.progress = progress;
    this.types = types;
  }

  void check(Canon canon, Scope scope) throws InvalidComponentException {
    switch (canon) {
      case Canon.Lift lift -> scope.funcs.add(lift(lift, scope));
      case Canon.Lower lower -> scope.coreFuncs.add(new CoreExternType.Func(lower(lower, scope)));
      case Canon.ResourceNew canonNew -> {
        requireOwn("resource.new", canonNew.type(), scope);
        scope.coreFuncs.add(new CoreExternType.Func(I32_TO_I32));
      }
      case Canon.ResourceDrop drop -> {
        types.resourceAt(drop.type(), scope);
        scope.coreFuncs.add(new CoreExternType.Func(I32_TO_NOTHING));
      }
      case Canon.ResourceRep rep -> {
        requireOwn("resource.rep", rep.type(), scope);
        scope.coreFuncs.add(new CoreExternType.Func(I32_TO_I32));
      }
    }
  }

  private void requireOwn(String builtIn, int index, Scope scope) throws InvalidComponentException {
    if (!scope.definedHere.contains(types.resourceAt(index, scope).type())) {
      throw progress.invalid(
          builtIn
              + " is for resource types that the component itself defines, which type "
              + index
              + " is not");
    }
  }

  private FunctionType lift(Canon.Lift lift, Scope scope) throws InvalidComponentException {
    TypeItem item = scope.types.get(lift.type());
    if (!(item instanceof FunctionType type)) {
      throw progress.invalid(
          "type index " + lift.type() + " is a " + item.words() + ", not a function type");
    }
    progress.spend(type.size());
    CoreFuncType core = scope.coreFuncs.get(lift.coreFunc()).type();
    CanonOptions options = lift.options();
    general(options, scope);
    CoreSignature signature = CoreSignature.of(type);
    if (!signature.lifted().equals(core)) {
      throw progress.invalid(
          "core function "
              + lift.coreFunc()
              + " has the type "
              + core
              + ", but to be lifted it"
              + " needs "
              + signature.lifted());
    }
    if (options.postReturn().isPresent()) {
      require(
          "post-return",
          options.postReturn().getAsInt(),
          new CoreFuncType(core.results(), List.of()),
          scope);
    }
    if (signature.parametersNeedMemory() && options.realloc().isEmpty()) {
      throw missing("realloc");
    }
    if ((signature.parametersNeedMemory() || signature.resultNeedsMemory())
        && options.memory().isEmpty()) {
      throw missing("memory");
    }
    return type;
  }

  private CoreFuncType lower(Canon.Lower lower, Scope scope) throws InvalidComponentException {
    FunctionType type = scope.funcs.get(lower.func());
    progress.spend(type.size());
    CanonOptions options = lower.options();
    general(options, scope);
    if (options.postReturn().isPresent()) {
      throw progress.invalid("a lowered function cannot have the canonical option post-return");
    }
    CoreSignature signature = CoreSignature.of(type);
    if ((signature.parametersNeedMemory() || signature.resultNeedsMemory())
        && options.memory().isEmpty()) {
      throw missing("memory");
    }
    if (type.result().map(r -> r.layout().pointers()).orElse(false)
        && options.realloc().isEmpty()) {
      throw missing("realloc");
    }
    return signature.lowered();
  }

  private void general(CanonOptions options, Scope scope) throws InvalidComponentException {
    if (options.memory().isPresent()) {
      scope.coreMemories.get(options.memory().getAsInt());
    }
    if (options.realloc().isPresent()) {
      require("realloc", options.realloc().getAsInt(), REALLOC, scope);
      if (options.memory().isEmpty()) {
        throw progress.invalid("the canonical option realloc needs the option memory too");
      }
    }
  }

  private void require(String option, int coreFunc, CoreFuncType expected, Scope scope)
      throws InvalidComponentException {
    CoreFuncType actual = scope.coreFuncs.get(coreFunc).type();
    if (!actual.equals(expected)) {
      throw progress.invalid(
          "the canonical option "
              + option
              + " needs a core function of type "
              + expected
              + ", but core function "
              + coreFunc
              + " has "
              + actual);
    }
  }

  private InvalidComponentException missing(String option) {
    return progress.invalid("the function's type needs the canonical option " + option);
  }
}
