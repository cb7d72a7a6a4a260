package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.batch.BatchPlan;
import io.calcitewasm.adapter.batch.Parallelism;
import io.calcitewasm.adapter.batch.RepeatedRows;
import io.calcitewasm.adapter.batch.SplitFilters;
import io.calcitewasm.adapter.collation.CollatingConverter;
import io.calcitewasm.adapter.source.ChangeCheck;
import io.calcitewasm.adapter.source.PushedParameters;
import io.calcitewasm.adapter.trait.CallBarriers;
import io.calcitewasm.adapter.trait.CanonicalCalls;
import io.calcitewasm.adapter.trait.MonotonicOrder;
import io.calcitewasm.adapter.trait.PlanStep;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.CalcitePrepareImpl;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.Program;
import org.apache.calcite.tools.Programs;
import org.jspecify.annotations.Nullable;

/**
 * One statement's way from its validated form to a plan that can be executed, by Calcite's steps
 * and ours between them.
 */
final class PreparingStatement extends CalcitePrepareImpl.CalcitePreparingStmt {
  private final CalciteConnectionConfig config;
  private final JavaTypeFactory javaTypeFactory;
  private final WasmPrepare owner;
  private final RelOptCluster ownCluster;
  private final SqlRexConvertletTable convertlets;
  private final CheckedRights rights;

  PreparingStatement(
      WasmPrepare prepare,
      CalcitePrepare.Context context,
      Prepare.CatalogReader catalogReader,
      RelDataTypeFactory typeFactory,
      CalciteSchema schema,
      EnumerableRel.Prefer prefer,
      RelOptCluster cluster,
      SqlRexConvertletTable convertletTable) {
    super(
        prepare,
        context,
        catalogReader,
        typeFactory,
        schema,
        prefer,
        cluster,
        EnumerableConvention.INSTANCE,
        convertletTable);
    this.config = context.config();
    this.javaTypeFactory = context.getTypeFactory();
    this.owner = prepare;
    this.ownCluster = cluster;
    this.convertlets = convertletTable;
    this.rights = new CheckedRights(prepare.rights());
  }

  /** Definer's rights: what stands in a view may call what its maker may. */
  @Override
  public RelRoot expandView(
      RelDataType rowType,
      String queryString,
      List<String> schemaPath,
      @Nullable List<String> viewPath) {
    if (viewPath == null || viewPath.isEmpty()) {
      return super.expandView(rowType, queryString, schemaPath, viewPath);
    }
    rights.enter(viewPath.getLast());
    try {
      RelRoot view = super.expandView(rowType, queryString, schemaPath, viewPath);
      return view.withRel(UnplacedCalls.in(view.rel));
    } finally {
      rights.leave();
    }
  }

  @Override
  protected PreparedResult createPreparedExplanation(
      RelDataType resultType,
      RelDataType parameterRowType,
      @Nullable RelRoot root,
      SqlExplainFormat format,
      SqlExplainLevel detailLevel) {
    return new Explanation(
        resultType, parameterRowType, root, format, detailLevel, rights.explanation());
  }

  @Override
  protected Program getProgram() {
    Program planning =
        Programs.sequence(
            ChangeCheck.program(),
            rights,
            (planner, rel, traits, materializations, lattices) ->
                ConstantFolding.begin(planner, CanonicalCalls.in(rel), owner.constants()),
            PlanStep.of(UnnestedNulls::in),
            PlanStep.of(RowParameters::in),
            new SplitFilters(),
            CorrelatedRows.planning(super.getProgram()),
            rights,
            PlanStep.of(MonotonicOrder::in),
            PlanStep.of(DecimalKeys::in));
    Program finished =
        PlanStep.of(
            plan -> {
              owner.planned(() -> Explanation.of(plan, rights.explanation()));
              return plan;
            });
    Program calling =
        owner.batches()
            ? new BatchPlan(new Parallelism(owner.snapshot(), owner.threads()))
            : PlanStep.of(RepeatedRows::in);
    return Programs.sequence(planning, calling, finished, PlanStep.of(PushedParameters::in));
  }

  /** The last place before columns that nobody reads are dropped. */
  @Override
  protected RelRoot trimUnusedFields(RelRoot root) {
    RelNode plan = owner.textIsUsers() ? root.rel : UnplacedCalls.in(root.rel);
    return super.trimUnusedFields(root.withRel(CallBarriers.in(plan)));
  }

  @Override
  protected RelNode decorrelate(
      SqlToRelConverter sqlToRelConverter, SqlNode query, RelNode rootRel) {
    return CorrelatedRows.areKept(rootRel)
        ? rootRel
        : super.decorrelate(sqlToRelConverter, query, rootRel);
  }

  @Override
  protected SqlToRelConverter getSqlToRelConverter(
      SqlValidator validator,
      Prepare.CatalogReader catalogReader,
      SqlToRelConverter.Config converterConfig) {
    return new CollatingConverter(
        this,
        validator,
        catalogReader,
        ownCluster,
        convertlets,
        CallBarriers.areNeeded(owner.snapshot())
            ? withoutMerging(converterConfig)
            : converterConfig);
  }

  /** Projections merge while the plan is made; calls that have to be counted would get lost. */
  private static SqlToRelConverter.Config withoutMerging(SqlToRelConverter.Config config) {
    return config.addRelBuilderConfigTransform(
        builder -> builder.withBloat(-1).withPruneInputOfAggregate(false));
  }

  @Override
  protected SqlValidator createSqlValidator(
      Prepare.CatalogReader catalogReader, UnaryOperator<SqlValidator.Config> transform) {
    return owner.validator(
        (CalciteCatalogReader) catalogReader, javaTypeFactory, config, rights, transform);
  }
}
