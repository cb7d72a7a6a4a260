package io.calcitewasm.host.wit;

import io.calcitewasm.component.model.PrimitiveType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads WIT text: a package header and its interfaces (WIT.md, "Item: interface"). Worlds and
 * feature gates are passed over, versions dropped: functions are told apart by name alone.
 */
final class WitParser {
  private final WitTokens tokens;
  private String packageName = "";

  private WitParser(String text) {
    this.tokens = new WitTokens(text);
  }

  /**
   * The items of each interface by its name, e.g. {@code wasi:io/poll}.
   *
   * @throws IllegalArgumentException the text is no WIT; the message names the line
   */
  static Map<String, List<WitItem>> parse(String text) {
    return new WitParser(text).file();
  }

  private Map<String, List<WitItem>> file() {
    Map<String, List<WitItem>> interfaces = new LinkedHashMap<>();
    while (!tokens.atEnd()) {
      skipGates();
      switch (tokens.take()) {
        case "package" -> {
          packageName = tokens.name();
          tokens.expect(":");
          packageName += ":" + tokens.name();
          skipVersion();
          tokens.expect(";");
        }
        case "world" -> {
          tokens.name();
          tokens.skipGroup("{", "}");
        }
        case "interface" -> interfaces.put(packageName + "/" + tokens.name(), items());
        default -> throw tokens.error("expected a package, world or interface");
      }
    }
    return interfaces;
  }

  private List<WitItem> items() {
    List<WitItem> items = new ArrayList<>();
    tokens.expect("{");
    while (!tokens.takeIf("}")) {
      skipGates();
      switch (tokens.peek()) {
        case "use" -> items.add(use());
        case "type", "record", "variant", "enum", "flags" -> items.add(typeDefinition());
        case "resource" -> resource(items);
        default -> {
          String name = tokens.name();
          tokens.expect(":");
          items.add(signature(name, List.of()));
          tokens.expect(";");
        }
      }
    }
    return items;
  }

