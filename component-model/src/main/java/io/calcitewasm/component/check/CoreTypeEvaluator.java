package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.CoreTypeExpr;
import io.calcitewasm.component.binary.Sort;
import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreModule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Evaluates core types (Explainer.md, {@code core:type} and {@code core:moduletype}). */
final class CoreTypeEvaluator {
  private final Progress progress;

  CoreTypeEvaluator(Progress progress) {
    this.progress = progress;
  }

  /** The type that an expression means in a scope. */
  CoreTypeItem evaluate(CoreTypeExpr type, Scope scope) throws InvalidComponentException {
    return switch (type) {
      case CoreTypeExpr.Func func -> new CoreTypeItem.Func(func.type());
      case CoreTypeExpr.Module module -> module(module, scope);
    };
  }

  private ModuleType module(CoreTypeExpr.Module type, Scope scope)
      throws InvalidComponentException {
    Space<CoreFuncType> types = new Space<>(Sort.CORE_TYPE, progress);
    Map<ModuleType.ImportName, CoreExternType> imports = new LinkedHashMap<>();
    Map<String, CoreExternType> exports = new LinkedHashMap<>();
    for (CoreTypeExpr.ModuleDecl declaration : type.declarations()) {
      progress.at(declaration.offset());
      progress.spend(1);
      switch (declaration) {
        case CoreTypeExpr.TypeDecl decl -> {
          if (!(decl.type() instanceof CoreTypeExpr.Func func)) {
            throw progress.invalid("a core module type cannot define core module types");
          }
          types.add(func.type());
        }
        case CoreTypeExpr.OuterAlias alias -> types.add(alias(alias, types, scope));
        case CoreTypeExpr.ImportDecl decl -> {
          var name = new ModuleType.ImportName(decl.module(), decl.name());
          if (imports.put(name, desc(decl.type(), types)) != null) {
            throw progress.invalid("the core import " + name + " stands twice");
          }
        }
        case CoreTypeExpr.ExportDecl decl -> {
          if (exports.put(decl.name(), desc(decl.type(), types)) != null) {
            throw progress.invalid("the core export \"" + decl.name() + "\" stands twice");
          }
        }
      }
    }
    return new ModuleType(imports, exports);
  }

  private CoreFuncType alias(CoreTypeExpr.OuterAlias alias, Space<CoreFuncType> types, Scope scope)
      throws InvalidComponentException {
    if (alias.count() == 0) {
      return types.get(alias.index());
    }
    CoreTypeItem item = scope.enclosing(alias.count() - 1).coreTypes.get(alias.index());
    if (item instanceof CoreTypeItem.Func func) {
      return func.type();
    }
    throw progress.invalid("a core module type cannot alias core module types");
  }

  private static CoreExternType desc(CoreTypeExpr.CoreDesc desc, Space<CoreFuncType> types)
      throws InvalidComponentException {
    return switch (desc) {
      case CoreTypeExpr.FuncDesc func -> new CoreExternType.Func(types.get(func.type()));
      case CoreTypeExpr.TagDesc tag -> new CoreExternType.Tag(types.get(tag.type()));
      case CoreTypeExpr.DirectDesc direct -> direct.type();
    };
  }

  /** The type of a core module that stands in the file. */
  ModuleType of(CoreModule module) throws InvalidComponentException {
    progress.spend(module.imports().size() + module.exports().size());
    Map<ModuleType.ImportName, CoreExternType> imports = new LinkedHashMap<>();
    for (CoreModule.Import wish : module.imports()) {
      var name = new ModuleType.ImportName(wish.module(), wish.name());
      if (imports.put(name, wish.type()) != null) {
        throw progress.invalid(
            "the core module imports " + name + " twice, which components do not allow");
      }
    }
    Map<String, CoreExternType> exports = new LinkedHashMap<>();
    for (CoreModule.Export export : module.exports()) {
      exports.put(export.name(), export.type());
    }
    return new ModuleType(imports, exports);
  }
}
