package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.collation.CollatingConverter;
import io.calcitewasm.adapter.collation.CollatingRexBuilder;
import io.calcitewasm.adapter.collation.Collations;
import io.calcitewasm.adapter.function.CallRights;
import io.calcitewasm.adapter.function.ModuleOperators;
import io.calcitewasm.adapter.trait.CountedCalls;
import io.calcitewasm.udf.module.Snapshot;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.plan.RelOptCostFactory;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.CalcitePrepareImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's preparation of a query with the functions of one snapshot of the modules. One instance
 * prepares statements of one snapshot.
 */
public final class WasmPrepare extends CalcitePrepareImpl {
  private final Snapshot snapshot;
  private final SqlParser.Config parserConfig;
  private final boolean batches;
  private final int threads;
  private final Supplier<DataContext> constants;
  private Supplier<String> explanation =
      () -> {
        throw new IllegalStateException("nothing was planned");
      };

  private final CallRights rights;
  private boolean textIsUsers = true;

  /**
   * Validates queries.
   *
   * @param rights who says which functions they may call
   */
  public WasmPrepare(Snapshot snapshot, SqlParser.Config parserConfig, CallRights rights) {
    this(snapshot, parserConfig, true, 1, () -> DataContexts.EMPTY, rights);
  }

  /**
   * Prepares queries.
   *
   * @param snapshot the modules that statements see
   * @param parserConfig how SQL is read, in statements and in views
   * @param batches whether functions of modules are called for batches of rows
   * @param threads over how many threads rows of aggregates are divided
   * @param constants where modules can be called to evaluate constant expressions
   * @param rights who says which functions they may call
   */
  public WasmPrepare(
      Snapshot snapshot,
      SqlParser.Config parserConfig,
      boolean batches,
      int threads,
      Supplier<DataContext> constants,
      CallRights rights) {
    this.rights = rights;
    this.snapshot = snapshot;
    this.parserConfig = parserConfig;
    this.batches = batches;
    this.threads = threads;
    this.constants = constants;
  }

  /** Prepares a text that the user has not written like this: errors name no places in it. */
  public void withoutPlaces() {
    textIsUsers = false;
  }

  @Override
  protected SqlParser.Config parserConfig() {
    return parserConfig;
  }

  @Override
  protected SqlParser createParser(String sql) {
    return SqlParser.create(sql, parserConfig);
  }

  @Override
  protected SqlParser createParser(String sql, SqlParser.Config ignored) {
    return SqlParser.create(sql, parserConfig);
  }

  /**
   * The plan of the query that was prepared, as {@code EXPLAIN PLAN FOR} shows it.
   *
   * @throws IllegalStateException if none was
   */
  public String explanation() {
    return explanation.get();
  }

  /**
   * The row type of a query, validated but not planned.
   *
   * @param context the session's, with the schemas that the query sees
   * @param query its parse tree
   */
  public RelDataType rowType(CalcitePrepare.Context context, SqlNode query) {
    CalciteCatalogReader catalogReader =
        new CalciteCatalogReader(
            context.getRootSchema(),
            context.getDefaultSchemaPath(),
            context.getTypeFactory(),
            context.config());
    SqlValidator validator =
        validator(
            catalogReader,
            context.getTypeFactory(),
            context.config(),
            rights,
            UnaryOperator.identity());
    return validator.getValidatedNodeType(validator.validate(query));
  }

  SqlValidator validator(
      CalciteCatalogReader catalogReader,
      JavaTypeFactory typeFactory,
      CalciteConnectionConfig config,
      CallRights rights,
      UnaryOperator<SqlValidator.Config> transform) {
    SqlOperatorTable operators =
        SqlOperatorTables.chain(
            config.fun(SqlOperatorTable.class, SqlStdOperatorTable.instance()),
            new ModuleOperators(snapshot, rights),
            catalogReader);
    SqlValidator.Config validatorConfig =
        transform.apply(
            SqlValidator.Config.DEFAULT
                .withLenientOperatorLookup(config.lenientOperatorLookup())
                .withConformance(config.conformance())
                .withDefaultNullCollation(config.defaultNullCollation())
                .withTypeCoercionFactory(UncastTexts::new)
                .withIdentifierExpansion(true));
    return new WasmValidator(
        operators, catalogReader, typeFactory, validatorConfig, snapshot, rights);
  }

  @Override
  protected RelOptPlanner createPlanner(
      CalcitePrepare.Context context,
      org.apache.calcite.plan.@Nullable Context externalContext,
      @Nullable RelOptCostFactory costFactory) {
    RelOptPlanner planner = super.createPlanner(context, externalContext, costFactory);
    planner.addRule(ModuleTableScan.RULE);
    planner.addRule(CountedCalls.RULE);
    return planner;
  }

  @Override
  protected CalcitePreparingStmt getPreparingStmt(
      CalcitePrepare.Context context,
      Type elementType,
      CalciteCatalogReader catalogReader,
      RelOptPlanner planner) {
    JavaTypeFactory typeFactory = context.getTypeFactory();
    EnumerableRel.Prefer prefer =
        elementType == Object[].class ? EnumerableRel.Prefer.ARRAY : EnumerableRel.Prefer.CUSTOM;
    return new PreparingStatement(
        this,
        context,
        catalogReader,
        typeFactory,
        context.getRootSchema(),
        prefer,
        createCluster(planner, new CollatingRexBuilder(typeFactory, new Collations(snapshot))),
        CollatingConverter.convertlets(createConvertletTable()));
  }

  Snapshot snapshot() {
    return snapshot;
  }

  CallRights rights() {
    return rights;
  }

  boolean batches() {
    return batches;
  }

  int threads() {
    return threads;
  }

  Supplier<DataContext> constants() {
    return constants;
  }

  /** Whether places of the statement's text mean something to the user. */
  boolean textIsUsers() {
    return textIsUsers;
  }

  /** A plan is made; this tells it. */
  void planned(Supplier<String> told) {
    explanation = told;
  }
}
