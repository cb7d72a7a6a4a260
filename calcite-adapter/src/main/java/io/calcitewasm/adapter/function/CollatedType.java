package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlCollation.Coercibility;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The collation of a module that Calcite's type of a text carries.
 *
 * @param name {@code module.collation} in lower case; {@link #PLAIN} for the order of code points
 * @param explicit whether a COLLATE clause has said so, which wins over what columns declare
 */
public record CollatedType(String name, boolean explicit) {
  /** The order that texts without any collation have. */
  public static final String PLAIN = "ucs_basic";

  /** That of Calcite's own collation: it compares texts of one character set only. */
  private static final Charset CHARSET = SqlCollation.IMPLICIT.getCharset();

  /** Types are shared by their texts, which have to tell the two strengths apart. */
  private static final String EXPLICIT = "!";

  /** What a column that a remark of the database describes so has as its collation. */
  private static final String REMARK = "calcite-wasm: COLLATE ";

  /** What a type says; empty without a collation of a module. */
  public static Optional<CollatedType> of(RelDataType type) {
    SqlCollation collation = type.getCollation();
    if (collation == null || !SqlTypeUtil.inCharFamily(type)) {
      return Optional.empty();
    }
    String prefix = prefix();
    String name = collation.getCollationName();
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    boolean explicit = name.endsWith(EXPLICIT);
    return Optional.of(
        new CollatedType(
            name.substring(prefix.length(), name.length() - (explicit ? EXPLICIT.length() : 0)),
            explicit));
  }

  /** What the names of collations begin with that are a module's. */
  private static String prefix() {
    return CHARSET.name() + "$" + Locale.ROOT + "$";
  }

  /** The same collation as a column has it, not as a clause says it. */
  public CollatedType implicit() {
    return new CollatedType(name, false);
  }

  /** Whether a type's texts are in another order than that of code points. */
  public static boolean in(RelDataType type) {
    return of(type).filter(collated -> !collated.name.equals(PLAIN)).isPresent();
  }

  /** The type of the same texts with this collation. */
  public RelDataType apply(RelDataTypeFactory types, RelDataType text) {
    return types.createTypeWithNullability(
        types.createTypeWithCharsetAndCollation(
            text,
            StandardCharsets.UTF_8,
            new SqlCollation(
                explicit ? Coercibility.EXPLICIT : Coercibility.IMPLICIT,
                Locale.ROOT,
                CHARSET,
                explicit ? name + EXPLICIT : name)),
        text.isNullable());
  }

  /** The remark by which a database remembers the collation of a column. */
  public static String remark(String name) {
    return REMARK + name;
  }

  /** What a column declares by its remark. */
  public static Optional<CollatedType> ofRemark(String remark) {
    return remark.startsWith(REMARK)
        ? Optional.of(new CollatedType(remark.substring(REMARK.length()), false))
        : Optional.empty();
  }

  /**
   * The one of two types whose collation decides: a COLLATE clause over a column's declaration, and
   * any collation over none. Empty where texts are compared as they are.
   *
   * @throws SqlError 42P21 for two clauses, 42P22 for two columns that do not agree
   */
  public static Optional<RelDataType> deciding(RelDataType a, RelDataType b) {
    return stronger(a, b).filter(CollatedType::in);
  }

  /** As {@link #deciding}, with the order of code points for a collation like others. */
  static Optional<RelDataType> stronger(RelDataType a, RelDataType b) {
    Optional<CollatedType> left = of(a);
    Optional<CollatedType> right = of(b);
    if (left.isEmpty() || right.isEmpty()) {
      return left.isPresent() ? Optional.of(a) : Optional.of(b).filter(t -> right.isPresent());
    }
    if (left.get().explicit == right.get().explicit && !left.get().name.equals(right.get().name)) {
      throw disagreement(left.get(), right.get());
    }
    return Optional.of(left.get().explicit ? a : b);
  }

  private static SqlError disagreement(CollatedType a, CollatedType b) {
    return new SqlError(
        a.explicit ? "42P21" : "42P22",
        "texts of the collations "
            + a.name
            + " and "
            + b.name
            + " cannot be compared: "
            + (a.explicit
                ? "let both COLLATE clauses say the same"
                : "say by COLLATE which of them is meant"));
  }
}
