package io.calcitewasm.udf.value;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL values taken as what their type says they are. */
final class Values {
  private Values() {}

  /** 22004 for NULL, 22023 for a value of another Java class than its SQL type has. */
  static MisfitException notA(String wanted, @Nullable Object value) {
    return value == null
        ? new MisfitException("22004", "NULL is not allowed here")
        : new MisfitException("22023", "a " + value.getClass().getName() + " is not a " + wanted);
  }

  static boolean bool(@Nullable Object value) throws MisfitException {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw notA("boolean", value);
  }

  static String text(@Nullable Object value) throws MisfitException {
    if (value instanceof String text) {
      return text;
    }
    throw notA("character value", value);
  }

  static byte[] bytes(@Nullable Object value) throws MisfitException {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    throw notA("binary value", value);
  }

  static List<@Nullable Object> list(@Nullable Object value) throws MisfitException {
    if (value instanceof List<?> list) {
      @SuppressWarnings("unchecked")
      List<@Nullable Object> elements = (List<@Nullable Object>) list;
      return elements;
    }
    if (value instanceof Object[] array) {
      return Arrays.asList(array);
    }
    throw notA("array", value);
  }

  /** A row of exactly so many fields. */
  static List<@Nullable Object> row(@Nullable Object value, int fields) throws MisfitException {
    if (value == null || !(value instanceof List<?> || value instanceof Object[])) {
      throw notA("row", value);
    }
    List<@Nullable Object> row = list(value);
    if (row.size() != fields) {
      throw new MisfitException(
          "22023", "a row of " + row.size() + " fields is not one of " + fields);
    }
    return row;
  }
}
