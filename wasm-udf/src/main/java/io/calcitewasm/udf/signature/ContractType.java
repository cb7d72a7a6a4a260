package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.TypeName;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.ValType.Field;
import io.calcitewasm.component.model.ValType.NamedType;
import io.calcitewasm.component.model.ValType.RecordType;
import io.calcitewasm.policy.InterfaceName;
import io.calcitewasm.udf.signature.SqlType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The contract's nominal types: records of {@code calcite:extension/types@0.1} that mean an SQL
 * type, known by their name (docs/sql.md, "Types").
 */
public enum ContractType {
  /** DATE: days since 1970-01-01. */
  DATE(SqlType.of(Kind.DATE), field("days", PrimitiveType.S32)),
  /** TIME: nanoseconds of the day. */
  TIME(SqlType.of(Kind.TIME), field("nanos", PrimitiveType.S64)),
  /** TIMESTAMP: microseconds since 1970-01-01T00:00:00. */
  TIMESTAMP(SqlType.of(Kind.TIMESTAMP), field("micros", PrimitiveType.S64)),
  /** TIMESTAMP WITH LOCAL TIME ZONE: microseconds since 1970-01-01T00:00:00Z. */
  TIMESTAMP_TZ(SqlType.of(Kind.TIMESTAMP_LTZ), field("micros", PrimitiveType.S64)),
  /** INTERVAL YEAR TO MONTH: months. */
  INTERVAL_MONTHS(SqlType.of(Kind.INTERVAL_YEAR_MONTH), field("months", PrimitiveType.S32)),
  /** INTERVAL DAY TO SECOND: microseconds. */
  INTERVAL_MICROS(SqlType.of(Kind.INTERVAL_DAY_SECOND), field("micros", PrimitiveType.S64)),
  /** DECIMAL: a 128-bit unscaled value and a scale. */
  DECIMAL(
      SqlType.decimal(38, 18),
      field("hi", PrimitiveType.S64),
      field("lo", PrimitiveType.U64),
      field("scale", PrimitiveType.U8)),
  /** UUID: 16 bytes in network order. */
  UUID(SqlType.of(Kind.UUID), field("hi", PrimitiveType.U64), field("lo", PrimitiveType.U64)),
  /** JSON text. */
  JSON(SqlType.of(Kind.VARCHAR), field("text", PrimitiveType.STRING));

  /** The name of the contract's error record. */
  private static final String ERROR = "error";

  private static final RecordType ERROR_RECORD =
      new RecordType(
          List.of(field("sqlstate", PrimitiveType.STRING), field("message", PrimitiveType.STRING)));

  private final SqlType sqlType;
  private final RecordType structure;

  ContractType(SqlType sqlType, Field... fields) {
    this.sqlType = sqlType;
    this.structure = new RecordType(List.of(fields));
  }

  /** The SQL type that it means. */
  public SqlType sqlType() {
    return sqlType;
  }

  /** The record that carries it. */
  public RecordType structure() {
    return structure;
  }

  /** Its name in WIT. */
  public String witName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The contract type that a type is; empty when it is none, or none of the contract's form. */
  public static Optional<ContractType> of(ValType type) {
    if (type instanceof NamedType named && isOfContract(named.name())) {
      return named(named.name().name()).filter(c -> c.structure.equals(unnamed(named.type())));
    }
    return Optional.empty();
  }

  /** Whether a type is the contract's {@code error}. */
  public static boolean isError(ValType type) {
    return type instanceof NamedType named
        && isOfContract(named.name())
        && named.name().name().equals(ERROR)
        && ERROR_RECORD.equals(unnamed(named.type()));
  }

  /**
   * Whether a type bears a name of the contract without having its form, so that the component was
   * made for another contract.
   */
  public static boolean isStale(ValType type) {
    return type instanceof NamedType named
        && isOfContract(named.name())
        && (named(named.name().name()).isPresent() || named.name().name().equals(ERROR))
        && of(type).isEmpty()
        && !isError(type);
  }

  private static Optional<ContractType> named(String witName) {
    for (ContractType type : values()) {
      if (type.witName().equals(witName)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfContract(TypeName name) {
    return InterfaceName.parse(name.interfaceName())
        .filter(i -> i.isServedContract() && i.name().equals("types"))
        .isPresent();
  }

  /** A record with the names of its fields' types removed. */
  private static ValType unnamed(ValType type) {
    return type instanceof RecordType record
        ? new RecordType(
            record.fields().stream().map(f -> new Field(f.name(), f.type().structure())).toList())
        : type;
  }

  private static Field field(String name, PrimitiveType type) {
    return new Field(name, type);
  }
}