  private WitItem use() {
    tokens.expect("use");
    String from = tokens.name();
    if (tokens.takeIf(":")) {
      from += ":" + tokens.name();
      tokens.expect("/");
      from += "/" + tokens.name();
      skipVersion();
    } else {
      from = packageName + "/" + from;
    }
    tokens.expect(".");
    Map<String, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, String> name : list("{", "}", this::usedName)) {
      names.put(name.getKey(), name.getValue());
    }
    tokens.expect(";");
    return new WitItem.Use(from, names);
  }

  /** {@code name} or {@code name as local}: the local name and the name at its origin. */
  private Map.Entry<String, String> usedName() {
    String name = tokens.name();
    return Map.entry(tokens.takeIf("as") ? tokens.name() : name, name);
  }

  private WitItem typeDefinition() {
    String keyword = tokens.take();
    String name = tokens.name();
    return switch (keyword) {
      case "type" -> {
        tokens.expect("=");
        WitItem.Type type = type();
        tokens.expect(";");
        yield new WitItem.TypeDefinition(name, type);
      }
      case "record" ->
          new WitItem.TypeDefinition(name, new WitItem.Type.RecordOf(list("{", "}", this::field)));
      case "variant" ->
          new WitItem.TypeDefinition(
              name, new WitItem.Type.VariantOf(list("{", "}", this::variantCase)));
      case "enum" ->
          new WitItem.TypeDefinition(name, new WitItem.Type.EnumOf(list("{", "}", tokens::name)));
      default ->
          new WitItem.TypeDefinition(name, new WitItem.Type.FlagsOf(list("{", "}", tokens::name)));
    };
  }

  private void resource(List<WitItem> items) {
    tokens.expect("resource");
    String resource = tokens.name();
    items.add(new WitItem.ResourceDefinition(resource));
    if (tokens.takeIf(";")) {
      return;
    }
    tokens.expect("{");
    while (!tokens.takeIf("}")) {
      skipGates();
      String name = tokens.name();
      if (name.equals("constructor") && tokens.peek().equals("(")) {
        List<WitItem.Field> parameters = list("(", ")", this::field);
        Optional<WitItem.Type> result =
            tokens.takeIf("->")
                ? Optional.of(type())
                : Optional.of(new WitItem.Type.Named(resource));
        items.add(new WitItem.Function("[constructor]" + resource, parameters, result));
      } else {
        items.add(member(resource, name));
      }
      tokens.expect(";");
    }
  }

  private WitItem member(String resource, String name) {
    tokens.expect(":");
    if (tokens.takeIf("static")) {
      return signature("[static]" + resource + "." + name, List.of());
    }
    WitItem.Field self = new WitItem.Field("self", new WitItem.Type.Borrow(resource));
    return signature("[method]" + resource + "." + name, List.of(self));
  }

  private WitItem signature(String name, List<WitItem.Field> leading) {
    tokens.expect("func");
    List<WitItem.Field> parameters = new ArrayList<>(leading);
    parameters.addAll(list("(", ")", this::field));
    Optional<WitItem.Type> result = tokens.takeIf("->") ? Optional.of(type()) : Optional.empty();
    return new WitItem.Function(name, parameters, result);
  }

  private WitItem.Field field() {
    String name = tokens.name();
    tokens.expect(":");
    return new WitItem.Field(name, type());
  }

  private WitItem.Case variantCase() {
    String name = tokens.name();
    if (!tokens.takeIf("(")) {
      return new WitItem.Case(name, Optional.empty());
    }
    WitItem.Type payload = type();
    tokens.expect(")");
    return new WitItem.Case(name, Optional.of(payload));
  }

  private WitItem.Type type() {
    String name = tokens.name();
    return switch (name) {
      case "list" -> new WitItem.Type.ListOf(argument());
      case "option" -> new WitItem.Type.OptionOf(argument());
      case "tuple" -> new WitItem.Type.TupleOf(list("<", ">", this::type));
      case "borrow" -> new WitItem.Type.Borrow(nameArgument());
      case "own" -> new WitItem.Type.Named(nameArgument());
      case "result" -> result();
      default -> primitive(name).orElseGet(() -> new WitItem.Type.Named(name));
    };
  }

  private static Optional<WitItem.Type> primitive(String name) {
    for (PrimitiveType primitive : PrimitiveType.values()) {
      if (primitive.witName().equals(name)) {
        return Optional.of(new WitItem.Type.Primitive(primitive));
      }
    }
    return Optional.empty();
  }

  private WitItem.Type argument() {
    tokens.expect("<");
    WitItem.Type type = type();
    tokens.expect(">");
    return type;
  }

  private String nameArgument() {
    tokens.expect("<");
    String name = tokens.name();
    tokens.expect(">");
    return name;
  }

  private WitItem.Type result() {
    if (!tokens.takeIf("<")) {
      return new WitItem.Type.ResultOf(Optional.empty(), Optional.empty());
    }
    Optional<WitItem.Type> ok = tokens.takeIf("_") ? Optional.empty() : Optional.of(type());
    Optional<WitItem.Type> err = tokens.takeIf(",") ? Optional.of(type()) : Optional.empty();
    tokens.expect(">");
    return new WitItem.Type.ResultOf(ok, err);
  }

  private <T> List<T> list(String open, String close, Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    tokens.expect(open);
    while (!tokens.takeIf(close)) {
      skipGates();
      elements.add(element.get());
      if (!tokens.takeIf(",")) {
        tokens.expect(close);
        break;
      }
    }
    return elements;
  }

  /** Passes over {@code @since(…)}, {@code @unstable(…)}, {@code @deprecated(…)}. */
  private void skipGates() {
    while (tokens.takeIf("@")) {
      tokens.name();
      tokens.skipGroup("(", ")");
    }
  }

  private void skipVersion() {
    if (tokens.peek().startsWith("@")) {
      tokens.take();
    }
  }
}
