package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.type.RelProtoDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.ModifiableTable;
import org.apache.calcite.schema.impl.ViewTable;
import org.jspecify.annotations.Nullable;

/** A view as a table to read; changing its rows is refused with a sentence. */
final class OwnView extends ViewTable implements ModifiableTable {
  private final String name;

  OwnView(View view, RelProtoDataType rowType) {
    super(
        Object[].class,
        rowType,
        view.sql(),
        List.of(view.definition().defaultSchema()),
        List.of(Store.USER_SCHEMA, view.name()));
    this.name = view.name();
  }

  @Override
  public @Nullable Collection<Object> getModifiableCollection() {
    return null;
  }

  @Override
  public TableModify toModificationRel(
      RelOptCluster cluster,
      RelOptTable table,
      Prepare.CatalogReader catalogReader,
      RelNode input,
      TableModify.Operation operation,
      @Nullable List<String> updateColumns,
      @Nullable List<RexNode> sourceExpressions,
      boolean flattened) {
    throw new SqlError("0A000", "view " + name + " cannot be changed: change its tables");
  }
}
