package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether what is given is a subtype of what is expected (Explainer.md, "Type Checking").
 * On the way it finds out which actual resource types stand for the abstract ones of the expected
 * side; those are free to be chosen, all others must be the same.
 */
final class Matching {
  private final Progress progress;
  private final Set<ResourceType> free = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<ResourceType, ResourceRef> chosen = new IdentityHashMap<>();
  private final Map<Defined, Defined> renamed = new IdentityHashMap<>();
  private final Deque<String> path;

  private Matching(Progress progress, Collection<ResourceType> free, Deque<String> path) {
    this.progress = progress;
    this.free.addAll(free);
    this.path = path;
  }

  /**
   * A matching of one or more actual entities with expected ones.
   *
   * @param free abstract resource types of the expected side that the actual side chooses
   */
  Matching(Progress progress, Collection<ResourceType> free) {
    this(progress, free, new ArrayDeque<>());
  }

  /** Which actual resource types were found for the free ones. */
  Map<ResourceType, ResourceRef> chosen() {
    return chosen;
  }

  /** Which actual types were found for the expected ones that have a name. */
  Map<Defined, Defined> renamed() {
    return renamed;
  }

  /** Requires {@code actual} to be a subtype of {@code expected}; {@code place} names them. */
  void entity(String place, Entity actual, Entity expected) throws InvalidComponentException {
    path.addLast(place);
    entity(actual, expected);
    path.removeLast();
  }

  private void entity(Entity actual, Entity expected) throws InvalidComponentException {
    progress.spend(1);
    switch (expected) {
      case Entity.Func e when actual instanceof Entity.Func a -> function(a.type(), e.type());
      case Entity.Type e when actual instanceof Entity.Type a -> item(a.item(), e.item());
      case Entity.Instance e when actual instanceof Entity.Instance a ->
          exports(a.type().exports(), e.type().exports());
      case Entity.Component e when actual instanceof Entity.Component a ->
          component(a.type(), e.type());
      case Entity.Module e when actual instanceof Entity.Module a -> {
        Optional<String> mismatch = CoreMatching.module(a.type(), e.type());
        if (mismatch.isPresent()) {
          throw mismatch(mismatch.get());
        }
      }
      default -> throw expected(expected.words(), actual.words());
    }
  }

  private void exports(Map<String, Entity> actual, Map<String, Entity> expected)
      throws InvalidComponentException {
    for (Map.Entry<String, Entity> export : expected.entrySet()) {
      Entity found = actual.get(export.getKey());
      if (found == null) {
        throw mismatch("the export \"" + export.getKey() + "\" is missing");
      }
      entity("export \"" + export.getKey() + "\"", found, export.getValue());
    }
  }

  private void item(TypeItem actual, TypeItem expected) throws InvalidComponentException {
    switch (expected) {
      case ResourceRef e when actual instanceof ResourceRef a -> {
        if (free.contains(e.type())) {
          chosen.putIfAbsent(e.type(), a);
        }
        resource(a, e);
      }
      case Defined e when actual instanceof Defined a -> {
        value(a, e);
        renamed.putIfAbsent(e, a);
        renamed.putIfAbsent(e.origin(), a);
      }
      case FunctionType e when actual instanceof FunctionType a -> function(a, e);
      case InstanceType e when actual instanceof InstanceType a -> {
        free.addAll(e.bound());
        exports(a.exports(), e.exports());
      }
      case ComponentType e when actual instanceof ComponentType a -> component(a, e);
      default -> throw expected(expected.words(), actual.words());
    }
  }

  /** Components: what the actual one imports, the expected one must be given. */
  private void component(ComponentType actual, ComponentType expected)
      throws InvalidComponentException {
    ComponentType wanted = new Substitution(chosen, Map.of(), progress).apply(expected);
    Matching imports = new Matching(progress, actual.importBound(), path);
    for (Map.Entry<String, Entity> wish : actual.imports().entrySet()) {
      Entity given = wanted.imports().get(wish.getKey());
      if (given == null) {
        throw mismatch("it imports \"" + wish.getKey() + "\", which nobody promised to provide");
      }
      imports.entity("import \"" + wish.getKey() + "\"", given, wish.getValue());
    }
    Map<String, Entity> exports =
        new Substitution(imports.chosen, imports.renamed, progress).apply(actual.exports());
    new Matching(progress, wanted.exportBound(), path).exports(exports, wanted.exports());
  }

