package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.function.WasmTypeFactory;
import io.calcitewasm.adapter.sql.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** What JDBC is told of statements that Calcite does not plan. */
final class Signatures {
  private static final JavaTypeFactory TYPES = new WasmTypeFactory();

  private Signatures() {}

  /** The signature of a statement about the catalogue; without columns it returns no rows. */
  static Meta.Signature ofDefinition(String sql, Optional<Columns> columns) {
    List<ColumnMetaData> metadata = new ArrayList<>();
    columns.ifPresent(
        c -> c.rowType(TYPES).getFieldList().forEach(field -> metadata.add(column(field))));
    return Meta.Signature.create(
        metadata,
        sql,
        List.of(),
        Meta.CursorFactory.ARRAY,
        metadata.isEmpty() ? Meta.StatementType.OTHER_DDL : Meta.StatementType.SELECT);
  }

  private static ColumnMetaData column(RelDataTypeField field) {
    RelDataType type = field.getType();
    ColumnMetaData.Rep rep = ColumnMetaData.Rep.of(TYPES.getJavaClass(type));
    return MetaImpl.columnMetaData(
        field.getName(),
        field.getIndex(),
        ColumnMetaData.scalar(
            type.getSqlTypeName().getJdbcOrdinal(), type.getSqlTypeName().getName(), rep),
        type.isNullable());
  }
}
