package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;

/**
 * The operands of a module's function, for Calcite's descriptions. It checks nothing: {@link
 * ModuleOperator} has chosen the function by its operands already.
 */
record ModuleOperands(SqlFunction function) implements SqlOperandMetadata {
  @Override
  public List<RelDataType> paramTypes(RelDataTypeFactory typeFactory) {
    return function.parameters().stream()
        .map(p -> SqlTypes.toCalcite(p.type(), true, typeFactory))
        .toList();
  }

  @Override
  public List<String> paramNames() {
    return function.parameters().stream().map(SqlParameter::name).toList();
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding callBinding, boolean throwOnFailure) {
    return true;
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.any();
  }

  @Override
  public String getAllowedSignatures(SqlOperator op, String opName) {
    return function.sqlSignature();
  }
}
