package io.calcitewasm.host.wit;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a component imports with the interfaces as they are served (Explainer.md, "Type
 * Checking"). Names of parameters and of types take no part; labels of records, variants, enums and
 * flags do. A resource of the component stands for one resource of the host throughout.
 *
 * <p>One object serves one component: it remembers which resource stands for which.
 */
public final class TypeAgreement {
  private final Map<ResourceType, ResourceType> hostResources = new HashMap<>();

  /**
   * Checks one imported instance.
   *
   * @return what does not agree, as a clause that follows the import's name; empty if all does
   */
  public Optional<String> problem(ExternType.Instance imported, WitInterface served) {
    for (Map.Entry<String, ExternType> export : imported.exports().entrySet()) {
      if (export.getValue() instanceof ExternType.Resource resource) {
        ResourceType host = served.resources().get(export.getKey());
        ResourceType bound = host == null ? null : hostResources.put(resource.type(), host);
        if (host == null || (bound != null && bound != host)) {
          return Optional.of("the interface has no such resource \"" + export.getKey() + "\"");
        }
      }
    }
    for (Map.Entry<String, ExternType> export : imported.exports().entrySet()) {
      Optional<String> problem =
          switch (export.getValue()) {
            case ExternType.Func function ->
                problem(export.getKey(), function.type(), served.functions().get(export.getKey()));
            case ExternType.Resource _, ExternType.Type _ -> Optional.empty();
            default -> Optional.of("the interface exports no \"" + export.getKey() + "\"");
          };
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<String> problem(String name, FuncType imported, @Nullable FuncType served) {
    if (served == null) {
      return Optional.of("the interface has no function \"" + name + "\"");
    }
    return pairs(
            imported.parameters(),
            served.parameters(),
            "parameters",
            (a, b) -> difference(a.type(), b.type()))
        .or(() -> optional(imported.result(), served.result()).map(p -> "result: " + p))
        .map(p -> "function \"" + name + "\" is imported with another type (" + p + ")");
  }

  private Optional<String> difference(ValType imported, ValType served) {
    ValType type = imported.structure();
    return switch (served.structure()) {
      case PrimitiveType primitive when type == primitive -> Optional.empty();
      case ValType.ListType(ValType element) when type instanceof ValType.ListType(ValType other) ->
          difference(other, element);
      case ValType.OptionType(ValType some)
          when type instanceof ValType.OptionType(ValType other) ->
          difference(other, some);
      case ValType.RecordType record when type instanceof ValType.RecordType other ->
          pairs(other.fields(), record.fields(), "fields", this::field);
      case ValType.TupleType tuple when type instanceof ValType.TupleType other ->
          pairs(other.elements(), tuple.elements(), "elements", this::difference);
      case ValType.VariantType variant when type instanceof ValType.VariantType other ->
          pairs(other.cases(), variant.cases(), "cases", this::variantCase);
      case ValType.ResultType result when type instanceof ValType.ResultType other ->
          optional(other.ok(), result.ok()).or(() -> optional(other.err(), result.err()));
      case ValType.EnumType labels when type.equals(labels) -> Optional.empty();
      case ValType.FlagsType labels when type.equals(labels) -> Optional.empty();
      case ValType.OwnType own
          when type instanceof ValType.OwnType other && same(other.resource(), own.resource()) ->
          Optional.empty();
      case ValType.BorrowType borrow
          when type instanceof ValType.BorrowType other
              && same(other.resource(), borrow.resource()) ->
          Optional.empty();
      case ValType other -> Optional.of(kind(type) + " instead of " + kind(other));
    };
  }

  private Optional<String> field(ValType.Field imported, ValType.Field served) {
    return label(imported.name(), served.name())
        .or(() -> difference(imported.type(), served.type()));
  }

  private Optional<String> variantCase(ValType.Case imported, ValType.Case served) {
    return label(imported.name(), served.name())
        .or(() -> optional(imported.payload(), served.payload()));
  }

  private static Optional<String> label(String imported, String served) {
    return imported.equals(served)
        ? Optional.empty()
        : Optional.of("\"" + imported + "\" instead of \"" + served + "\"");
  }

  private Optional<String> optional(Optional<ValType> imported, Optional<ValType> served) {
    if (imported.isPresent() != served.isPresent()) {
      return Optional.of(
          imported.map(TypeAgreement::kind).orElse("nothing")
              + " instead of "
              + served.map(TypeAgreement::kind).orElse("nothing"));
    }
    return imported.flatMap(type -> difference(type, served.orElseThrow()));
  }

  private static <T> Optional<String> pairs(
      List<T> imported, List<T> served, String what, BiFunction<T, T, Optional<String>> compare) {
    if (imported.size() != served.size()) {
      return Optional.of(imported.size() + " " + what + " instead of " + served.size());
    }
    for (int i = 0; i < imported.size(); i++) {
      Optional<String> problem = compare.apply(imported.get(i), served.get(i));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private boolean same(ResourceType imported, ResourceType served) {
    return hostResources.get(imported) == served;
  }

  private static String kind(ValType type) {
    return switch (type.structure()) {
      case PrimitiveType primitive -> primitive.witName();
      case ValType.ListType _ -> "list";
      case ValType.RecordType _ -> "record";
      case ValType.TupleType _ -> "tuple";
      case ValType.VariantType _ -> "variant";
      case ValType.EnumType _ -> "another enum";
      case ValType.FlagsType _ -> "other flags";
      case ValType.OptionType _ -> "option";
      case ValType.ResultType _ -> "result";
      case ValType.OwnType own -> "own<" + own.resource().name() + ">";
      case ValType.BorrowType borrow -> "borrow<" + borrow.resource().name() + ">";
      case ValType.NamedType named -> named.name().toString();
    };
  }
}
