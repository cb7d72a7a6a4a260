package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Alias;
import io.calcitewasm.component.binary.Sort;
import io.calcitewasm.component.binary.core.CoreExternType;
import java.util.List;

/** Checks aliases (Explainer.md, "Alias Definitions"). */
final class AliasChecker {
  private final Progress progress;

  AliasChecker(Progress progress) {
    this.progress = progress;
  }

  void check(Alias alias, Scope scope) throws InvalidComponentException {
    switch (alias) {
      case Alias.Export export -> export(export, scope);
      case Alias.CoreExport export -> coreExport(export, scope);
      case Alias.Outer outer -> outer(outer, scope);
    }
  }

  private void export(Alias.Export alias, Scope scope) throws InvalidComponentException {
    if (scope.kind() != Scope.Kind.COMPONENT
        && alias.sort() != Sort.INSTANCE
        && alias.sort() != Sort.TYPE) {
      throw progress.invalid("inside a type, a " + alias.sort().words() + " cannot be aliased");
    }
    Entity found = scope.instances.get(alias.instance()).exports().get(alias.name());
    if (found == null) {
      throw progress.invalid(
          "instance " + alias.instance() + " has no export \"" + alias.name() + "\"");
    }
    if (sort(found) != alias.sort()) {
      throw progress.invalid(
          "the export \""
              + alias.name()
              + "\" is a "
              + found.words()
              + ", not a "
              + alias.sort().words());
    }
    scope.add(found);
  }

  private static Sort sort(Entity entity) {
    return switch (entity) {
      case Entity.Func func -> Sort.FUNC;
      case Entity.Type type -> Sort.TYPE;
      case Entity.Component component -> Sort.COMPONENT;
      case Entity.Instance instance -> Sort.INSTANCE;
      case Entity.Module module -> Sort.CORE_MODULE;
    };
  }

  private void coreExport(Alias.CoreExport alias, Scope scope) throws InvalidComponentException {
    if (scope.kind() != Scope.Kind.COMPONENT) {
      throw progress.invalid("inside a type, exports of core instances cannot be aliased");
    }
    CoreExternType found = scope.coreInstances.get(alias.coreInstance()).get(alias.name());
    if (found == null) {
      throw progress.invalid(
          "core instance " + alias.coreInstance() + " has no export \"" + alias.name() + "\"");
    }
    if (sort(found) != alias.sort()) {
      throw progress.invalid(
          "the core export \""
              + alias.name()
              + "\" is a "
              + CoreMatching.words(found)
              + ", not a "
              + alias.sort().words());
    }
    scope.add(found);
  }

  private static Sort sort(CoreExternType type) {
    return switch (type) {
      case CoreExternType.Func func -> Sort.CORE_FUNC;
      case CoreExternType.Table table -> Sort.CORE_TABLE;
      case CoreExternType.Memory memory -> Sort.CORE_MEMORY;
      case CoreExternType.Global global -> Sort.CORE_GLOBAL;
      case CoreExternType.Tag tag -> Sort.CORE_TAG;
    };
  }

  private void outer(Alias.Outer alias, Scope scope) throws InvalidComponentException {
    Scope target = scope.enclosing(alias.count());
    boolean inType = scope.kind() != Scope.Kind.COMPONENT;
    switch (alias.sort()) {
      case TYPE -> {
        TypeItem item = target.types.get(alias.index());
        if (item.usesResources()
            && scope.crossesComponent(alias.count())
            && !FreeResources.of(List.of(new Entity.Type(item)), progress).isEmpty()) {
          throw progress.invalid(
              "a type that uses resources cannot be aliased by a component inside the one that has"
                  + " it");
        }
        scope.types.add(item);
      }
      case CORE_TYPE -> scope.coreTypes.add(target.coreTypes.get(alias.index()));
      case CORE_MODULE, COMPONENT -> {
        if (inType) {
          throw progress.invalid("inside a type, a " + alias.sort().words() + " cannot be aliased");
        }
        scope.add(target.entity(alias.sort(), alias.index()));
      }
      case CORE_FUNC,
          CORE_TABLE,
          CORE_MEMORY,
          CORE_GLOBAL,
          CORE_TAG,
          CORE_INSTANCE,
          FUNC,
          INSTANCE ->
          throw progress.invalid(
              "a " + alias.sort().words() + " of an enclosing component cannot be aliased");
    }
  }
}
