package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;

/** A parameter of a module's function, as Calcite sees it. */
record Parameter(int ordinal, SqlParameter parameter) implements FunctionParameter {
  /** The parameters of a function, in order. */
  static List<FunctionParameter> of(SqlFunction function) {
    List<FunctionParameter> parameters = new ArrayList<>();
    function.parameters().forEach(p -> parameters.add(new Parameter(parameters.size(), p)));
    return parameters;
  }

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
