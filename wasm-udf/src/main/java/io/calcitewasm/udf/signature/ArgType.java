package io.calcitewasm.udf.signature;

import java.util.List;
import java.util.stream.Collectors;

/** The type of an argument in a call, as far as it is known when the function is chosen. */
public sealed interface ArgType {

  /** The type as a message shows it. */
  String toSql();

  /** A scalar: BINARY counts as VARBINARY, CHAR has its length, every interval its class. */
  record Scalar(SqlType.Scalar type) implements ArgType {
    @Override
    public String toSql() {
      return type.toSql();
    }
  }

  /** An array. */
  record ArrayOf(ArgType element) implements ArgType {
    @Override
    public String toSql() {
      return element.toSql() + " ARRAY";
    }
  }

  /** A row; fields match by position. */
  record RowOf(List<ArgType> fields) implements ArgType {
    public RowOf {
      fields = List.copyOf(fields);
    }

    @Override
    public String toSql() {
      return fields.stream().map(ArgType::toSql).collect(Collectors.joining(", ", "ROW(", ")"));
    }
  }

  /** A NULL literal or a parameter whose type nobody told: it fits everywhere. */
  record Unknown() implements ArgType {
    @Override
    public String toSql() {
      return "NULL";
    }
  }

  /** A type that no component function takes, e.g. a MAP. */
  record Other(String sql) implements ArgType {
    @Override
    public String toSql() {
      return sql;
    }
  }

  /** A scalar without precision and scale. */
  static ArgType of(SqlType.Kind kind) {
    return new Scalar(SqlType.of(kind));
  }

  /** The argument type that a value of the SQL type has. */
  static ArgType of(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> new Scalar(scalar);
      case SqlType.ArrayOf array -> new ArrayOf(of(array.element()));
      case SqlType.RowOf row ->
          new RowOf(row.fields().stream().map(field -> of(field.type())).toList());
      case SqlType.Handle handle -> new Other(handle.toSql());
    };
  }
}
