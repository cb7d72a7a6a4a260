package io.calcitewasm.adapter.batch;

import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.BooleanColumn;
import io.calcitewasm.udf.batch.DoubleColumn;
import io.calcitewasm.udf.batch.LongColumn;
import io.calcitewasm.udf.batch.ObjectColumn;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Which column holds values of a Calcite type, and how Calcite has them in Java. */
enum ColumnKind {
  BOOLEAN(BooleanColumn.class, boolean.class, Boolean.class),
  LONG(LongColumn.class, long.class, Number.class),
  REAL(DoubleColumn.class, double.class, Number.class),
  DOUBLE(DoubleColumn.class, double.class, Number.class),
  OBJECT(ObjectColumn.class, Object.class, Object.class);

  private final Class<? extends BatchColumn> column;
  private final Class<?> primitive;
  private final Class<?> boxed;

  ColumnKind(Class<? extends BatchColumn> column, Class<?> primitive, Class<?> boxed) {
    this.column = column;
    this.primitive = primitive;
    this.boxed = boxed;
  }

  static ColumnKind of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP -> LONG;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> LONG;
      case REAL -> REAL;
      case FLOAT, DOUBLE -> DOUBLE;
      default -> SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName()) ? LONG : OBJECT;
    };
  }

  /** The column's class. */
  Class<? extends BatchColumn> column() {
    return column;
  }

  /** What {@code set} and {@code get} take and give for values that are not NULL. */
  Class<?> primitive() {
    return primitive;
  }

  /** What {@code set} takes for values that may be NULL. */
  Class<?> boxed() {
    return boxed;
  }

  /** An expression that makes a column. */
  Expression create() {
    return switch (this) {
      case REAL -> Expressions.new_(column, Expressions.constant(true));
      case DOUBLE -> Expressions.new_(column, Expressions.constant(false));
      case BOOLEAN, LONG, OBJECT -> Expressions.new_(column);
    };
  }
}
