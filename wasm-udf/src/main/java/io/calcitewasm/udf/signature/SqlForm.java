package io.calcitewasm.udf.signature;

import java.util.List;

/** Whether and how a component function can be called from SQL. */
public sealed interface SqlForm {

  /**
   * It can be called.
   *
   * @param parameters in order
   * @param result the type of the value
   * @param resultNullable whether the function itself may answer NULL; a strict parameter adds its
   *     argument's nullability
   * @param raises whether the WIT result is a {@code result}, whose {@code err} becomes an SQL
   *     error
   */
  record Typed(
      List<SqlParameter> parameters, SqlType result, boolean resultNullable, boolean raises)
      implements SqlForm {
    public Typed {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * It cannot: calling it is WM004.
   *
   * @param reason why, as half a sentence: {@code parameter r: a resource has no SQL form}
   */
  record None(String reason) implements SqlForm {}
}
