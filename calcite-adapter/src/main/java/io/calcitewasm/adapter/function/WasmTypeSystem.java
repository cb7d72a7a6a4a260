package io.calcitewasm.adapter.function;

import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Calcite's type system with decimals of 38 digits and without blank padding: character values of
 * different lengths meet as VARCHAR.
 */
public final class WasmTypeSystem extends RelDataTypeSystemImpl {
  /** The only instance. */
  public static final WasmTypeSystem INSTANCE = new WasmTypeSystem();

  /** Most digits of a DECIMAL. */
  public static final int MAX_DECIMAL_DIGITS = 38;

  private WasmTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL_DIGITS : super.getMaxPrecision(typeName);
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL_DIGITS : super.getMaxScale(typeName);
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}
