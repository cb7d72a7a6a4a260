package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.signature.ContractType;
import io.calcitewasm.udf.signature.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/** Puts result converters together, type by type. */
final class ResultConverters {
  private ResultConverters() {}

  static ResultConverter of(ValType type, SqlType as) {
    Optional<ContractType> contract = ContractType.of(type);
    if (contract.isPresent()) {
      return contract(contract.get(), as);
    }
    return switch (type.structure()) {
      case PrimitiveType primitive -> primitive(primitive);
      case ValType.ListType list -> list.isBytes() ? ResultConverters::bytes : list(list, as);
      case ValType.RecordType record ->
          CompositeResults.row(
              record.fields().stream().map(ValType.Field::type).toList(), (SqlType.RowOf) as);
      case ValType.TupleType tuple -> CompositeResults.row(tuple.elements(), (SqlType.RowOf) as);
      case ValType.VariantType variant -> CompositeResults.variant(variant, (SqlType.RowOf) as);
      case ValType.EnumType labels -> CompositeResults.labelled(labels);
      case ValType.FlagsType labels -> CompositeResults.flags(labels);
      case ValType.OptionType option -> option(of(option.some(), as));
      case ValType.ResultType result -> CompositeResults.result(result, (SqlType.RowOf) as);
      case ValType.OwnType own -> word(handle -> handle);
      case ValType.BorrowType borrow -> throw noSqlForm(borrow);
      case ValType.NamedType named -> throw noSqlForm(named);
    };
  }

  private static IllegalArgumentException noSqlForm(ValType type) {
    return new IllegalArgumentException(type + " has no SQL form");
  }

  private static ResultConverter primitive(PrimitiveType type) {
    return switch (type) {
      case S8 -> word(value -> ((Integer) value).byteValue());
      case U8, S16 -> word(value -> ((Integer) value).shortValue());
      case BOOL, U16, S32, U32, S64, F32, F64 -> word(value -> value);
      case U64 -> word(value -> new BigDecimal(unsigned((Long) value)));
      case CHAR -> word(value -> Character.toString((Integer) value));
      case STRING -> ResultConverters::string;
    };
  }

  private static ResultConverter contract(ContractType type, SqlType as) {
    return switch (type) {
      case DATE -> word(value -> DateTimes.date((Integer) field(value)));
      case TIME -> word(value -> DateTimes.millisOfDay((Long) field(value)));
      case TIMESTAMP, TIMESTAMP_TZ -> word(value -> DateTimes.millis((Long) field(value)));
      case INTERVAL_MONTHS -> word(ResultConverters::field);
      case INTERVAL_MICROS -> word(value -> DateTimes.intervalMillis((Long) field(value)));
      case DECIMAL -> decimal(as);
      case UUID ->
          word(value -> new UUID((Long) ((Object[]) value)[0], (Long) ((Object[]) value)[1]));
      case JSON -> (value, size) -> string(field(value), size);
    };
  }

  private static ResultConverter decimal(SqlType as) {
    if (as.equals(ContractType.DECIMAL.sqlType()) || !(as instanceof SqlType.Scalar narrow)) {
      return word(value -> Decimals.toSql((Object[]) value));
    }
    return word(
        value ->
            Decimals.within(Decimals.toSql((Object[]) value), narrow.precision(), narrow.scale()));
  }

  private static ResultConverter list(ValType.ListType list, SqlType as) {
    return CompositeResults.list(of(list.element(), ((SqlType.ArrayOf) as).element()));
  }

  private static ResultConverter option(ResultConverter some) {
    return (value, size) -> {
      Optional<?> option = (Optional<?>) value;
      if (option.isEmpty()) {
        size.word();
        return null;
      }
      return some.convert(option.get(), size);
    };
  }

  private static Object string(Object value, SizeLimit size) throws MisfitException {
    size.text((String) value);
    return value;
  }

  private static Object bytes(Object value, SizeLimit size) throws MisfitException {
    size.bytes(((byte[]) value).length);
    return value;
  }

  private static Object field(Object record) {
    return ((Object[]) record)[0];
  }

  private static BigInteger unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits);
    return bits >= 0 ? value : value.add(BigInteger.TWO.pow(64));
  }

  private static ResultConverter word(Fixed fixed) {
    return (value, size) -> {
      size.word();
      return fixed.convert(value);
    };
  }

  /** A value of fixed size. */
  private interface Fixed {
    Object convert(Object value) throws MisfitException;
  }
}
