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
   * It is an aggregate: a resource with {@code constructor}, {@code step} and {@code value}.
   *
   * @param parameters what the constructor takes, constant in a group, then what {@code step} takes
   * @param constantCount how many of them are the constructor's
   * @param result the type of {@code value}
   * @param resultNullable whether {@code value} may answer NULL
   * @param methods what is called
   */
  record Aggregate(
      List<SqlParameter> parameters,
      int constantCount,
      SqlType result,
      boolean resultNullable,
      AggregateMethods methods)
      implements SqlForm {
    public Aggregate {
      parameters = List.copyOf(parameters);
    }

    /** What the constructor takes. */
    public List<SqlParameter> constants() {
      return parameters.subList(0, constantCount);
    }

    /** What {@code step} takes. */
    public List<SqlParameter> inputs() {
      return parameters.subList(constantCount, parameters.size());
    }
  }

  /**
   * It is a table function whose rows are pulled: it answers with a resource that has {@code next}.
   *
   * @param parameters in order
   * @param columns of the rows
   * @param open answers the resource
   * @param next pulls rows out of the resource
   */
  record Cursor(
      List<SqlParameter> parameters, SqlType.RowOf columns, SqlFunction open, SqlFunction next)
      implements SqlForm {
    public Cursor {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * It takes any arguments and says for their types what it answers.
   *
   * @param resolve answers a handle and the type of the result for a name and types of arguments
   * @param call answers a value for a handle and arguments
   */
  record Dynamic(SqlFunction resolve, SqlFunction call) implements SqlForm {}

  /**
   * It is an aggregate that takes any arguments and says for their types what it answers.
   *
   * @param resolve answers a handle and the type of the result for a name and types of arguments
   * @param accumulator the aggregate as its guest sees it: its constructor takes a handle, its
   *     {@code step} a list of values, and its {@code value} is one
   */
  record DynamicAggregate(SqlFunction resolve, SqlFunction accumulator) implements SqlForm {
    /** What is called. */
    public AggregateMethods methods() {
      return ((Aggregate) accumulator.form()).methods();
    }
  }

  /**
   * It cannot: calling it is WM004.
   *
   * @param reason why, as half a sentence: {@code parameter r: a resource has no SQL form}
   */
  record None(String reason) implements SqlForm {}
}
