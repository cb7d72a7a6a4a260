package io.calcitewasm.adapter.collation;

import io.calcitewasm.adapter.function.CollatedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Rewrites a plan whose texts have collations, before anything plans with it: sorts, groups, sets,
 * windows and sub-queries work on the texts' keys, and every operator answers the columns that it
 * answered before. Comparisons are {@link CollatingRexBuilder}'s, and done by then.
 */
final class CollatedPlan extends RelHomogeneousShuttle {
  private final CollatingRexBuilder rex;
  private final CollationKeys keys;
  private final CollatedExpressions expressions;

  CollatedPlan(CollatingRexBuilder rex) {
    this.rex = rex;
    this.keys = rex.keys();
    this.expressions = new CollatedExpressions(rex, this);
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode node = visitChildren(other).accept(expressions);
    return switch (node) {
      case Sort sort -> sort(sort);
      case Aggregate aggregate -> new CollatedAggregate(rex, aggregate).rewritten();
      case SetOp sets when collated(sets.getRowType()) -> new CollatedSets(rex, sets).rewritten();
      default -> node;
    };
  }

  /** Whether rows have a text with a collation. */
  private static boolean collated(RelDataType row) {
    return row.getFieldList().stream().map(RelDataTypeField::getType).anyMatch(CollatedType::in);
  }

  /** Sorts by keys behind the columns. */
  private RelNode sort(Sort sort) {
    RelNode input = sort.getInput();
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(input.getRowType()));
    List<RelFieldCollation> order = new ArrayList<>();
    int width = columns.size();
    for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
      RexNode column = columns.get(field.getFieldIndex());
      if (CollationKeys.matter(column)) {
        order.add(field.withFieldIndex(columns.size()));
        columns.add(keys.ordered(column));
      } else {
        order.add(field);
      }
    }
    if (columns.size() == width) {
      return sort;
    }
    RelCollation collation = RelCollations.of(order);
    RelNode sorted =
        LogicalSort.create(project(input, columns), collation, sort.offset, sort.fetch);
    return restored(rex, sorted, sort.getRowType());
  }

  /** Rows with these columns. */
  static RelNode project(RelNode input, List<RexNode> columns) {
    return LogicalProject.create(input, List.of(), columns, (List<String>) null, Set.of());
  }

  /** The first columns of rows, as many as a row type has and with its names. */
  static RelNode restored(RexBuilder rex, RelNode rows, RelDataType wanted) {
    return typed(
        rex,
        rows,
        new ArrayList<>(rex.identityProjects(rows.getRowType()).subList(0, wanted.getFieldCount())),
        wanted);
  }

  /** Rows with these columns, which get the types and names of a row type. */
  static RelNode typed(RexBuilder rex, RelNode rows, List<RexNode> columns, RelDataType wanted) {
    List<RexNode> cast = new ArrayList<>();
    for (RelDataTypeField field : wanted.getFieldList()) {
      cast.add(rex.ensureType(field.getType(), columns.get(field.getIndex()), true));
    }
    return LogicalProject.create(rows, List.of(), cast, wanted.getFieldNames(), Set.of());
  }
}
