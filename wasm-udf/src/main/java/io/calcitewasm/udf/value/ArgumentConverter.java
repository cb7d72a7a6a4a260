package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.ValType;
import org.jspecify.annotations.Nullable;

/**
 * SQL value → component value, for one type. Immutable, for any number of threads.
 *
 * <p>SQL values are BOOLEAN {@code Boolean}; numbers any {@code Number}; CHAR, VARCHAR {@code
 * String}; VARBINARY {@code byte[]}; DATE {@code Integer} days, TIME {@code Integer} milliseconds
 * of the day, TIMESTAMP {@code Long} milliseconds, with local time zone too; INTERVAL YEAR TO MONTH
 * months, INTERVAL DAY TO SECOND milliseconds; UUID {@code java.util.UUID}; ARRAY {@code List}; ROW
 * {@code Object[]} or {@code List}; NULL null. DECIMAL values keep their own scale.
 */
@FunctionalInterface
public interface ArgumentConverter {

  /**
   * Converts one value.
   *
   * @param value the SQL value; null only fits {@code option}
   * @return the component value, as {@link ValType} tells
   * @throws MisfitException 22003 out of range, 22004 NULL, 22001 too long for {@code char}, 22023
   *     an unknown label or a value of another kind, 22008 a date or time, 22015 an interval, 22021
   *     a string that is no Unicode text
   */
  Object convert(@Nullable Object value) throws MisfitException;

  /**
   * The converter of a type that has an SQL form.
   *
   * @throws IllegalArgumentException if the type has none
   */
  static ArgumentConverter of(ValType type) {
    return ArgumentConverters.of(type);
  }
}
