package io.calcitewasm.component.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Types and values as JSON that needs no knowledge of Java. A type is an object: {@code k} is its
 * kind, {@code e} its element or elements, {@code f} its fields and {@code c} its cases with their
 * names, {@code l} its labels. Values: numbers, but 64-bit integers are decimal strings and floats
 * hexadecimal bits or {@code "nan"}; records, tuples and lists are arrays, variants {@code [case,
 * payload]}, enums and flags numbers, options {@code []} or {@code [some]}, results {@code ["ok",
 * value]}.
 */
final class JsonTypes {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonTypes() {}

  static JsonNode of(ValType type) {
    ObjectNode node = JSON.objectNode();
    switch (type.structure()) {
      case PrimitiveType primitive -> node.put("k", primitive.witName());
      case ValType.ListType list -> node.put("k", "list").set("e", of(list.element()));
      case ValType.RecordType record -> {
        ArrayNode fields = node.put("k", "record").putArray("f");
        record.fields().forEach(f -> fields.addArray().add(f.name()).add(of(f.type())));
      }
      case ValType.TupleType tuple -> {
        ArrayNode elements = node.put("k", "tuple").putArray("e");
        tuple.elements().forEach(e -> elements.add(of(e)));
      }
      case ValType.VariantType variant -> {
        ArrayNode cases = node.put("k", "variant").putArray("c");
        variant.cases().forEach(c -> cases.addArray().add(c.name()).add(optional(c.payload())));
      }
      case ValType.EnumType labels -> {
        ArrayNode names = node.put("k", "enum").putArray("l");
        labels.labels().forEach(names::add);
      }
      case ValType.FlagsType flags -> {
        ArrayNode names = node.put("k", "flags").putArray("l");
        flags.labels().forEach(names::add);
      }
      case ValType.OptionType option -> node.put("k", "option").set("e", of(option.some()));
      case ValType.ResultType result -> {
        node.put("k", "result").set("ok", optional(result.ok()));
        node.set("err", optional(result.err()));
      }
      case ValType.OwnType own -> throw new IllegalArgumentException("handles have no JSON");
      case ValType.BorrowType borrow -> throw new IllegalArgumentException("handles have no JSON");
      case ValType.NamedType named -> throw new IllegalStateException("a name is no structure");
    }
    return node;
  }

  private static JsonNode optional(Optional<ValType> type) {
    return type.isPresent() ? of(type.get()) : JSON.nullNode();
  }

  static JsonNode value(ValType type, @Nullable Object value) {
    Objects.requireNonNull(value);
    return switch (type.structure()) {
      case PrimitiveType primitive -> primitive(primitive, value);
      case ValType.ListType list -> {
        ArrayNode items = JSON.arrayNode();
        if (value instanceof byte[] bytes) {
          for (byte b : bytes) {
            items.add(b & 0xff);
          }
        } else {
          ((List<?>) value).forEach(item -> items.add(value(list.element(), item)));
        }
        yield items;
      }
      case ValType.RecordType record ->
          all(record.fields().stream().map(ValType.Field::type).toList(), (Object[]) value);
      case ValType.TupleType tuple -> all(tuple.elements(), (Object[]) value);
      case ValType.VariantType variant -> {
        VariantValue taken = (VariantValue) value;
        yield JSON.arrayNode()
            .add(taken.caseIndex())
            .add(payload(variant.cases().get(taken.caseIndex()).payload(), taken.payload()));
      }
      case ValType.EnumType labels -> JSON.numberNode((Integer) value);
      case ValType.FlagsType flags -> JSON.numberNode((Integer) value & 0xffff_ffffL);
      case ValType.OptionType option -> {
        ArrayNode some = JSON.arrayNode();
        ((Optional<?>) value).ifPresent(v -> some.add(value(option.some(), v)));
        yield some;
      }
      case ValType.ResultType result -> {
        ResultValue taken = (ResultValue) value;
        yield JSON.arrayNode()
            .add(taken.isOk() ? "ok" : "err")
            .add(payload(taken.isOk() ? result.ok() : result.err(), taken.value()));
      }
      case ValType.OwnType own -> throw new IllegalArgumentException("handles have no JSON");
      case ValType.BorrowType borrow -> throw new IllegalArgumentException("handles have no JSON");
      case ValType.NamedType named -> throw new IllegalStateException("a name is no structure");
    };
  }

  private static JsonNode payload(Optional<ValType> type, @Nullable Object value) {
    return type.isPresent() ? value(type.get(), value) : JSON.nullNode();
  }

  private static ArrayNode all(List<ValType> types, Object[] values) {
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < values.length; i++) {
      items.add(value(types.get(i), values[i]));
    }
    return items;
  }

  private static JsonNode primitive(PrimitiveType type, Object value) {
    return switch (type) {
      case BOOL -> JSON.booleanNode((Boolean) value);
      case S8, U8, S16, U16, S32 -> JSON.numberNode((Integer) value);
      case U32 -> JSON.numberNode((Long) value);
      case S64 -> JSON.textNode(value.toString());
      case U64 -> JSON.textNode(Long.toUnsignedString((Long) value));
      case F32 -> {
        float f = (Float) value;
        yield JSON.textNode(Float.isNaN(f) ? "nan" : Integer.toHexString(Float.floatToIntBits(f)));
      }
      case F64 -> {
        double d = (Double) value;
        yield JSON.textNode(Double.isNaN(d) ? "nan" : Long.toHexString(Double.doubleToLongBits(d)));
      }
      case CHAR -> JSON.textNode(Character.toString((Integer) value));
      case STRING -> JSON.textNode((String) value);
    };
  }
}
