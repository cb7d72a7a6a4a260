package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.plan.SqlTypes;
import io.calcitewasm.adapter.session.Session;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
 * The result sets of {@link DatabaseMetaData}, computed from a session. Patterns are those of JDBC:
 * {@code %} and {@code _}, {@code \} before either means itself, null means all. There are no
 * catalogs. Functions of a module have the module as their schema.
 */
final class MetadataQueries {
  private static final int RADIX = 10;

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

  private static Predicate<String> like(@Nullable String pattern) {
    if (pattern == null) {
      return name -> true;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(pattern.substring(i, i + 1)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .asMatchPredicate();
  }

  private interface TableVisitor {
    void visit(String schema, String name, Table table);
  }

  private void tables(
      @Nullable String schemaPattern, @Nullable String tablePattern, TableVisitor visitor) {
    SchemaPlus root = session.database().namespace().rootSchema();
    Predicate<String> wanted = like(tablePattern);
    for (String schemaName : root.subSchemas().getNames(LikePattern.any())) {
      SchemaPlus schema = root.subSchemas().get(schemaName);
      if (schema == null || !like(schemaPattern).test(schemaName)) {
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
    Predicate<String> wanted = like(columnPattern);
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
    Integer size = precision(type);
    return new @Nullable Object[] {
      null,
      schema,
      table,
      field.getName(),
      type.getSqlTypeName().getJdbcOrdinal(),
      type.toString(),
      size,
      null,
      scale(type),
      RADIX,
      type.isNullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
      null,
      null,
      null,
      null,
      size,
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

  private static @Nullable Integer precision(RelDataType type) {
    int precision = type.getSqlTypeName().allowsPrec() ? type.getPrecision() : -1;
    return precision < 0 ? null : Integer.valueOf(precision);
  }

  private static @Nullable Integer scale(RelDataType type) {
    boolean has = type.getSqlTypeName().allowsScale() && type.getScale() >= 0;
    return has ? Integer.valueOf(type.getScale()) : null;
  }

  MetadataRows schemas(@Nullable String schemaPattern) {
    Set<String> names =
        new TreeSet<>(
            session.database().namespace().rootSchema().subSchemas().getNames(LikePattern.any()));
    names.addAll(session.database().registry().snapshot().modules().keySet());
    MetadataRows rows = new MetadataRows().columns(String.class, "TABLE_SCHEM", "TABLE_CATALOG");
    names.stream().filter(like(schemaPattern)).forEach(name -> rows.row(name, null));
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

  private interface FunctionVisitor {
    void visit(SqlFunction function, String specificName);
  }

  private void functions(
      @Nullable String schemaPattern, @Nullable String functionPattern, FunctionVisitor visitor) {
    Predicate<String> wanted = like(functionPattern);
    for (ModuleVersion module : session.database().registry().snapshot().modules().values()) {
      if (like(schemaPattern).test(module.name())) {
        for (SqlFunction function : module.functions()) {
          if (function.noSqlForm().isEmpty() && wanted.test(function.name())) {
            visitor.visit(function, specificName(function));
          }
        }
      }
    }
  }

  /** Unique in the module: the WIT name with its interface. */
  private static String specificName(SqlFunction function) {
    return function.interfaceName().isEmpty()
        ? function.witName()
        : function.interfaceName() + "#" + function.witName();
  }

  MetadataRows functions(@Nullable String schemaPattern, @Nullable String functionPattern) {
    MetadataRows rows =
        new MetadataRows()
            .columns(String.class, "FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
            .column("FUNCTION_TYPE", Short.class)
            .column("SPECIFIC_NAME", String.class);
    functions(
        schemaPattern,
        functionPattern,
        (function, specificName) ->
            rows.row(
                null,
                function.module(),
                function.name(),
                function.documentation(),
                (short) DatabaseMetaData.functionNoTable,
                specificName));
    return rows.orderedBy(1, 2, 5);
  }

  MetadataRows functionColumns(
      @Nullable String schemaPattern,
      @Nullable String functionPattern,
      @Nullable String columnPattern) {
    MetadataRows rows =
        new MetadataRows()
            .columns(String.class, "FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "COLUMN_NAME")
            .column("COLUMN_TYPE", Short.class)
            .column("DATA_TYPE", Integer.class)
            .column("TYPE_NAME", String.class)
            .columns(Integer.class, "PRECISION", "LENGTH")
            .columns(Short.class, "SCALE", "RADIX", "NULLABLE")
            .column("REMARKS", String.class)
            .columns(Integer.class, "CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
            .columns(String.class, "IS_NULLABLE", "SPECIFIC_NAME");
    Predicate<String> wanted = like(columnPattern);
    functions(
        schemaPattern,
        functionPattern,
        (function, specificName) -> {
          functionColumn(
              rows,
              function,
              specificName,
              "",
              DatabaseMetaData.functionReturn,
              0,
              SqlTypes.toCalcite(function.result(), true, session.typeFactory()));
          int ordinal = 1;
          for (SqlParameter parameter : function.parameters()) {
            if (wanted.test(parameter.name())) {
              functionColumn(
                  rows,
                  function,
                  specificName,
                  parameter.name(),
                  DatabaseMetaData.functionColumnIn,
                  ordinal,
                  SqlTypes.toCalcite(parameter.type(), true, session.typeFactory()));
            }
            ordinal++;
          }
        });
    return rows.orderedBy(1, 2, 16, 14);
  }

  private static void functionColumn(
      MetadataRows rows,
      SqlFunction function,
      String specificName,
      String column,
      int columnType,
      int ordinal,
      RelDataType type) {
    Integer precision = precision(type);
    Integer scale = scale(type);
    rows.row(
        null,
        function.module(),
        function.name(),
        column,
        (short) columnType,
        type.getSqlTypeName().getJdbcOrdinal(),
        type.toString(),
        precision,
        precision,
        scale == null ? null : scale.shortValue(),
        (short) RADIX,
        (short) DatabaseMetaData.functionNullable,
        null,
        null,
        ordinal,
        "YES",
        specificName);
  }
}
