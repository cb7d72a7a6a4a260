package io.calcitewasm.adapter.catalogue;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.SchemaPlus;

/** Tells the row type of a view's query, as the planner sees it now. */
@FunctionalInterface
public interface ViewTypes {
  /**
   * Validates a query without planning it.
   *
   * @param root the schemas it sees
   * @param defaultSchema where it looks up unqualified names
   * @param sql the query
   */
  RelDataType rowType(SchemaPlus root, String defaultSchema, String sql);
}
