package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.adapter.parser.Collate;
import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.ddl.SqlColumnDeclaration;
import org.apache.calcite.sql.dialect.H2SqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * What the store is told to make a table.
 *
 * @param name the table's name
 * @param elements columns and constraints in the store's words
 */
public record NewTable(String name, List<String> elements) {
  /**
   * A table as {@code CREATE TABLE} describes it.
   *
   * @param collations the full names of collations by the names that statements use
   * @throws SqlError for a type that is not stored, 42601 for a column without type, 42701 for a
   *     column named twice, 42703 for a key of unknown columns, 0A000 for a default that is no
   *     literal
   */
  public static NewTable of(String name, SqlNodeList elements, UnaryOperator<String> collations) {
    List<String> ddl = new ArrayList<>();
    Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Map<String, String> collated = collated(elements, collations);
    for (SqlNode element : elements) {
      if (element instanceof SqlColumnDeclaration column) {
        unique(columns, column.name.getSimple());
        ddl.add(column(column) + comment(column, collated.get(column.name.getSimple())));
      } else if (element instanceof SqlIdentifier column) {
        throw new SqlError("42601", "column " + column.getSimple() + " needs a type");
      }
    }
    if (columns.isEmpty()) {
      throw new SqlError("42601", "table " + name + " needs a column");
    }
    for (SqlNode element : elements) {
      if (element.getKind() == SqlKind.PRIMARY_KEY || element.getKind() == SqlKind.UNIQUE) {
        ddl.add(key((SqlCall) element, columns));
      }
    }
    return new NewTable(name, List.copyOf(ddl));
  }

  /**
   * A table for the rows of a query.
   *
   * @param columns other names for the query's columns; empty for its own
   * @throws SqlError for a type that is not stored, 42601 for another number of names than the
   *     query has columns, 42701 for a column named twice
   */
  public static NewTable of(String name, List<String> columns, RelDataType row) {
    if (!columns.isEmpty() && columns.size() != row.getFieldCount()) {
      throw new SqlError(
          "42601",
          "table "
              + name
              + " names "
              + columns.size()
              + " columns, its query has "
              + row.getFieldCount());
    }
    List<String> ddl = new ArrayList<>();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (RelDataTypeField field : row.getFieldList()) {
      String column = columns.isEmpty() ? field.getName() : columns.get(field.getIndex());
      unique(seen, column);
      ddl.add(
          quote(column)
              + " "
              + StoreTypes.of(field.getType(), column)
              + (field.getType().isNullable() ? "" : " NOT NULL")
              + comment(CollatedType.of(field.getType()).map(CollatedType::name).orElse(null)));
    }
    return new NewTable(name, List.copyOf(ddl));
  }

  /** The same table under another name. */
  NewTable as(String other) {
    return new NewTable(other, elements);
  }

  /** The statement for the store. */
  public String ddl() {
    return "CREATE TABLE " + qualified(name) + " (" + String.join(", ", elements) + ")";
  }

  /** The name of a table of the user in the store's words. */
  public static String qualified(String table) {
    return quote(Store.USER_SCHEMA) + "." + quote(table);
  }

  /** A name in the store's words. */
  static String quote(String name) {
    return H2SqlDialect.DEFAULT.quoteIdentifier(name);
  }

  private static String column(SqlColumnDeclaration column) {
    String name = column.name.getSimple();
    StringBuilder ddl = new StringBuilder(quote(name));
    ddl.append(' ').append(StoreTypes.of(column.dataType.getTypeNameSpec(), name));
    if (column.expression != null) {
      ddl.append(" DEFAULT ").append(literal(column.expression, name));
    }
    if (Boolean.FALSE.equals(column.dataType.getNullable())) {
      ddl.append(" NOT NULL");
    }
    return ddl.toString();
  }

  /** The collations of columns by the columns' names. */
  private static Map<String, String> collated(
      SqlNodeList elements, UnaryOperator<String> collations) {
    Map<String, String> collated = new HashMap<>();
    for (SqlNode element : elements) {
      if (element instanceof SqlCall call && call.getOperator() == Collate.OPERATOR) {
        collated.put(
            call.<SqlIdentifier>operand(0).getSimple(), collations.apply(Collate.name(call)));
      }
    }
    return collated;
  }

  private static String comment(SqlColumnDeclaration column, @Nullable String collation) {
    String stored = StoreTypes.of(column.dataType.getTypeNameSpec(), column.name.getSimple());
    if (collation != null && (!stored.startsWith("CHARACTER") || stored.endsWith("ARRAY"))) {
      throw new SqlError(
          "42804",
          "column "
              + column.name.getSimple()
              + ": only texts have a collation, not "
              + column.dataType);
    }
    return comment(collation);
  }

  /** How the store remembers the collation of a column. */
  private static String comment(@Nullable String collation) {
    return collation == null
        ? ""
        : " COMMENT " + H2SqlDialect.DEFAULT.quoteStringLiteral(CollatedType.remark(collation));
  }

  private static String literal(SqlNode value, String column) {
    boolean signed =
        value.getKind() == SqlKind.MINUS_PREFIX
            && ((SqlCall) value).operand(0) instanceof SqlLiteral;
    if (!signed && !(value instanceof SqlLiteral)) {
      throw new SqlError(
          "0A000", "column " + column + ": a default must be a literal, not " + value);
    }
    return value.toSqlString(H2SqlDialect.DEFAULT).getSql();
  }

  private static String key(SqlCall constraint, Set<String> columns) {
    SqlNodeList names = (SqlNodeList) constraint.getOperandList().get(1);
    for (SqlNode column : names) {
      if (!columns.contains(((SqlIdentifier) column).getSimple())) {
        throw new SqlError("42703", "the key's column " + column + " is not a column of the table");
      }
    }
    return names.stream()
        .map(column -> quote(((SqlIdentifier) column).getSimple()))
        .collect(
            Collectors.joining(
                ", ",
                constraint.getKind() == SqlKind.PRIMARY_KEY ? "PRIMARY KEY (" : "UNIQUE (",
                ")"));
  }

  private static void unique(Set<String> columns, String name) {
    if (!columns.add(name)) {
      throw new SqlError("42701", "column " + name + " is named twice");
    }
  }
}
