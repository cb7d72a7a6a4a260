package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.module.Snapshot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.SchemaPlus;

/** Tells the row type of a view's query, as the planner sees it with some modules. */
@FunctionalInterface
public interface ViewTypes {
  /**
   * Validates a query without planning it.
   *
   * @param modules the modules it sees
   * @param root the schemas it sees
   * @param defaultSchema where it looks up unqualified names
   * @param sql the query
   */
  RelDataType rowType(Snapshot modules, SchemaPlus root, String defaultSchema, String sql);
}
