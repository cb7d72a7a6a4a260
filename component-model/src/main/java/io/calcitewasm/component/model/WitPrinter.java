package io.calcitewasm.component.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints types as a person would write them in WIT (WIT.md of the component-model specification):
 * {@code slugify: func(s: string) -> string}. Named types are printed by their names.
 */
public final class WitPrinter {
  private static final Set<String> KEYWORDS =
      Set.of(
          "as",
          "async",
          "bool",
          "borrow",
          "char",
          "constructor",
          "enum",
          "export",
          "f32",
          "f64",
          "flags",
          "from",
          "func",
          "future",
          "import",
          "include",
          "interface",
          "list",
          "option",
          "own",
          "package",
          "record",
          "resource",
          "result",
          "s16",
          "s32",
          "s64",
          "s8",
          "static",
          "stream",
          "string",
          "tuple",
          "type",
          "u16",
          "u32",
          "u64",
          "u8",
          "use",
          "variant",
          "with",
          "world");

  /** Most characters of a function in a message, about. */
  private static final int LONGEST = 1_000;

  private WitPrinter() {}

  /** A value type where it is used: {@code option<list<date>>}. */
  public static String type(ValType type) {
    return switch (type) {
      case PrimitiveType primitive -> primitive.witName();
      case ValType.NamedType named -> identifier(named.name().name());
      case ValType.ListType list -> "list<" + type(list.element()) + ">";
      case ValType.OptionType option -> "option<" + type(option.some()) + ">";
      case ValType.TupleType tuple ->
          tuple.elements().stream()
              .map(WitPrinter::type)
              .collect(Collectors.joining(", ", "tuple<", ">"));
      case ValType.ResultType result -> result(result.ok(), result.err());
      case ValType.OwnType own -> identifier(own.resource().name());
      case ValType.BorrowType borrow -> "borrow<" + identifier(borrow.resource().name()) + ">";
      case ValType.RecordType record -> "record " + fields(record);
      case ValType.VariantType variant -> "variant " + cases(variant);
      case ValType.EnumType labels -> "enum " + labels(labels.labels());
      case ValType.FlagsType flags -> "flags " + labels(flags.labels());
    };
  }

  /** A function: {@code slugify: func(s: string) -> string}. */
  public static String function(String name, FuncType type) {
    return identifier(name) + ": func" + signature(type.parameters(), type.result());
  }

  /**
   * A function for a message: without its types if they are long, as types that share parts can be
   * that are small in a file.
   */
  public static String shortFunction(String name, FuncType type) {
    List<ValType> types = new ArrayList<>();
    int left = LONGEST - name.length();
    for (ValType.Field parameter : type.parameters()) {
      left -= parameter.name().length();
      types.add(parameter.type());
    }
    type.result().ifPresent(types::add);
    if (left(left, types) >= 0) {
      return function(name, type);
    }
    String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : identifier(name);
    return shown + ": func(…)";
  }

  /** What is left of a number of characters when a type was printed, about; below 0: too little. */
  private static int left(int most, ValType type) {
    if (most < 0) {
      return most;
    }
    int here = most - 1;
    return switch (type) {
      case PrimitiveType _ -> here;
      case ValType.NamedType named -> here - named.name().name().length();
      case ValType.ListType list -> left(here, list.element());
      case ValType.OptionType option -> left(here, option.some());
      case ValType.TupleType tuple -> left(here, tuple.elements());
      case ValType.ResultType result ->
          left(here, Stream.concat(result.ok().stream(), result.err().stream()).toList());
      case ValType.OwnType own -> here - own.resource().name().length();
      case ValType.BorrowType borrow -> here - borrow.resource().name().length();
      case ValType.RecordType record ->
          left(
              here - length(record.fields().stream().map(ValType.Field::name)),
              record.fields().stream().map(ValType.Field::type).toList());
      case ValType.VariantType variant ->
          left(
              here - length(variant.cases().stream().map(ValType.Case::name)),
              variant.cases().stream().flatMap(c -> c.payload().stream()).toList());
      case ValType.EnumType labels -> here - length(labels.labels().stream());
      case ValType.FlagsType flags -> here - length(flags.labels().stream());
    };
  }

  private static int left(int most, List<ValType> types) {
    int left = most;
    for (ValType type : types) {
      left = left(left, type);
    }
    return left;
  }

  private static int length(Stream<String> names) {
    return names.mapToInt(name -> 1 + name.length()).sum();
  }

