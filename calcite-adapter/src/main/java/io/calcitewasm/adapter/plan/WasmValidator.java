package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.collation.Collations;
import io.calcitewasm.adapter.function.CallRights;
import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.adapter.function.ModuleOperator;
import io.calcitewasm.adapter.parser.Collate;
import io.calcitewasm.adapter.source.Assignment;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import io.calcitewasm.udf.signature.Collation;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.CalciteSqlValidator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.schema.ModifiableTable;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.jspecify.annotations.Nullable;

/** Calcite's validator with words that help where a module or its function is not found. */
final class WasmValidator extends CalciteSqlValidator {
  private final Snapshot snapshot;
  private final Collations collations;
  private final CallRights rights;

  WasmValidator(
      SqlOperatorTable operators,
      CalciteCatalogReader catalogReader,
      JavaTypeFactory typeFactory,
      Config config,
      Snapshot snapshot,
      CallRights rights) {
    super(operators, catalogReader, typeFactory, config);
    this.snapshot = snapshot;
    this.collations = new Collations(snapshot);
    this.rights = rights;
  }

  @Override
  protected @Nullable SqlNode performUnconditionalRewrites(
      @Nullable SqlNode node, boolean underFrom) {
    SqlNode rewritten = super.performUnconditionalRewrites(node, underFrom);
    if (rewritten instanceof SqlCall call) {
      ModuleOperator.refuseMixedNames(call);
    }
    return rewritten;
  }

  /** What is stored must fit: no cast may cut it before. */
  @Override
  protected void checkTypeAssignment(
      @Nullable SqlValidatorScope sourceScope,
      SqlValidatorTable table,
      RelDataType sourceRowType,
      RelDataType targetRowType,
      SqlNode query) {
    super.checkTypeAssignment(
        sourceScope, table, sourceRowType, Assignment.uncut(typeFactory, targetRowType), query);
  }

  /** The expressions of VALUES are cast to what this says the insertion's type is. */
  @Override
  public void validateInsert(SqlInsert insert) {
    checkTakesRows(insert);
    super.validateInsert(insert);
    setValidatedNodeType(insert, Assignment.uncut(typeFactory, getValidatedNodeType(insert)));
    if (insert.getSource() instanceof SqlWith with && with.body instanceof SqlSelect select) {
      tellNullability(select);
    }
  }

  /** Else columns would be missed that nobody can fill. */
  private void checkTakesRows(SqlInsert insert) {
    if (insert.getTargetTable() instanceof SqlIdentifier target) {
      SqlValidatorTable table = getCatalogReader().getTable(target.names);
      if (table != null && table.unwrap(ModifiableTable.class) == null) {
        throw new SqlError(
            "0A000",
            "INSERT of "
                + String.join(".", table.getQualifiedName())
                + ": it is not a table whose rows can be changed");
      }
    }
  }

  /**
   * Calcite says that a query in WITH may give NULLs where the column that it is assigned to takes
   * them, and later refuses its own plan that says the query gives none.
   */
  private void tellNullability(SqlSelect select) {
    RelDataType assigned = getValidatedNodeType(select);
    SqlValidatorScope scope = getSelectScope(select);
    RelDataTypeFactory.Builder row = typeFactory.builder();
    for (RelDataTypeField field : assigned.getFieldList()) {
      SqlNode item = select.getSelectList().get(field.getIndex());
      row.add(
          field.getName(),
          typeFactory.createTypeWithNullability(
              field.getType(), deriveType(scope, item).isNullable()));
    }
    setValidatedNodeType(select, row.build());
  }

