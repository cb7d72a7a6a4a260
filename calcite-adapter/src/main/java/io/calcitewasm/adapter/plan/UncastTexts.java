package io.calcitewasm.adapter.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's implicit conversions, except that texts of different lengths are compared as they are:
 * the cast that would make their lengths the same knows nothing of collations.
 */
final class UncastTexts extends TypeCoercionImpl {
  UncastTexts(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    return left != null
            && right != null
            && SqlTypeUtil.inCharFamily(left)
            && SqlTypeUtil.inCharFamily(right)
        ? null
        : super.commonTypeForBinaryComparison(left, right);
  }

  @Override
  protected @Nullable RelDataType commonTypeForComparison(List<RelDataType> types) {
    return types.stream().allMatch(SqlTypeUtil::inCharFamily)
        ? null
        : super.commonTypeForComparison(types);
  }
}
