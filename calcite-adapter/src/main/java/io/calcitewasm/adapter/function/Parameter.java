package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.signature.SqlParameter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;

/** A parameter of a module's function, as Calcite sees it. */
record Parameter(int ordinal, SqlParameter parameter) implements FunctionParameter {
  @Override
  public int getOrdinal() {
    return ordinal;
  }

  @Override
  public String getName() {
    return parameter.name();
  }

  @Override
  public RelDataType getType(RelDataTypeFactory typeFactory) {
    return SqlTypes.toCalcite(parameter.type(), true, typeFactory);
  }

  @Override
  public boolean isOptional() {
    return false;
  }
}
