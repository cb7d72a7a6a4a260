package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.signature.ContractType;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts argument converters together, type by type. */
final class ArgumentConverters {
  private ArgumentConverters() {}

  static ArgumentConverter of(ValType type) {
    Optional<ContractType> contract = ContractType.of(type);
    if (contract.isPresent()) {
      return contract(contract.get());
    }
    return switch (type.structure()) {
      case PrimitiveType primitive -> primitive(primitive);
      case ValType.ListType list ->
          list.isBytes() ? Values::bytes : CompositeArguments.list(of(list.element()));
      case ValType.RecordType record -> CompositeArguments.record(record);
      case ValType.TupleType tuple -> CompositeArguments.tuple(tuple);
      case ValType.VariantType variant -> VariantArguments.variant(variant);
      case ValType.EnumType labels -> CompositeArguments.labelled(labels);
      case ValType.FlagsType labels -> CompositeArguments.flags(labels);
      case ValType.OptionType option -> option(of(option.some()));
      case ValType.ResultType result -> VariantArguments.result(result);
      case ValType.OwnType own -> ArgumentConverters::handle;
      case ValType.BorrowType borrow -> ArgumentConverters::handle;
      case ValType.NamedType named -> throw noSqlForm(named);
    };
  }

  private static IllegalArgumentException noSqlForm(ValType type) {
    return new IllegalArgumentException(type + " has no SQL form");
  }

  private static ArgumentConverter primitive(PrimitiveType type) {
    return switch (type) {
      case BOOL -> Values::bool;
      case S8 -> NumberArguments.integer(type, Byte.MIN_VALUE, Byte.MAX_VALUE, true);
      case U8 -> NumberArguments.integer(type, 0, 0xFF, true);
      case S16 -> NumberArguments.integer(type, Short.MIN_VALUE, Short.MAX_VALUE, true);
      case U16 -> NumberArguments.integer(type, 0, 0xFFFF, true);
      case S32 -> NumberArguments.integer(type, Integer.MIN_VALUE, Integer.MAX_VALUE, true);
      case U32 -> NumberArguments.integer(type, 0, 0xFFFF_FFFFL, false);
      case S64 -> NumberArguments.integer(type, Long.MIN_VALUE, Long.MAX_VALUE, false);
      case U64 -> NumberArguments::u64;
      case F32 -> NumberArguments::f32;
      case F64 -> NumberArguments::f64;
      case CHAR -> ArgumentConverters::character;
      case STRING -> ArgumentConverters::string;
    };
  }

  private static ArgumentConverter contract(ContractType type) {
    return switch (type) {
      case DATE -> value -> new Object[] {DateTimes.date(NumberArguments.toLong(value))};
      case TIME -> value -> new Object[] {DateTimes.nanosOfDay(NumberArguments.toLong(value))};
      case TIMESTAMP, TIMESTAMP_TZ ->
          value -> new Object[] {DateTimes.micros(NumberArguments.toLong(value))};
      case INTERVAL_MONTHS -> {
        ArgumentConverter months = primitive(PrimitiveType.S32);
        yield value -> new Object[] {months.convert(value)};
      }
      case INTERVAL_MICROS ->
          value -> new Object[] {DateTimes.intervalMicros(NumberArguments.toLong(value))};
      case DECIMAL -> NumberArguments::decimal;
      case UUID -> ArgumentConverters::uuid;
      case JSON -> value -> new Object[] {string(value)};
    };
  }

  private static ArgumentConverter option(ArgumentConverter some) {
    return value -> value == null ? Optional.empty() : Optional.of(some.convert(value));
  }

  /** The host's own objects pass as they are. */
  private static Object handle(@Nullable Object value) throws MisfitException {
    if (value == null) {
      throw Values.notA("handle", null);
    }
    return value;
  }

  private static Object string(@Nullable Object value) throws MisfitException {
    String text = Values.text(value);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        i = checkPair(text, i);
      }
    }
    return text;
  }

  private static int checkPair(String text, int i) throws MisfitException {
    if (Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      return i + 1;
    }
    throw new MisfitException(
        "22021", "character " + (i + 1) + " is half a surrogate pair, so the value is no text");
  }

  private static Object character(@Nullable Object value) throws MisfitException {
    String text = Values.text(value);
    if (text.isEmpty()) {
      throw new MisfitException("22023", "an empty value is not a character");
    }
    int c = text.codePointAt(0);
    if (text.length() > Character.charCount(c)) {
      throw new MisfitException("22001", GuestText.quote(text) + " is longer than one character");
    }
    string(text);
    return c;
  }

  private static Object uuid(@Nullable Object value) throws MisfitException {
    if (value instanceof UUID uuid) {
      return new Object[] {uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()};
    }
    throw Values.notA("UUID", value);
  }
}
