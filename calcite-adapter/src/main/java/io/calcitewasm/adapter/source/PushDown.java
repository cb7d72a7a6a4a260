package io.calcitewasm.adapter.source;

import org.apache.calcite.adapter.jdbc.JdbcConvention;
import org.apache.calcite.adapter.jdbc.JdbcRules;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * What one JDBC database does of a query: all that Calcite's rules give it, except projections that
 * read an array or row of an outer query. Calcite would hand that value over as a parameter, in its
 * own representation, which no driver takes: {@code FROM album, UNNEST(album.tags)}.
 */
final class PushDown extends JdbcConvention {
  PushDown(SqlDialect dialect, Expression expression, String name) {
    super(dialect, expression, name);
  }

  @Override
  public void register(RelOptPlanner planner) {
    for (RelOptRule rule : JdbcRules.rules(this)) {
      planner.addRule(
          rule instanceof JdbcRules.JdbcProjectRule project
              ? new PlainProject(project.config)
              : rule);
    }
    planner.addRule(CoreRules.FILTER_SET_OP_TRANSPOSE);
    planner.addRule(CoreRules.PROJECT_REMOVE);
  }

  private static final class PlainProject extends JdbcRules.JdbcProjectRule {
    PlainProject(ConverterRule.Config config) {
      super(config);
    }

    @Override
    public boolean matches(RelOptRuleCall call) {
      Project project = call.rel(0);
      return project.getProjects().stream().noneMatch(PlainProject::readsOuterCollection)
          && super.matches(call);
    }

    private static boolean readsOuterCollection(RexNode expression) {
      try {
        expression.accept(
            new RexVisitorImpl<@Nullable Void>(true) {
              @Override
              public @Nullable Void visitFieldAccess(RexFieldAccess access) {
                if (RexUtil.containsCorrelation(access)
                    && (SqlTypeUtil.isCollection(access.getType())
                        || access.getType().isStruct())) {
                  throw Util.FoundOne.NULL;
                }
                return super.visitFieldAccess(access);
              }
            });
        return false;
      } catch (Util.FoundOne found) {
        return true;
      }
    }
  }
}
