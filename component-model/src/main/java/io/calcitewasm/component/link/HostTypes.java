package io.calcitewasm.component.link;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the types that a host declares with those that a component imports. */
final class HostTypes {
  /** The host's resource types by the component's. */
  private final Map<ResourceType, ResourceType> resources = new IdentityHashMap<>();

  /** Learns what host resource serves an imported one. */
  void serve(ResourceType imported, ResourceType hosts) {
    resources.put(imported, hosts);
  }

  /** Whether an imported resource is served by another type of the host's. */
  boolean servedByAnother(ResourceType imported, ResourceType hosts) {
    ResourceType known = resources.get(imported);
    return known != null && known != hosts;
  }

  /** Whether a function type that the host declares is the imported one. */
  boolean same(FuncType declared, FuncType imported) {
    return fields(declared.parameters(), imported.parameters())
        && optional(declared.result(), imported.result());
  }

  private boolean fields(List<ValType.Field> a, List<ValType.Field> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).name().equals(b.get(i).name()) || !same(a.get(i).type(), b.get(i).type())) {
        return false;
      }
    }
    return true;
  }

  private boolean optional(Optional<ValType> a, Optional<ValType> b) {
    return a.isPresent() == b.isPresent() && (a.isEmpty() || same(a.get(), b.orElseThrow()));
  }

  private boolean same(ValType declared, ValType imported) {
    ValType b = imported.structure();
    return switch (declared.structure()) {
      case PrimitiveType a -> a == b;
      case ValType.ListType a ->
          b instanceof ValType.ListType list && same(a.element(), list.element());
      case ValType.RecordType a ->
          b instanceof ValType.RecordType record && fields(a.fields(), record.fields());
      case ValType.TupleType a ->
          b instanceof ValType.TupleType tuple && all(a.elements(), tuple.elements());
      case ValType.VariantType a ->
          b instanceof ValType.VariantType variant && cases(a.cases(), variant.cases());
      case ValType.EnumType a -> a.equals(b);
      case ValType.FlagsType a -> a.equals(b);
      case ValType.OptionType a ->
          b instanceof ValType.OptionType option && same(a.some(), option.some());
      case ValType.ResultType a ->
          b instanceof ValType.ResultType result
              && optional(a.ok(), result.ok())
              && optional(a.err(), result.err());
      case ValType.OwnType a ->
          b instanceof ValType.OwnType own && a.resource() == resources.get(own.resource());
      case ValType.BorrowType a ->
          b instanceof ValType.BorrowType borrow
              && a.resource() == resources.get(borrow.resource());
      case ValType.NamedType a -> throw new IllegalStateException("a name is no structure");
    };
  }

  private boolean all(List<ValType> a, List<ValType> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean cases(List<ValType.Case> a, List<ValType.Case> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).name().equals(b.get(i).name())
          || !optional(a.get(i).payload(), b.get(i).payload())) {
        return false;
      }
    }
    return true;
  }
}
