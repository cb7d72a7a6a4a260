package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.function.SqlTypes;
import io.calcitewasm.adapter.session.Session;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * The result sets of {@link DatabaseMetaData#getFunctions} and {@link
 * DatabaseMetaData#getFunctionColumns}: the functions of the modules that have a SQL form, each
 * with its module as the schema. Overloads have the same name; their specific name is the WIT name
 * with its interface, which is unique in the module.
 */
final class FunctionMetadata {
  private final Session session;

  FunctionMetadata(Session session) {
    this.session = session;
  }

  private List<SqlFunction> matching(
      @Nullable String schemaPattern, @Nullable String functionPattern) {
    Predicate<String> wanted = SearchPattern.like(functionPattern);
    List<SqlFunction> functions = new ArrayList<>();
    for (ModuleVersion module : session.namespace().modules().snapshot().modules().values()) {
      if (SearchPattern.like(schemaPattern).test(module.name())) {
        module.functions().stream()
            .filter(f -> f.noSqlForm().isEmpty() && wanted.test(f.name()))
            .forEach(functions::add);
      }
    }
    return functions;
  }

  private static String specificName(SqlFunction function) {
    return function.interfaceName().isEmpty()
        ? function.witName()
        : function.interfaceName() + "#" + function.witName();
  }

  /** Ordered by schema, name and specific name. */
  MetadataRows functions(@Nullable String schemaPattern, @Nullable String functionPattern) {
    MetadataRows rows =
        new MetadataRows()
            .columns(String.class, "FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
            .column("FUNCTION_TYPE", Short.class)
            .column("SPECIFIC_NAME", String.class);
    for (SqlFunction function : matching(schemaPattern, functionPattern)) {
      rows.row(
          null,
          function.module(),
          function.name(),
          function.documentation(),
          (short)
              (function.kind() == SqlFunction.Kind.TABLE
                  ? DatabaseMetaData.functionReturnsTable
                  : DatabaseMetaData.functionNoTable),
          specificName(function));
    }
    return rows.orderedBy(1, 2, 5);
  }

  /**
   * Ordered by schema, name and specific name, and within a function the result, whose name is
   * empty, before the parameters in their order. A table function has the columns of its rows
   * behind the parameters instead of a result.
   */
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
    Predicate<String> wanted = SearchPattern.like(columnPattern);
    for (SqlFunction function : matching(schemaPattern, functionPattern)) {
      List<SqlParameter> parameters = function.parameters();
      boolean isTable = function.kind() == SqlFunction.Kind.TABLE;
      // What a function of any arguments answers is known for arguments only.
      boolean hasResult = !isTable && !function.kind().isDynamic();
      if (wanted.test("") && hasResult) {
        // NULL for a strict parameter gives NULL, whatever the function itself answers.
        boolean nullable =
            function.resultNullable() || parameters.stream().anyMatch(p -> !p.nullable());
        rows.row(
            column(function, "", DatabaseMetaData.functionReturn, 0, function.result(), nullable));
      }
      for (int i = 0; i < parameters.size(); i++) {
        SqlParameter parameter = parameters.get(i);
        if (wanted.test(parameter.name())) {
          rows.row(
              column(
                  function,
                  parameter.name(),
                  DatabaseMetaData.functionColumnIn,
                  i + 1,
                  parameter.type(),
                  true));
        }
      }
      if (isTable) {
        int ordinal = parameters.size();
        for (SqlType.RowField field : function.columns().orElseThrow().fields()) {
          ordinal++;
          if (wanted.test(field.name())) {
            rows.row(
                column(
                    function,
                    field.name(),
                    DatabaseMetaData.functionColumnResult,
                    ordinal,
                    field.type(),
                    field.nullable()));
          }
        }
      }
    }
    return rows.orderedBy(1, 2, 16, 14);
  }

  private @Nullable Object[] column(
      SqlFunction function,
      String name,
      int columnType,
      int ordinal,
      SqlType sqlType,
      boolean nullable) {
    RelDataType type = SqlTypes.toCalcite(sqlType, nullable, session.typeFactory());
    return new @Nullable Object[] {
      null,
      function.module(),
      function.name(),
      name,
      (short) columnType,
      type.getSqlTypeName().getJdbcOrdinal(),
      sqlType.toSql(),
      TypeFacts.precision(type),
      TypeFacts.bytes(type),
      narrow(TypeFacts.scale(type)),
      narrow(TypeFacts.radix(type)),
      (short) (nullable ? DatabaseMetaData.functionNullable : DatabaseMetaData.functionNoNulls),
      null,
      TypeFacts.octets(type),
      ordinal,
      nullable ? "YES" : "NO",
      specificName(function)
    };
  }

  private static @Nullable Short narrow(@Nullable Integer value) {
    return value == null ? null : Short.valueOf(value.shortValue());
  }
}
