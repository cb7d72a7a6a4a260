package io.calcitewasm.jdbc.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Struct;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SQL values as JSON: numbers up to BIGINT and finite floating-point ones as numbers; decimals,
 * dates, times, intervals, UUIDs, NaN and infinities as strings; binary as a string of lower-case
 * hexadecimal digits; ARRAY and ROW as arrays.
 */
final class JsonValues {
  static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  /** Objects of these types would show a time in the JVM's zone, TIME without its fraction. */
  private static final Map<String, Class<?>> AS_TEXT =
      Map.of(
          "DATE",
          String.class,
          "TIME",
          String.class,
          "TIMESTAMP",
          String.class,
          "TIMESTAMP_WITH_LOCAL_TIME_ZONE",
          String.class);

  private JsonValues() {}

  /** The JSON text of a value. */
  static String text(@Nullable Object value) throws SQLException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  static void write(JsonGenerator json, @Nullable Object value) throws IOException, SQLException {
    switch (value) {
      case null -> json.writeNull();
      case Boolean b -> json.writeBoolean(b);
      case Byte n -> json.writeNumber(n.intValue());
      case Short n -> json.writeNumber(n);
      case Integer n -> json.writeNumber(n);
      case Long n -> json.writeNumber(n);
      case Float n when Float.isFinite(n) -> json.writeNumber(n);
      case Double n when Double.isFinite(n) -> json.writeNumber(n);
      case BigDecimal n -> json.writeString(n.toPlainString());
      case String s -> json.writeString(wellFormed(s));
      case byte[] bytes -> json.writeString(HexFormat.of().formatHex(bytes));
      case Array array -> write(json, elements(array));
      case Struct row -> write(json, attributes(row));
      case Object[] items -> writeItems(json, Arrays.asList(items));
      case Iterable<?> items -> writeItems(json, items);
      case Map<?, ?> map -> writeMap(json, map);
      default -> {
        if (value.getClass().isArray()) {
          writePrimitives(json, value);
        } else {
          json.writeString(wellFormed(value.toString()));
        }
      }
    }
  }

  private static Object elements(Array array) throws SQLException {
    try {
      return array.getArray(AS_TEXT);
    } catch (SQLFeatureNotSupportedException | UnsupportedOperationException _) {
      return array.getArray();
    }
  }

  private static Object attributes(Struct row) throws SQLException {
    try {
      return row.getAttributes(AS_TEXT);
    } catch (SQLFeatureNotSupportedException | UnsupportedOperationException _) {
      return row.getAttributes();
    }
  }

  /** UTF-8 has no form for a surrogate without its other half. */
  static String wellFormed(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (Character.isSurrogate(s.charAt(i))) {
        return new String(s.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
      }
    }
    return s;
  }

  private static void writeItems(JsonGenerator json, Iterable<? extends @Nullable Object> items)
      throws IOException, SQLException {
    json.writeStartArray();
    for (Object item : items) {
      write(json, item);
    }
    json.writeEndArray();
  }

  /** Arrays of primitives, as some drivers return them for arrays without NULL. */
  private static void writePrimitives(JsonGenerator json, Object array)
      throws IOException, SQLException {
    json.writeStartArray();
    for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
      write(json, java.lang.reflect.Array.get(array, i));
    }
    json.writeEndArray();
  }

  private static void writeMap(JsonGenerator json, Map<?, ?> map) throws IOException, SQLException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }
}