  /** Functions are compared for equality, names of parameters included. */
  void function(FunctionType actual, FunctionType expected) throws InvalidComponentException {
    if (actual == expected) {
      return;
    }
    if (actual.parameters().size() != expected.parameters().size()) {
      throw expected(
          expected.parameters().size() + " parameters", String.valueOf(actual.parameters().size()));
    }
    for (int i = 0; i < expected.parameters().size(); i++) {
      if (!actual.names().get(i).equals(expected.names().get(i))) {
        throw expected(
            "a parameter \"" + expected.names().get(i) + "\"", "\"" + actual.names().get(i) + "\"");
      }
      path.addLast("parameter \"" + expected.names().get(i) + "\"");
      value(actual.parameters().get(i), expected.parameters().get(i));
      path.removeLast();
    }
    part("result", actual.result(), expected.result());
  }

  private void part(String place, Optional<ValueType> actual, Optional<ValueType> expected)
      throws InvalidComponentException {
    path.addLast(place);
    if (actual.isPresent() != expected.isPresent()) {
      throw expected(
          expected.map(Matching::words).orElse("nothing"),
          actual.map(Matching::words).orElse("nothing"));
    }
    if (actual.isPresent() && expected.isPresent()) {
      value(actual.get(), expected.get());
    }
    path.removeLast();
  }

  private void value(ValueType actual, ValueType expected) throws InvalidComponentException {
    progress.spend(1);
    if (actual == expected && !actual.usesResources()) {
      return;
    }
    if (kind(actual) != kind(expected)) {
      throw expected(words(expected), words(actual));
    }
    if (kind(expected) == Defined.Kind.PRIMITIVE) {
      if (primitive(actual) != primitive(expected)) {
        throw expected(words(expected), words(actual));
      }
      return;
    }
    Defined a = (Defined) actual;
    Defined e = (Defined) expected;
    if (e.kind() == Defined.Kind.OWN || e.kind() == Defined.Kind.BORROW) {
      resource(a.requireResource(), e.requireResource());
      return;
    }
    if (!a.labels().equals(e.labels())) {
      throw expected(
          "a " + e.words() + " of " + shorten(e.labels()), "one of " + shorten(a.labels()));
    }
    if (a.parts().size() != e.parts().size()) {
      throw expected("a " + e.words() + " of " + e.parts().size(), "one of " + a.parts().size());
    }
    for (int i = 0; i < e.parts().size(); i++) {
      part(
          i < e.labels().size() ? "\"" + e.labels().get(i) + "\"" : "element " + i,
          a.parts().get(i),
          e.parts().get(i));
    }
  }

  private void resource(ResourceRef actual, ResourceRef expected) throws InvalidComponentException {
    ResourceRef choice = chosen.get(expected.type());
    ResourceType wanted = choice == null ? expected.type() : choice.type();
    if (actual.type() != wanted) {
      throw expected(wanted.toString(), "another " + actual.type());
    }
  }

  private static Defined.Kind kind(ValueType type) {
    return switch (type) {
      case ValueType.Primitive p -> Defined.Kind.PRIMITIVE;
      case Defined d -> d.kind();
    };
  }

  private static Object primitive(ValueType type) {
    return switch (type) {
      case ValueType.Primitive p -> p.type();
      case Defined d -> d.requirePrimitive();
    };
  }

  private static String words(ValueType type) {
    return switch (type) {
      case ValueType.Primitive p -> p.type().witName();
      case Defined d when d.kind() == Defined.Kind.PRIMITIVE -> d.requirePrimitive().witName();
      case Defined d -> d.words();
    };
  }

  private static String shorten(List<String> labels) {
    return labels.size() <= 8 ? labels.toString() : labels.subList(0, 8) + "…";
  }

  private InvalidComponentException expected(String expected, String found) {
    return mismatch("expected " + expected + ", found " + found);
  }

  private InvalidComponentException mismatch(String problem) {
    return progress.invalid(String.join(", ", path) + ": " + problem);
  }
}