  /**
   * The body of an interface, one line per item in the order of declaration, without indentation
   * and without the surrounding braces. Methods stand in their resource.
   *
   * @param interfaceName the extern name under which the instance is imported or exported; types
   *     that come from elsewhere are printed as {@code use}
   */
  public static List<String> items(String interfaceName, Map<String, ExternType> exports) {
    Map<String, List<String>> members = new LinkedHashMap<>();
    exports.forEach(
        (name, type) -> {
          if (type instanceof ExternType.Func func && name.startsWith("[")) {
            String label = name.substring(name.indexOf(']') + 1);
            String resource = label.contains(".") ? label.substring(0, label.indexOf('.')) : label;
            members
                .computeIfAbsent(resource, r -> new ArrayList<>())
                .add("  " + member(name, label, func.type()) + ";");
          }
        });
    List<String> lines = new ArrayList<>();
    exports.forEach(
        (name, type) -> {
          switch (type) {
            case ExternType.Func func -> {
              if (!name.startsWith("[")) {
                lines.add(function(name, func.type()) + ";");
              }
            }
            case ExternType.Type value -> lines.add(definition(interfaceName, name, value.type()));
            case ExternType.Resource resource -> {
              List<String> inside = members.getOrDefault(name, List.of());
              if (inside.isEmpty()) {
                lines.add("resource " + identifier(name) + ";");
              } else {
                lines.add("resource " + identifier(name) + " {");
                lines.addAll(inside);
                lines.add("}");
              }
            }
            case ExternType.Instance instance -> {
              lines.add(name + ": interface {");
              items(name, instance.exports()).forEach(line -> lines.add("  " + line));
              lines.add("}");
            }
            case ExternType.Component component -> lines.add("// component " + name);
            case ExternType.CoreModule module -> lines.add("// core module " + name);
          }
        });
    return lines;
  }

  private static String member(String name, String label, FuncType type) {
    if (name.startsWith("[constructor]")) {
      boolean plain = type.result().orElse(null) instanceof ValType.OwnType;
      return "constructor" + signature(type.parameters(), plain ? Optional.empty() : type.result());
    }
    String function = identifier(label.substring(label.indexOf('.') + 1)) + ": ";
    if (name.startsWith("[static]")) {
      return function + "static func" + signature(type.parameters(), type.result());
    }
    List<ValType.Field> withoutSelf =
        type.parameters().subList(Math.min(1, type.parameters().size()), type.parameters().size());
    return function + "func" + signature(withoutSelf, type.result());
  }

  private static String definition(String interfaceName, String name, ValType type) {
    String identifier = identifier(name);
    if (type instanceof ValType.NamedType named) {
      TypeName origin = named.name();
      if (!origin.interfaceName().equals(interfaceName)) {
        String used = identifier(origin.name());
        return "use "
            + origin.interfaceName()
            + ".{"
            + used
            + (origin.name().equals(name) ? "" : " as " + identifier)
            + "};";
      }
      if (!origin.name().equals(name)) {
        return "type " + identifier + " = " + identifier(origin.name()) + ";";
      }
    }
    return switch (type.structure()) {
      case ValType.RecordType record -> "record " + identifier + " " + fields(record);
      case ValType.VariantType variant -> "variant " + identifier + " " + cases(variant);
      case ValType.EnumType labels -> "enum " + identifier + " " + labels(labels.labels());
      case ValType.FlagsType flags -> "flags " + identifier + " " + labels(flags.labels());
      case ValType other -> "type " + identifier + " = " + type(other) + ";";
    };
  }

  private static String signature(List<ValType.Field> parameters, Optional<ValType> result) {
    return parameters.stream()
            .map(p -> identifier(p.name()) + ": " + type(p.type()))
            .collect(Collectors.joining(", ", "(", ")"))
        + result.map(r -> " -> " + type(r)).orElse("");
  }

  private static String result(Optional<ValType> ok, Optional<ValType> err) {
    if (err.isPresent()) {
      return "result<" + ok.map(WitPrinter::type).orElse("_") + ", " + type(err.get()) + ">";
    }
    return ok.map(t -> "result<" + type(t) + ">").orElse("result");
  }

  private static String fields(ValType.RecordType record) {
    return record.fields().stream()
        .map(f -> identifier(f.name()) + ": " + type(f.type()))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static String cases(ValType.VariantType variant) {
    return variant.cases().stream()
        .map(c -> identifier(c.name()) + c.payload().map(p -> "(" + type(p) + ")").orElse(""))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static String labels(List<String> labels) {
    return labels.stream()
        .map(WitPrinter::identifier)
        .collect(Collectors.joining(", ", "{ ", " }"));
  }

  /** A label as WIT writes it: keywords get a percent sign. */
  private static String identifier(String label) {
    return KEYWORDS.contains(label) ? "%" + label : label;
  }
}
