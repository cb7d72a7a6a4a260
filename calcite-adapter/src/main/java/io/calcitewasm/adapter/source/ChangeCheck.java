package io.calcitewasm.adapter.source;

import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.tools.Program;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that changes of rows do what they say: Calcite plans some that change nothing, fail
 * with a null pointer, or forget a condition when they are pushed down. An UPDATE or DELETE stays
 * as it is if the database can do all of it: one table, a condition and expressions over its
 * columns. Any other becomes a {@link KeyedChange}, or is refused.
 */
public final class ChangeCheck {
  private ChangeCheck() {}

  /** Runs before planning. */
  public static Program program() {
    return (planner, rel, traits, materializations, lattices) -> {
      if (!(rel instanceof TableModify change)) {
        return rel;
      }
      RelNode checked = check(change);
      if (checked instanceof KeyedChange) {
        planner.addRule(KeyedChange.RULE);
      }
      return checked;
    };
  }

  /**
   * Looks at a statement's unplanned form.
   *
   * @return what to plan instead
   * @throws SqlError 0A000 saying what is not supported
   */
  private static RelNode check(TableModify change) {
    if (change.getTable().unwrap(SourceTable.class) == null) {
      throw unsupported(change, "it is not a table whose rows can be changed");
    }
    if (change.isMerge()) {
      throw unsupported(change, "MERGE is not supported; use INSERT and UPDATE");
    }
    Optional<String> obstacle = change.isInsert() ? Optional.empty() : obstacle(change);
    if (obstacle.isEmpty()) {
      return change;
    }
    KeyedChange keyed = KeyedChange.of(change);
    if (keyed == null) {
      throw unsupported(
          change, obstacle.get() + ", and without a primary key nobody else can find its rows");
    }
    return keyed;
  }

  /** Why the database cannot do an UPDATE or DELETE alone. */
  private static Optional<String> obstacle(TableModify change) {
    List<RexNode> expressions = new ArrayList<>();
    if (change.getSourceExpressionList() != null) {
      expressions.addAll(change.getSourceExpressionList());
    }
    RelNode input = change.getInput();
    if (input instanceof Project project) {
      expressions.addAll(project.getProjects());
      input = project.getInput();
    }
    if (input instanceof Filter filter) {
      expressions.add(filter.getCondition());
      input = filter.getInput();
    }
    boolean same =
        input instanceof TableScan scan
            && scan.getTable().getQualifiedName().equals(change.getTable().getQualifiedName());
    if (!same) {
      return Optional.of("the database cannot change a table by way of others");
    }
    Obstacles obstacles = new Obstacles();
    expressions.forEach(expression -> expression.accept(obstacles));
    return Optional.ofNullable(obstacles.first);
  }

  private static final class Obstacles extends RexVisitorImpl<@Nullable Void> {
    private @Nullable String first;

    Obstacles() {
      super(true);
    }

    private @Nullable Void found(String obstacle) {
      first = first == null ? obstacle : first;
      return null;
    }

    @Override
    public @Nullable Void visitSubQuery(RexSubQuery subQuery) {
      return found("the database does not get sub-queries");
    }

    @Override
    public @Nullable Void visitOver(RexOver over) {
      return found("the database does not get window functions");
    }

    @Override
    public @Nullable Void visitCall(RexCall call) {
      return call.getOperator() instanceof SqlFunction function
              && function.getFunctionType().isUserDefined()
          ? found("function " + function.getNameAsId() + " does not run in the database")
          : super.visitCall(call);
    }
  }

  private static SqlError unsupported(TableModify change, String why) {
    String name = String.join(".", change.getTable().getQualifiedName());
    return new SqlError("0A000", change.getOperation() + " of " + name + ": " + why);
  }
}
