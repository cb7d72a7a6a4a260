package io.calcitewasm.adapter.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/** The answer to EXPLAIN PLAN FOR: Calcite's plan, and what it needs of whom. */
final class Explanation extends Prepare.PreparedExplain {
  private final SqlExplainFormat format;
  private final List<String> needs;

  Explanation(
      RelDataType rowType,
      RelDataType parameterRowType,
      @Nullable RelRoot root,
      SqlExplainFormat format,
      SqlExplainLevel detailLevel,
      List<String> needs) {
    super(rowType, parameterRowType, root, format, detailLevel);
    this.format = format;
    this.needs = needs;
  }

  /** A plan for people has the needs below it; a plan for programs stays as they know it. */
  @Override
  public String getCode() {
    String plan = super.getCode();
    return format == SqlExplainFormat.TEXT ? withNeeds(plan, needs) : plan;
  }

  /** A plan for people. */
  static String of(RelNode plan, List<String> needs) {
    return withNeeds(
        RelOptUtil.dumpPlan("", plan, SqlExplainFormat.TEXT, SqlExplainLevel.EXPPLAN_ATTRIBUTES),
        needs);
  }

  private static String withNeeds(String plan, List<String> needs) {
    return plan + needs.stream().map(need -> "-- " + need + "\n").collect(Collectors.joining());
  }

  @Override
  public Bindable<?> getBindable(Meta.CursorFactory cursorFactory) {
    String explanation = getCode();
    return context ->
        switch (cursorFactory.style) {
          case ARRAY -> Linq4j.singletonEnumerable(new String[] {explanation});
          default -> Linq4j.singletonEnumerable(explanation);
        };
  }
}
