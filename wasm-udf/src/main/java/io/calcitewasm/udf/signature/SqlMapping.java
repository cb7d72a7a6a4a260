package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.ValType;

/**
 * A WIT type in SQL (docs/sql.md, "Types").
 *
 * @param type the SQL type
 * @param nullable whether NULL is one of its values ({@code option})
 */
public record SqlMapping(SqlType type, boolean nullable) {
  /** First field of a variant's ROW: the label of the case. */
  public static final String CASE = "case";

  /** A type has no SQL form. */
  public static final class NoSqlFormException extends Exception {
    private static final long serialVersionUID = 1;

    NoSqlFormException(String reason) {
      super(reason);
    }

    /** Half a sentence. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * The SQL form of a type.
   *
   * @throws NoSqlFormException with the reason when there is none
   */
  public static SqlMapping of(ValType type) throws NoSqlFormException {
    return new TypeMapper(TypeMapper.LARGEST).map(type);
  }
}
