package io.calcitewasm.component.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Component values as scripts write them: {@code {"type": "u32", "value": "42"}}. */
final class ScriptValues {
  private ScriptValues() {}

  /**
   * The Java value of a type that a script means.
   *
   * @throws IllegalArgumentException if what the script says is no value of the type
   */
  static Object of(JsonNode json, ValType type) {
    JsonNode value = json.path("value");
    ValType structure = type.structure();
    require(json, structure);
    return switch (structure) {
      case PrimitiveType primitive -> primitive(value, primitive);
      case ValType.ListType list -> list(value, list);
      case ValType.RecordType record -> {
        List<Object> fields = new ArrayList<>();
        for (int i = 0; i < record.fields().size(); i++) {
          ValType.Field field = record.fields().get(i);
          JsonNode pair = value.path(i);
          if (!pair.path(0).asText().equals(field.name())) {
            throw new IllegalArgumentException("field " + field.name() + " is missing: " + json);
          }
          fields.add(of(pair.path(1), field.type()));
        }
        yield fields.toArray();
      }
      case ValType.TupleType tuple -> {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < tuple.elements().size(); i++) {
          elements.add(of(value.path(i), tuple.elements().get(i)));
        }
        yield elements.toArray();
      }
      case ValType.VariantType variant -> {
        List<String> names = variant.cases().stream().map(ValType.Case::name).toList();
        JsonNode fields = value.isMissingNode() ? json : value;
        int index = index(names, fields.path("case").asText());
        yield new VariantValue(
            index, optional(fields.path("payload"), variant.cases().get(index).payload()));
      }
      case ValType.EnumType labels -> index(labels.labels(), value.asText());
      case ValType.FlagsType flags -> {
        int bits = 0;
        for (JsonNode label : value) {
          bits |= 1 << index(flags.labels(), label.asText());
        }
        yield bits;
      }
      case ValType.OptionType option ->
          isAbsent(value) ? Optional.empty() : Optional.of(of(value, option.some()));
      case ValType.ResultType result ->
          value.has("Ok")
              ? ResultValue.ok(optional(value.path("Ok"), result.ok()))
              : ResultValue.err(optional(value.path("Err"), result.err()));
      case ValType.OwnType own -> throw new IllegalArgumentException("a script has no handles");
      case ValType.BorrowType borrow ->
          throw new IllegalArgumentException("a script has no handles");
      case ValType.NamedType named -> throw new IllegalStateException("a name is no structure");
    };
  }

  private static final Map<Class<?>, String> WORDS =
      Map.of(
          ValType.ListType.class, "list",
          ValType.RecordType.class, "record",
          ValType.TupleType.class, "tuple",
          ValType.VariantType.class, "variant",
          ValType.EnumType.class, "enum",
          ValType.FlagsType.class, "flags",
          ValType.OptionType.class, "option",
          ValType.ResultType.class, "result");

  private static void require(JsonNode json, ValType structure) {
    String word =
        structure instanceof PrimitiveType primitive
            ? primitive.witName()
            : WORDS.getOrDefault(structure.getClass(), "a handle");
    if (!json.path("type").asText().equals(word)) {
      throw new IllegalArgumentException("the type is " + word + ", the script has " + json);
    }
  }

  private static Object list(JsonNode value, ValType.ListType list) {
    if (list.isBytes()) {
      byte[] bytes = new byte[value.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) value.path(i).path("value").asInt();
      }
      return bytes;
    }
    List<Object> elements = new ArrayList<>();
    for (JsonNode element : value) {
      elements.add(of(element, list.element()));
    }
    return elements;
  }

  private static @Nullable Object optional(JsonNode value, Optional<ValType> type) {
    if (isAbsent(value) != type.isEmpty()) {
      throw new IllegalArgumentException("the payload does not fit: " + value);
    }
    return type.isPresent() ? of(value, type.get()) : null;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static int index(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("\"" + name + "\" is none of " + names);
    }
    return index;
  }

  private static Object primitive(JsonNode value, PrimitiveType type) {
    String text = value.asText();
    return switch (type) {
      case BOOL -> value.asBoolean();
      case S8, U8, S16, U16, S32 -> Integer.parseInt(text);
      case U32, S64 -> Long.parseLong(text);
      case U64 -> Long.parseUnsignedLong(text);
      case F32 -> Float.intBitsToFloat(Integer.parseUnsignedInt(text));
      case F64 -> Double.longBitsToDouble(Long.parseUnsignedLong(text));
      case CHAR -> text.codePointAt(0);
      case STRING -> text;
    };
  }
}
