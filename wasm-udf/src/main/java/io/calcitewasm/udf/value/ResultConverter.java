package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.signature.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Component value → SQL value, for one type. Immutable, for any number of threads. SQL values are
 * as {@link ArgumentConverter} tells, numbers in the class of their type: TINYINT {@code Byte},
 * SMALLINT {@code Short}, INTEGER {@code Integer}, BIGINT {@code Long}, DECIMAL {@code BigDecimal},
 * REAL {@code Float}, DOUBLE {@code Double}; ROW {@code Object[]}.
 */
@FunctionalInterface
public interface ResultConverter {

  /**
   * Converts one value.
   *
   * @param value the component value, as {@link ValType} tells
   * @param size what the whole result may still take
   * @return the SQL value, null for {@code none}
   * @throws MisfitException 22003 a decimal of too many digits, 22008 a date or time out of range,
   *     54000 a result that is too large
   */
  @Nullable Object convert(Object value, SizeLimit size) throws MisfitException;

  /**
   * The converter of a type that has an SQL form.
   *
   * @param type the component type
   * @param as its SQL type; a DECIMAL of narrower precision and scale narrows the values
   * @throws IllegalArgumentException if the type has no SQL form
   */
  static ResultConverter of(ValType type, SqlType as) {
    return ResultConverters.of(type, as);
  }
}
