package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.session.Session;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The result sets of {@link DatabaseMetaData} about schemas, tables and types, computed from a
 * session; {@link FunctionMetadata} has those about functions. There are no catalogs.
 */
final class MetadataQueries {
  private final Session session;

  MetadataQueries(Session session) {
    this.session = session;
  }

  static Map<Meta.DatabaseProperty, Object> databaseProperties() {
    return Map.of(
        Meta.DatabaseProperty.GET_S_Q_L_KEYWORDS,
        SqlParser.create("").getMetadata().getJdbcKeywords(),
        Meta.DatabaseProperty.GET_NUMERIC_FUNCTIONS,
        SqlJdbcFunctionCall.getNumericFunctions(),
        Meta.DatabaseProperty.GET_STRING_FUNCTIONS,
        SqlJdbcFunctionCall.getStringFunctions(),
        Meta.DatabaseProperty.GET_SYSTEM_FUNCTIONS,
        SqlJdbcFunctionCall.getSystemFunctions(),
        Meta.DatabaseProperty.GET_TIME_DATE_FUNCTIONS,
        SqlJdbcFunctionCall.getTimeDateFunctions());
  }

  private interface TableVisitor {
    void visit(String schema, String name, Table table);
  }

  private void tables(
      @Nullable String schemaPattern, @Nullable String tablePattern, TableVisitor visitor) {
    SchemaPlus root = session.namespace().rootSchema();
    Predicate<String> wanted = SearchPattern.like(tablePattern);
    for (String schemaName : root.subSchemas().getNames(LikePattern.any())) {
      SchemaPlus schema = root.subSchemas().get(schemaName);
      if (schema == null || !SearchPattern.like(schemaPattern).test(schemaName)) {
        continue;
      }
      for (String name : schema.tables().getNames(LikePattern.any())) {
        Table table = wanted.test(name) ? schema.tables().get(name) : null;
        if (table != null) {
          visitor.visit(schemaName, name, table);
        }
      }
    }
  }

  MetadataRows tables(
      @Nullable String schemaPattern, @Nullable String tablePattern, @Nullable List<String> types) {
    MetadataRows rows =
        new MetadataRows()
            .columns(
                String.class,
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS",
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "SELF_REFERENCING_COL_NAME",
                "REF_GENERATION");
    tables(
        schemaPattern,
        tablePattern,
        (schema, name, table) -> {
          String type = tableType(table);
          if (types == null || types.contains(type)) {
            rows.row(null, schema, name, type, null, null, null, null, null, null);
          }
        });
    return rows.orderedBy(3, 1, 2);
  }

  /** H2 says BASE TABLE, which Calcite takes for OTHER, where JDBC and every tool say TABLE. */
  private static String tableType(Table table) {
    String type = table.getJdbcTableType().jdbcName;
    return type.equals("BASE TABLE") || type.equals("OTHER") ? "TABLE" : type;
  }

  MetadataRows columns(
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern) {
    MetadataRows rows =
        new MetadataRows()
            .columns(String.class, "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
            .column("DATA_TYPE", int.class)
            .column("TYPE_NAME", String.class)
            .columns(
                Integer.class,
                "COLUMN_SIZE",
                "BUFFER_LENGTH",
                "DECIMAL_DIGITS",
                "NUM_PREC_RADIX",
                "NULLABLE")
            .columns(String.class, "REMARKS", "COLUMN_DEF")
            .columns(
                Integer.class,
                "SQL_DATA_TYPE",
                "SQL_DATETIME_SUB",
                "CHAR_OCTET_LENGTH",
                "ORDINAL_POSITION")
            .columns(String.class, "IS_NULLABLE", "SCOPE_CATALOG", "SCOPE_SCHEMA", "SCOPE_TABLE")
            .column("SOURCE_DATA_TYPE", Short.class)
            .columns(String.class, "IS_AUTOINCREMENT", "IS_GENERATEDCOLUMN");
    Predicate<String> wanted = SearchPattern.like(columnPattern);
    tables(
        schemaPattern,
        tablePattern,
        (schema, name, table) -> {
          for (RelDataTypeField field : table.getRowType(session.typeFactory()).getFieldList()) {
            if (wanted.test(field.getName())) {
              rows.row(column(schema, name, field));
            }
          }
        });
    return rows.orderedBy(1, 2, 16);
  }

  private static @Nullable Object[] column(String schema, String table, RelDataTypeField field) {
    RelDataType type = field.getType();
    Integer size = TypeFacts.precision(type);
    return new @Nullable Object[] {
      null,
      schema,
      table,
      field.getName(),
      type.getSqlTypeName().getJdbcOrdinal(),
      TypeFacts.name(type),
      size,
      null,
      TypeFacts.scale(type),
      TypeFacts.radix(type),
      type.isNullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
      null,
      null,
      null,
      null,
      TypeFacts.octets(type),
      field.getIndex() + 1,
      type.isNullable() ? "YES" : "NO",
      null,
      null,
      null,
      null,
      "",
      ""
    };
  }

  MetadataRows schemas(@Nullable String schemaPattern) {
    Set<String> names =
        new TreeSet<>(session.namespace().rootSchema().subSchemas().getNames(LikePattern.any()));
    names.addAll(session.namespace().modules().snapshot().modules().keySet());
    MetadataRows rows = new MetadataRows().columns(String.class, "TABLE_SCHEM", "TABLE_CATALOG");
    names.stream().filter(SearchPattern.like(schemaPattern)).forEach(name -> rows.row(name, null));
    return rows;
  }

  MetadataRows catalogs() {
    return new MetadataRows().columns(String.class, "TABLE_CAT");
  }

  MetadataRows tableTypes() {
    MetadataRows rows = new MetadataRows().columns(String.class, "TABLE_TYPE");
    List.of("SYSTEM TABLE", "TABLE", "VIEW").forEach(rows::row);
    return rows;
  }

  MetadataRows typeInfo() {
    MetadataRows rows =
        new MetadataRows()
            .column("TYPE_NAME", String.class)
            .columns(Integer.class, "DATA_TYPE", "PRECISION")
            .columns(String.class, "LITERAL_PREFIX", "LITERAL_SUFFIX", "CREATE_PARAMS")
            .column("NULLABLE", Short.class)
            .column("CASE_SENSITIVE", Boolean.class)
            .column("SEARCHABLE", Short.class)
            .columns(Boolean.class, "UNSIGNED_ATTRIBUTE", "FIXED_PREC_SCALE", "AUTO_INCREMENT")
            .column("LOCAL_TYPE_NAME", String.class)
            .columns(Short.class, "MINIMUM_SCALE", "MAXIMUM_SCALE")
            .columns(Integer.class, "SQL_DATA_TYPE", "SQL_DATETIME_SUB", "NUM_PREC_RADIX");
    RelDataTypeSystem types = session.typeFactory().getTypeSystem();
    for (SqlTypeName name : SqlTypeName.values()) {
      if (!name.isSpecial()) {
        rows.row(
            name.getName(),
            name.getJdbcOrdinal(),
            types.getMaxPrecision(name),
            types.getLiteral(name, true),
            types.getLiteral(name, false),
            null,
            (short) DatabaseMetaData.typeNullable,
            types.isCaseSensitive(name),
            (short) DatabaseMetaData.typeSearchable,
            false,
            false,
            types.isAutoincrement(name),
            name.getName(),
            (short) types.getMinScale(name),
            (short) types.getMaxScale(name),
            null,
            null,
            types.getNumTypeRadix(name));
      }
    }
    return rows.orderedBy(1, 0);
  }
}
