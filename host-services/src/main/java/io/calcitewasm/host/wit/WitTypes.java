package io.calcitewasm.host.wit;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of interfaces read from WIT texts that may use each other's types. Resource types are
 * generative: each resource definition is one {@link ResourceType} in the whole set.
 */
public final class WitTypes {
  private final Map<String, List<WitItem>> texts;
  private final Map<String, Scope> scopes = new LinkedHashMap<>();
  private final Map<String, WitInterface> interfaces = new LinkedHashMap<>();

  private WitTypes(Map<String, List<WitItem>> texts) {
    this.texts = texts;
    texts.keySet().forEach(name -> interfaces.put(name, resolve(name)));
  }

  /**
   * Reads and resolves interfaces.
   *
   * @param texts each a package header and interfaces
   * @throws IllegalArgumentException a text is no WIT, or uses what no text defines
   */
  public static WitTypes of(Collection<String> texts) {
    Map<String, List<WitItem>> items = new LinkedHashMap<>();
    texts.forEach(text -> items.putAll(WitParser.parse(text)));
    return new WitTypes(items);
  }

  /**
   * The functions that a text declares, by their names in the binary format; no type is looked at.
   *
   * @throws IllegalArgumentException the text is no WIT
   */
  public static Set<String> functionNames(String text) {
    return WitParser.parse(text).values().stream()
        .flatMap(List::stream)
        .filter(WitItem.Function.class::isInstance)
        .map(item -> ((WitItem.Function) item).name())
        .collect(Collectors.toSet());
  }

  /** The interfaces' names, without versions. */
  public Set<String> names() {
    return interfaces.keySet();
  }

  /**
   * One interface.
   *
   * @param name without version, e.g. {@code wasi:io/poll}
   * @throws IllegalArgumentException there is none of that name
   */
  public WitInterface get(String name) {
    WitInterface found = interfaces.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no WIT text defines the interface " + name);
    }
    return found;
  }

  private WitInterface resolve(String name) {
    Scope scope = scope(name);
    Map<String, FuncType> functions = new LinkedHashMap<>();
    for (WitItem item : texts.getOrDefault(name, List.of())) {
      if (item instanceof WitItem.Function function) {
        functions.put(
            function.name(),
            new FuncType(scope.fields(function.parameters()), scope.optional(function.result())));
      }
    }
    Map<String, ResourceType> resources = new LinkedHashMap<>();
    scope.uses.forEach(
        (local, origin) -> {
          if (scope(origin.interfaceName).lookup(origin.name) instanceof ValType.OwnType own) {
            resources.put(local, own.resource());
          }
        });
    scope.definitions.forEach(
        (alias, type) -> {
          if (type instanceof WitItem.Type.Named
              && scope.lookup(alias) instanceof ValType.OwnType own) {
            resources.put(alias, own.resource());
          }
        });
    resources.putAll(scope.resources);
    return new WitInterface(name, functions, resources, scope.resources);
  }

  private Scope scope(String name) {
    Scope known = scopes.get(name);
    if (known == null) {
      List<WitItem> items = texts.get(name);
      if (items == null) {
        throw new IllegalArgumentException("no WIT text defines the interface " + name);
      }
      known = new Scope(name, items);
      scopes.put(name, known);
    }
    return known;
  }

  private record Origin(String interfaceName, String name) {}

  /** The names of one interface; definitions may stand after their uses. */
  private final class Scope {
    private final String name;
    private final Map<String, Origin> uses = new LinkedHashMap<>();
    private final Map<String, WitItem.Type> definitions = new LinkedHashMap<>();
    private final Map<String, ResourceType> resources = new LinkedHashMap<>();

    Scope(String name, List<WitItem> items) {
      this.name = name;
      for (WitItem item : items) {
        switch (item) {
          case WitItem.Use use ->
              use.names()
                  .forEach((local, origin) -> uses.put(local, new Origin(use.from(), origin)));
          case WitItem.TypeDefinition type -> definitions.put(type.name(), type.type());
          case WitItem.ResourceDefinition resource ->
              resources.put(resource.name(), new ResourceType(resource.name()));
          case WitItem.Function _ -> {}
        }
      }
    }

    ValType lookup(String type) {
      ResourceType resource = resources.get(type);
      if (resource != null) {
        return new ValType.OwnType(resource);
      }
      WitItem.Type definition = definitions.get(type);
      if (definition != null) {
        return resolve(definition);
      }
      Origin origin = uses.get(type);
      if (origin != null) {
        return scope(origin.interfaceName).lookup(origin.name);
      }
      throw new IllegalArgumentException("interface " + name + " has no type " + type);
    }

    private ValType resolve(WitItem.Type type) {
      return switch (type) {
        case WitItem.Type.Primitive primitive -> primitive.type();
        case WitItem.Type.Named named -> lookup(named.name());
        case WitItem.Type.Borrow borrow -> borrow(borrow.resource());
        case WitItem.Type.ListOf list -> new ValType.ListType(resolve(list.element()));
        case WitItem.Type.OptionOf option -> new ValType.OptionType(resolve(option.some()));
        case WitItem.Type.ResultOf result ->
            new ValType.ResultType(optional(result.ok()), optional(result.err()));
        case WitItem.Type.TupleOf tuple ->
            new ValType.TupleType(tuple.elements().stream().map(this::resolve).toList());
        case WitItem.Type.RecordOf fields -> new ValType.RecordType(fields(fields.fields()));
        case WitItem.Type.VariantOf variant ->
            new ValType.VariantType(
                variant.cases().stream()
                    .map(c -> new ValType.Case(c.name(), optional(c.payload())))
                    .toList());
        case WitItem.Type.EnumOf labels -> new ValType.EnumType(labels.labels());
        case WitItem.Type.FlagsOf labels -> new ValType.FlagsType(labels.labels());
      };
    }

    private ValType borrow(String resource) {
      if (lookup(resource) instanceof ValType.OwnType own) {
        return new ValType.BorrowType(own.resource());
      }
      throw new IllegalArgumentException("interface " + name + ": no resource " + resource);
    }

    List<ValType.Field> fields(List<WitItem.Field> fields) {
      return fields.stream().map(f -> new ValType.Field(f.name(), resolve(f.type()))).toList();
    }

    Optional<ValType> optional(Optional<WitItem.Type> type) {
      return type.map(this::resolve);
    }
  }
}
