package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import io.calcitewasm.udf.signature.SqlType.ArrayOf;
import io.calcitewasm.udf.signature.SqlType.Kind;
import io.calcitewasm.udf.signature.SqlType.RowField;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Maps the types of one function. Types share parts, so a small file can describe a huge type: the
 * mapper counts the parts and gives up in time.
 */
final class TypeMapper {
  /** Parts that the types of a function may have. */
  static final int LARGEST = 1_000;

  private final int most;
  private int parts;

  TypeMapper(int most) {
    this.most = most;
  }

  /** How many parts the mapped types had so far. */
  int parts() {
    return parts;
  }

  /**
   * The SQL form of a type.
   *
   * @throws NoSqlFormException with the reason when there is none
   */
  SqlMapping map(ValType type) throws NoSqlFormException {
    if (++parts > most) {
      throw new NoSqlFormException("its types have more than " + most + " parts");
    }
    Optional<ContractType> contract = ContractType.of(type);
    if (contract.isPresent()) {
      return new SqlMapping(contract.get().sqlType(), false);
    }
    if (ContractType.isStale(type)) {
      throw new NoSqlFormException(Wit.text(type) + " has not the form of the contract's type");
    }
    return switch (type.structure()) {
      case PrimitiveType primitive -> new SqlMapping(primitive(primitive), false);
      case ValType.ListType list -> new SqlMapping(list(list), false);
      case ValType.RecordType record -> new SqlMapping(record(record), false);
      case ValType.TupleType tuple -> new SqlMapping(tuple(tuple), false);
      case ValType.VariantType variant -> new SqlMapping(variant(variant), false);
      case ValType.EnumType labels -> new SqlMapping(SqlType.of(Kind.VARCHAR), false);
      case ValType.FlagsType labels ->
          new SqlMapping(new ArrayOf(SqlType.of(Kind.VARCHAR), false), false);
      case ValType.OptionType option -> option(option);
      case ValType.ResultType result -> new SqlMapping(result(result), false);
      case ValType.OwnType own -> throw resource(own.resource().name());
      case ValType.BorrowType borrow -> throw resource(borrow.resource().name());
      case ValType.NamedType named -> throw new IllegalStateException("named twice: " + named);
    };
  }

  private static SqlType primitive(PrimitiveType type) {
    return switch (type) {
      case BOOL -> SqlType.of(Kind.BOOLEAN);
      case S8 -> SqlType.of(Kind.TINYINT);
      case S16, U8 -> SqlType.of(Kind.SMALLINT);
      case S32, U16 -> SqlType.of(Kind.INTEGER);
      case S64, U32 -> SqlType.of(Kind.BIGINT);
      case U64 -> SqlType.decimal(20, 0);
      case F32 -> SqlType.of(Kind.REAL);
      case F64 -> SqlType.of(Kind.DOUBLE);
      case CHAR -> SqlType.character(1);
      case STRING -> SqlType.of(Kind.VARCHAR);
    };
  }

  private SqlType list(ValType.ListType list) throws NoSqlFormException {
    if (list.isBytes()) {
      return SqlType.of(Kind.VARBINARY);
    }
    SqlMapping element = map(list.element());
    return new ArrayOf(element.type(), element.nullable());
  }

  private SqlType record(ValType.RecordType record) throws NoSqlFormException {
    List<RowField> fields = new ArrayList<>();
    for (ValType.Field field : record.fields()) {
      fields.add(field(SqlNames.of(field.name()), field.type()));
    }
    return new RowOf(fields);
  }

  private SqlType tuple(ValType.TupleType tuple) throws NoSqlFormException {
    List<RowField> fields = new ArrayList<>();
    for (ValType element : tuple.elements()) {
      fields.add(field("f" + fields.size(), element));
    }
    return new RowOf(fields);
  }

  private SqlType variant(ValType.VariantType variant) throws NoSqlFormException {
    List<RowField> fields = new ArrayList<>();
    fields.add(new RowField(SqlMapping.CASE, SqlType.of(Kind.VARCHAR), false));
    for (ValType.Case c : variant.cases()) {
      if (c.payload().isPresent()) {
        String name = SqlNames.of(c.name());
        // No WIT name ends with a hyphen, so the longer name is free.
        String free = name.equals(SqlMapping.CASE) ? SqlMapping.CASE + "_" : name;
        fields.add(new RowField(free, map(c.payload().get()).type(), true));
      }
    }
    return new RowOf(fields);
  }

  private SqlMapping option(ValType.OptionType option) throws NoSqlFormException {
    SqlMapping some = map(option.some());
    if (some.nullable()) {
      throw new NoSqlFormException(
          Wit.text(option) + " has no SQL form: NULL would not tell which option is none");
    }
    return new SqlMapping(some.type(), true);
  }

  /** Inside a value. An arm without payload is a BOOLEAN, TRUE when it is the arm. */
  private SqlType result(ValType.ResultType result) throws NoSqlFormException {
    SqlMapping ok = arm(result.ok());
    SqlMapping err = arm(result.err());
    if (ok.nullable() && err.nullable()) {
      throw new NoSqlFormException(
          Wit.text(result) + " has no SQL form: NULL would not tell which arm it is");
    }
    return new RowOf(
        List.of(new RowField("ok", ok.type(), true), new RowField("err", err.type(), true)));
  }

  private SqlMapping arm(Optional<ValType> arm) throws NoSqlFormException {
    return arm.isPresent() ? map(arm.get()) : new SqlMapping(SqlType.of(Kind.BOOLEAN), false);
  }

  private RowField field(String name, ValType type) throws NoSqlFormException {
    SqlMapping mapping = map(type);
    return new RowField(name, mapping.type(), mapping.nullable());
  }

  private static NoSqlFormException resource(String name) {
    return new NoSqlFormException("a resource (" + name + ") has no SQL form");
  }
}
