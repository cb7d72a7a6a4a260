package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.udf.SqlError;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.ddl.SqlCreateView;

/**
 * A view by its definition.
 *
 * @param definition as the catalogue keeps it
 * @param columns names of its columns; empty where they are the query's
 * @param query the query's parse tree
 */
public record View(ViewDefinition definition, List<String> columns, SqlNode query) {
  /** Reads a definition. */
  public static View of(ViewDefinition definition) {
    SqlCreateView statement = (SqlCreateView) SqlLanguage.parse(definition.sql());
    List<String> columns =
        statement.columnList == null
            ? List.of()
            : statement.columnList.stream()
                .map(column -> ((SqlIdentifier) column).getSimple())
                .toList();
    return new View(definition, columns, statement.query);
  }

  /** The view's name. */
  public String name() {
    return definition.name();
  }

  /** The query's text. */
  public String sql() {
    return SqlLanguage.write(query);
  }

  /**
   * The names of the view's columns.
   *
   * @param query the row type of its query
   * @throws SqlError 42601 when the view names another number of columns than the query has
   */
  public List<String> columnNames(RelDataType query) {
    if (columns.isEmpty()) {
      return query.getFieldNames();
    }
    if (columns.size() != query.getFieldCount()) {
      throw new SqlError(
          "42601",
          "view "
              + name()
              + " names "
              + columns.size()
              + " columns, its query has "
              + query.getFieldCount());
    }
    return columns;
  }

  /**
   * The row type of the view.
   *
   * @param query the row type of its query
   * @throws SqlError as {@link #columnNames}
   */
  RelDataType rowType(RelDataTypeFactory types, RelDataType query) {
    List<String> names = columnNames(query);
    RelDataTypeFactory.Builder row = types.builder();
    for (RelDataTypeField field : query.getFieldList()) {
      row.add(names.get(field.getIndex()), declared(types, field.getType()));
    }
    return row.build();
  }

  /** What a COLLATE clause of the query has said, the view's column declares. */
  private static RelDataType declared(RelDataTypeFactory types, RelDataType column) {
    RelDataType own = types.copyType(column);
    return CollatedType.of(own).map(collated -> collated.implicit().apply(types, own)).orElse(own);
  }
}
