package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Which types of a component the outside can name (Explainer.md, "External Visibility of Types"):
 * functions that are imported or exported may use records, variants, enums, flags and resources
 * only under names that were imported, or for exports also exported, before.
 */
final class Visibility {
  private final Progress progress;
  private final Set<Object> imported = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> exported = Collections.newSetFromMap(new IdentityHashMap<>());

  Visibility(Progress progress) {
    this.progress = progress;
  }

  /** Checks an import, and makes the types that it names visible. */
  void imported(String name, Entity entity) throws InvalidComponentException {
    if (!register(entity, imported, true)) {
      throw hidden("import", name);
    }
  }

  /** Checks an export, and makes the types that it names visible. */
  void exported(String name, Entity entity) throws InvalidComponentException {
    if (!register(entity, exported, false)) {
      throw hidden("export", name);
    }
  }

  private InvalidComponentException hidden(String what, String name) {
    return progress.invalid(
        "the "
            + what
            + " \""
            + name
            + "\" uses a type that has no name outside the component:"
            + " records, variants, enums, flags and resources must be imported or exported before");
  }

  private boolean register(Entity entity, Set<Object> visible, boolean isImport)
      throws InvalidComponentException {
    progress.spend(1);
    switch (entity) {
      case Entity.Type type -> {
        if (!itemVisible(type.item(), visible)) {
          return false;
        }
        exported.add(type.item());
        if (isImport) {
          imported.add(type.item());
        }
        return true;
      }
      case Entity.Instance instance -> {
        for (Entity export : instance.type().exports().values()) {
          if (!register(export, visible, isImport)) {
            return false;
          }
        }
        return true;
      }
      case Entity.Func func -> {
        return itemVisible(func.type(), visible);
      }
      case Entity.Component component -> {
        return true;
      }
      case Entity.Module module -> {
        return true;
      }
    }
  }

  /** Whether everything below the first layer of a type is visible. */
  private boolean itemVisible(TypeItem item, Set<Object> visible) throws InvalidComponentException {
    return switch (item) {
      case ResourceRef resource -> true;
      case ComponentType component -> true;
      case Defined defined ->
          defined.resource() != null
              ? visible.contains(defined.resource())
              : partsVisible(defined, visible);
      case FunctionType function -> {
        for (ValueType parameter : function.parameters()) {
          if (!visible(parameter, visible)) {
            yield false;
          }
        }
        yield function.result().isEmpty() || visible(function.result().get(), visible);
      }
      case InstanceType instance -> {
        for (Entity export : instance.exports().values()) {
          if (!entityVisible(export, visible)) {
            yield false;
          }
        }
        yield true;
      }
    };
  }

  private boolean entityVisible(Entity entity, Set<Object> visible)
      throws InvalidComponentException {
    return switch (entity) {
      case Entity.Type type -> itemVisible(type.item(), visible);
      case Entity.Func func -> itemVisible(func.type(), visible);
      case Entity.Instance instance -> itemVisible(instance.type(), visible);
      case Entity.Component component -> true;
      case Entity.Module module -> true;
    };
  }

  private boolean partsVisible(Defined defined, Set<Object> visible)
      throws InvalidComponentException {
    for (Optional<ValueType> part : defined.parts()) {
      if (part.isPresent() && !visible(part.get(), visible)) {
        return false;
      }
    }
    return true;
  }

  private boolean visible(ValueType type, Set<Object> visible) throws InvalidComponentException {
    progress.spend(1);
    return switch (type) {
      case ValueType.Primitive primitive -> true;
      case Defined defined -> {
        if (defined.kind().needsName()) {
          yield visible.contains(defined);
        }
        yield defined.resource() != null
            ? visible.contains(defined.resource())
            : partsVisible(defined, visible);
      }
    };
  }
}
