package io.calcitewasm.adapter.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The types that values are converted to before they are stored. A cast to VARCHAR(5) cuts what is
 * longer, silently; storing it must fail (22001), and the database sees to that if it gets the
 * whole value.
 */
public final class Assignment {
  private Assignment() {}

  /** A row type whose character and binary columns take values of any length. */
  public static RelDataType uncut(RelDataTypeFactory types, RelDataType row) {
    List<RelDataType> columns = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      RelDataType type = field.getType();
      columns.add(
          switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> any(types, SqlTypeName.VARCHAR, type);
            case BINARY, VARBINARY -> any(types, SqlTypeName.VARBINARY, type);
            default -> type;
          });
    }
    return types.createStructType(columns, row.getFieldNames());
  }

  private static RelDataType any(RelDataTypeFactory types, SqlTypeName name, RelDataType type) {
    return types.createTypeWithNullability(types.createSqlType(name), type.isNullable());
  }
}
