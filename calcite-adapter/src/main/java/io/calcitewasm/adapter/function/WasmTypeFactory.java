package io.calcitewasm.adapter.function;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * A type factory whose character types are UTF-8 instead of Calcite's ISO-8859-1. Texts that say
 * nothing of their collation take on that of others.
 */
public final class WasmTypeFactory extends JavaTypeFactoryImpl {
  /** A type factory over {@link WasmTypeSystem}. */
  public WasmTypeFactory() {
    super(WasmTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createTypeWithCharsetAndCollation(
      RelDataType type, Charset charset, SqlCollation collation) {
    return super.createTypeWithCharsetAndCollation(
        type, charset, collation == SqlCollation.IMPLICIT ? SqlCollation.COERCIBLE : collation);
  }

  /** The type that several texts have in common has the collation that decides among theirs. */
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    RelDataType common = super.leastRestrictive(types, mappingRule);
    if (common == null || !SqlTypeUtil.inCharFamily(common)) {
      return common;
    }
    Optional<RelDataType> deciding = Optional.empty();
    for (RelDataType type : types) {
      deciding =
          deciding.isEmpty()
              ? Optional.of(type).filter(t -> CollatedType.of(t).isPresent())
              : CollatedType.stronger(deciding.get(), type);
    }
    return deciding
        .flatMap(CollatedType::of)
        .map(collated -> collated.apply(this, common))
        .orElse(common);
  }
}
