package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.ExternName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of one list of imports or exports (Binary.md, notes on "Import and Export
 * Definitions"): well formed, strongly unique, and annotated only where the type allows it.
 */
final class Externs {
  private final String what;
  private final Progress progress;
  private final Map<String, String> names = new HashMap<>();
  private final Map<ResourceRef, String> resources = new IdentityHashMap<>();
  private final Set<String> resourceNames = new HashSet<>();

  /**
   * Names of one list.
   *
   * @param what {@code "import"} or {@code "export"}
   */
  Externs(String what, Progress progress) {
    this.what = what;
    this.progress = progress;
  }

  /** Checks one name with the type of what it stands for, and remembers it. */
  void add(ExternName name, Entity entity) throws InvalidComponentException {
    ParsedName parsed = unique(name);
    if (entity instanceof Entity.Type type
        && type.item() instanceof ResourceRef resource
        && parsed.form() == ParsedName.Form.LABEL) {
      resources.put(resource, name.text());
      resourceNames.add(name.text());
    }
    annotation(parsed, name.text(), entity);
    attributes(name, parsed, entity);
  }

  /**
   * As {@link #add}, in a bundle of existing definitions: there a resource gets no name of its own,
   * so that functions cannot be its methods.
   */
  void addToBundle(ExternName name, Entity entity) throws InvalidComponentException {
    ParsedName parsed = unique(name);
    annotation(parsed, name.text(), entity);
    attributes(name, parsed, entity);
  }

  private ParsedName unique(ExternName name) throws InvalidComponentException {
    ParsedName parsed = ParsedName.parse(name.text(), progress);
    String earlier = names.putIfAbsent(parsed.uniqueForm(), name.text());
    if (earlier != null) {
      throw progress.invalid(
          earlier.equals(name.text())
              ? "the " + what + " \"" + earlier + "\" stands twice"
              : "the "
                  + what
                  + " names \""
                  + earlier
                  + "\" and \""
                  + name.text()
                  + "\" are too"
                  + " similar");
    }
    return parsed;
  }

  private void annotation(ParsedName name, String text, Entity entity)
      throws InvalidComponentException {
    switch (name.form()) {
      case LABEL, INTERFACE -> {}
      case CONSTRUCTOR -> {
        Optional<ValueType> result = function(text, entity).result();
        Optional<ResourceRef> made = result.flatMap(Externs::constructed);
        requireResource(name, text, made, "return own<" + name.resource() + ">");
      }
      case METHOD -> {
        FunctionType function = function(text, entity);
        boolean self =
            !function.parameters().isEmpty() && function.names().getFirst().equals("self");
        Optional<ResourceRef> receiver =
            self ? handle(function.parameters().getFirst(), Defined.Kind.BORROW) : Optional.empty();
        requireResource(name, text, receiver, "take self: borrow<" + name.resource() + "> first");
      }
      case STATIC -> {
        function(text, entity);
        if (!resourceNames.contains(name.resource())) {
          throw progress.invalid(
              "the "
                  + what
                  + " \""
                  + text
                  + "\" belongs to the resource \""
                  + name.resource()
                  + "\", which stands nowhere before it");
        }
      }
    }
  }

  private FunctionType function(String text, Entity entity) throws InvalidComponentException {
    if (entity instanceof Entity.Func func) {
      return func.type();
    }
    throw progress.invalid(
        "the " + what + " \"" + text + "\" is named like a function and is a " + entity.words());
  }

  private void requireResource(
      ParsedName name, String text, Optional<ResourceRef> resource, String duty)
      throws InvalidComponentException {
    if (resource.isEmpty() || !name.resource().equals(resources.get(resource.get()))) {
      throw progress.invalid(
          "the "
              + what
              + " \""
              + text
              + "\" must "
              + duty
              + ", of the resource that stands under"
              + " that name before it");
    }
  }

  private static Optional<ResourceRef> constructed(ValueType result) {
    if (result instanceof Defined defined && defined.kind() == Defined.Kind.RESULT) {
      return defined.parts().getFirst().flatMap(ok -> handle(ok, Defined.Kind.OWN));
    }
    return handle(result, Defined.Kind.OWN);
  }

  private static Optional<ResourceRef> handle(ValueType type, Defined.Kind kind) {
    return type instanceof Defined defined && defined.kind() == kind
        ? Optional.of(defined.requireResource())
        : Optional.empty();
  }

  private void attributes(ExternName name, ParsedName parsed, Entity entity)
      throws InvalidComponentException {
    if (name.implemented().isPresent()) {
      String implemented = name.implemented().get();
      if (parsed.form() != ParsedName.Form.LABEL || !(entity instanceof Entity.Instance)) {
        throw progress.invalid(
            "only an instance under a plain name can implement \"" + implemented + "\"");
      }
      ParsedName.checkInterface(implemented, progress);
    }
    if (name.versionSuffix().isPresent()
        && (parsed.form() != ParsedName.Form.INTERFACE
            || !(entity instanceof Entity.Instance)
            || !ParsedName.isVersion(name.text(), name.versionSuffix().get()))) {
      throw progress.invalid(
          "the version suffix \""
              + name.versionSuffix().get()
              + "\" does not complete the version"
              + " of \""
              + name.text()
              + "\"");
    }
  }
}
