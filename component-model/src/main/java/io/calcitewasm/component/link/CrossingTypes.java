package io.calcitewasm.component.link;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What has to be done beyond passing core values when a value of a type crosses a border. */
final class CrossingTypes {
  private CrossingTypes() {}

  /** Whether a value has contents that are allocated on their own: strings and lists. */
  static boolean holdsContent(ValType type) {
    return holds(type, t -> t == PrimitiveType.STRING || t instanceof ValType.ListType);
  }

  /** Whether a value has handles in it. */
  static boolean holdsHandles(ValType type) {
    return holds(type, t -> t instanceof ValType.OwnType || t instanceof ValType.BorrowType);
  }

  private static boolean holds(ValType type, Predicate<ValType> what) {
    ValType structure = type.structure();
    return what.test(structure) || parts(structure).anyMatch(part -> holds(part, what));
  }

  private static Stream<ValType> parts(ValType structure) {
    return switch (structure) {
      case ValType.ListType list -> Stream.of(list.element());
      case ValType.RecordType record -> record.fields().stream().map(ValType.Field::type);
      case ValType.TupleType tuple -> tuple.elements().stream();
      case ValType.VariantType variant ->
          variant.cases().stream().flatMap(c -> c.payload().stream());
      case ValType.OptionType option -> Stream.of(option.some());
      case ValType.ResultType result -> Stream.concat(result.ok().stream(), result.err().stream());
      default -> Stream.empty();
    };
  }
}
