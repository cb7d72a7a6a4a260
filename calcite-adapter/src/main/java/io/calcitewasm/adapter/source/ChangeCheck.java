package io.calcitewasm.adapter.source;

import io.calcitewasm.udf.SqlError;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.tools.Program;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes of rows that would go wrong: Calcite plans some that change nothing, fail with a
 * null pointer, or forget a condition when they are pushed down. UPDATE and DELETE pass if the
 * database can do all of it: one table, a condition and expressions over its columns.
 */
public final class ChangeCheck {
  private ChangeCheck() {}

  /** Runs before planning and leaves the query as it is. */
  public static Program program() {
    return (planner, rel, traits, materializations, lattices) -> {
      check(rel);
      return rel;
    };
  }

  /**
   * Looks at a statement's unplanned form.
   *
   * @throws SqlError 0A000 saying what is not supported
   */
  public static void check(RelNode rel) {
    if (rel instanceof TableModify change) {
      if (change.getTable().unwrap(SourceTable.class) == null) {
        throw unsupported(change, "it is not a table whose rows can be changed");
      }
      if (change.isMerge()) {
        throw unsupported(change, "MERGE is not supported; use INSERT and UPDATE");
      }
      if (!change.isInsert()) {
        checkPushable(change);
      }
    }
    rel.getInputs().forEach(ChangeCheck::check);
  }

  private static void checkPushable(TableModify change) {
    RelNode input = change.getInput();
    List<RexNode> sources = change.getSourceExpressionList();
    if (sources != null) {
      sources.forEach(source -> checkPushable(change, source));
    }
    if (input instanceof Project project) {
      project.getProjects().forEach(source -> checkPushable(change, source));
      input = project.getInput();
    }
    if (input instanceof Filter filter) {
      checkPushable(change, filter.getCondition());
      input = filter.getInput();
    }
    boolean same =
        input instanceof TableScan scan
            && scan.getTable().getQualifiedName().equals(change.getTable().getQualifiedName());
    if (!same) {
      throw unsupported(change, "only conditions on the table's own columns are supported");
    }
  }

  private static void checkPushable(TableModify change, RexNode expression) {
    expression.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitSubQuery(RexSubQuery subQuery) {
            throw unsupported(change, "sub-queries are not supported there");
          }

          @Override
          public @Nullable Void visitCorrelVariable(RexCorrelVariable variable) {
            throw unsupported(change, "sub-queries are not supported there");
          }

          @Override
          public @Nullable Void visitOver(RexOver over) {
            throw unsupported(change, "window functions are not supported there");
          }

          @Override
          public @Nullable Void visitCall(RexCall call) {
            if (call.getOperator() instanceof SqlFunction function
                && function.getFunctionType().isUserDefined()) {
              throw unsupported(
                  change,
                  "function "
                      + function
                      + " does not run in the database; write the rows with INSERT … SELECT or"
                      + " CREATE TABLE … AS");
            }
            return super.visitCall(call);
          }
        });
  }

  private static SqlError unsupported(TableModify change, String why) {
    String name = String.join(".", change.getTable().getQualifiedName());
    return new SqlError("0A000", change.getOperation() + " of " + name + ": " + why);
  }
}
