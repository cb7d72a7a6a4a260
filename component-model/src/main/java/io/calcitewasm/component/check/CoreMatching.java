package io.calcitewasm.component.check;

import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.model.CoreModuleType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether one core type can stand where another is expected (core specification,
 * "Matching", and Explainer.md for module types). Each method tells the mismatch, or nothing.
 */
public final class CoreMatching {
  private CoreMatching() {}

  /**
   * Whether a module can stand where a component imports one.
   *
   * @param expected the type of the import, as validation has evaluated it
   * @return the mismatch in words; nothing if it can
   */
  public static Optional<String> module(CoreModule actual, CoreModuleType expected) {
    if (!(expected instanceof ModuleType promised)) {
      throw new IllegalArgumentException("not a type of this checker's: " + expected);
    }
    Map<ModuleType.ImportName, CoreExternType> needs = new LinkedHashMap<>();
    actual
        .imports()
        .forEach(i -> needs.put(new ModuleType.ImportName(i.module(), i.name()), i.type()));
    Map<String, CoreExternType> gives = new LinkedHashMap<>();
    actual.exports().forEach(e -> gives.put(e.name(), e.type()));
    return module(new ModuleType(needs, gives), promised);
  }

  static Optional<String> module(ModuleType actual, ModuleType expected) {
    for (Map.Entry<ModuleType.ImportName, CoreExternType> wish : actual.imports().entrySet()) {
      CoreExternType given = expected.imports().get(wish.getKey());
      if (given == null) {
        return Optional.of(
            "the core module imports " + wish.getKey() + ", which nobody promised to provide");
      }
      Optional<String> mismatch = extern(given, wish.getValue());
      if (mismatch.isPresent()) {
        return Optional.of("import " + wish.getKey() + ": " + mismatch.get());
      }
    }
    for (Map.Entry<String, CoreExternType> export : expected.exports().entrySet()) {
      CoreExternType found = actual.exports().get(export.getKey());
      if (found == null) {
        return Optional.of("the core export \"" + export.getKey() + "\" is missing");
      }
      Optional<String> mismatch = extern(found, export.getValue());
      if (mismatch.isPresent()) {
        return Optional.of("core export \"" + export.getKey() + "\": " + mismatch.get());
      }
    }
    return Optional.empty();
  }

  static Optional<String> extern(CoreExternType actual, CoreExternType expected) {
    boolean matches =
        switch (expected) {
          case CoreExternType.Func e -> actual.equals(e);
          case CoreExternType.Global e -> actual.equals(e);
          case CoreExternType.Tag e -> actual.equals(e);
          case CoreExternType.Table e ->
              actual instanceof CoreExternType.Table a
                  && a.element() == e.element()
                  && limits(a.limits(), e.limits());
          case CoreExternType.Memory e ->
              actual instanceof CoreExternType.Memory a && limits(a.limits(), e.limits());
        };
    return matches
        ? Optional.empty()
        : Optional.of("expected a " + words(expected) + ", found a " + words(actual));
  }

  private static boolean limits(CoreExternType.Limits actual, CoreExternType.Limits expected) {
    return actual.minimum() >= expected.minimum()
        && (expected.maximum().isEmpty()
            || (actual.maximum().isPresent()
                && actual.maximum().getAsLong() <= expected.maximum().getAsLong()));
  }

  /** What messages call a core import or export. */
  static String words(CoreExternType type) {
    return switch (type) {
      case CoreExternType.Func func -> "function " + func.type();
      case CoreExternType.Tag tag -> "tag " + tag.type();
      case CoreExternType.Global global ->
          (global.mutable() ? "mutable global " : "global ") + global.type();
      case CoreExternType.Table table ->
          "table of " + table.element() + ", " + words(table.limits()) + " entries";
      case CoreExternType.Memory memory -> "memory of " + words(memory.limits()) + " pages";
    };
  }

  private static String words(CoreExternType.Limits limits) {
    return limits.maximum().isPresent()
        ? limits.minimum() + " to " + limits.maximum().getAsLong()
        : limits.minimum() + " or more";
  }
}