  /** The type of {@code text COLLATE name} carries the collation. */
  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
    if (expression instanceof SqlCall call && call.getOperator() == Collate.OPERATOR) {
      RelDataType text = deriveType(scope, call.operand(0));
      RelDataType type =
          new CollatedType(collation(call), true).apply(typeFactory, text(call, text));
      setValidatedNodeType(call, type);
      return type;
    }
    if (expression instanceof SqlBasicCall call && combinesTexts(call)) {
      checkCollations(scope, call);
    }
    return super.deriveType(scope, expression);
  }

  /** Comparisons of two values, and what makes one text of two. */
  private static boolean combinesTexts(SqlCall call) {
    return call.operandCount() == 2
        && (call.isA(SqlKind.COMPARISON) || call.getOperator() == SqlStdOperatorTable.CONCAT)
        && call.getOperandList().stream().noneMatch(o -> o.isA(SqlKind.QUERY))
        && call.getOperandList().stream().noneMatch(SqlNodeList.class::isInstance);
  }

  /** Says so with its place where two texts do not agree on a collation. */
  private void checkCollations(SqlValidatorScope scope, SqlCall call) {
    SqlValidatorScope operands = scope.getOperandScope(call);
    try {
      var _ =
          CollatedType.deciding(
              deriveType(operands, call.operand(0)), deriveType(operands, call.operand(1)));
    } catch (SqlError e) {
      throw ModuleOperator.at(call.getParserPosition(), e);
    }
  }

  private String collation(SqlCall call) {
    try {
      String name = collations.resolve(Collate.name(call));
      if (!name.equals(CollatedType.PLAIN)) {
        Collation collation = collations.find(name);
        collation.sortKey().ifPresent(key -> rights.check(key.module(), key.name()));
        collation.compare().ifPresent(compare -> rights.check(compare.module(), compare.name()));
      }
      return name;
    } catch (SqlError e) {
      throw ModuleOperator.at(Collate.position(call), e);
    }
  }

  private RelDataType text(SqlCall call, RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case CHAR, VARCHAR -> type;
      case NULL, UNKNOWN, ANY ->
          typeFactory.createTypeWithNullability(
              typeFactory.createSqlType(SqlTypeName.VARCHAR), true);
      default ->
          throw ModuleOperator.at(
              call.getParserPosition(),
              new SqlError("42804", "only texts have a collation, not " + type));
    };
  }

  @Override
  public CalciteException handleUnresolvedFunction(
      SqlCall call,
      SqlOperator unresolved,
      List<RelDataType> argTypes,
      @Nullable List<String> argNames) {
    SqlIdentifier id = ((org.apache.calcite.sql.SqlFunction) unresolved).getNameAsId();
    List<String> names = id.names;
    if (names.size() < 2) {
      List<SqlOperator> known = new ArrayList<>();
      getOperatorTable()
          .lookupOperatorOverloads(
              id, null, SqlSyntax.FUNCTION, known, getCatalogReader().nameMatcher());
      return known.isEmpty()
          ? missing(id.getParserPosition(), "no function " + id + inModules(names.getFirst()))
          : super.handleUnresolvedFunction(call, unresolved, argTypes, argNames);
    }
    String name = String.join(".", names);
    boolean asTable =
        ((org.apache.calcite.sql.SqlFunction) unresolved).getFunctionType().isTableFunction();
    return snapshot
        .module(names.getFirst())
        .map(
            module ->
                asTable && has(module, names.getLast())
                    ? ModuleOperator.at(
                        id.getComponentParserPosition(names.size() - 1),
                        new SqlError(
                            "42809",
                            name
                                + " is no table function: it answers no rows; a list that a function"
                                + " answers is read with UNNEST(…)"))
                    : missing(
                        id.getComponentParserPosition(names.size() - 1),
                        "no function " + name + "; " + known(module, names.getLast())))
        .orElseGet(
            () ->
                missing(
                    id.getComponentParserPosition(0),
                    "no function "
                        + name
                        + ": there is no module "
                        + names.getFirst()
                        + modules()));
  }

  private String inModules(String function) {
    String modules =
        snapshot.modules().values().stream()
            .filter(m -> m.functions().stream().anyMatch(f -> f.name().equalsIgnoreCase(function)))
            .map(m -> m.name() + "." + function)
            .collect(Collectors.joining(", "));
    return modules.isEmpty()
        ? "; wasm.functions lists those of the modules"
        : "; did you mean " + modules + "?";
  }

  private static CalciteContextException missing(SqlParserPos position, String sentence) {
    return ModuleOperator.at(position, new SqlError("42883", sentence));
  }

  private String modules() {
    return snapshot.modules().isEmpty()
        ? ", and no module is installed"
        : "; installed are " + String.join(", ", snapshot.modules().keySet());
  }

  private static boolean has(ModuleVersion module, String function) {
    return module.functions().stream().anyMatch(f -> f.name().equalsIgnoreCase(function));
  }

  private static String known(ModuleVersion module, String function) {
    List<String> nearest =
        Similar.to(
            function, module.functions().stream().map(SqlFunction::name).distinct().toList());
    return nearest.isEmpty()
        ? "module "
            + module.name()
            + " has none of a similar name; wasm.functions lists what it has"
        : "did you mean "
            + nearest.stream().map(n -> module.name() + "." + n).collect(Collectors.joining(", "))
            + "?";
  }
}
