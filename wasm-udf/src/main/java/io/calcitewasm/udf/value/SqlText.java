package io.calcitewasm.udf.value;

import io.calcitewasm.udf.signature.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL values as SQL writes them: {@code ROW('x', 1, NULL)}, {@code DATE '2026-11-20'}. */
public final class SqlText {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final StringBuilder out = new StringBuilder();
  private final int most;

  private SqlText(int most) {
    this.most = most;
  }

  /**
   * Writes a value.
   *
   * @param type its SQL type
   * @param value the value, as {@link ArgumentConverter} tells
   * @param most about how many characters to write before stopping
   */
  public static String of(SqlType type, @Nullable Object value, int most) {
    SqlText text = new SqlText(most);
    text.append(type, value);
    return text.out.toString();
  }

  /**
   * Writes arguments: {@code (5, 'x')}.
   *
   * @param types of the values; where one is null nothing is known but NULL
   * @param most about how many characters to write for each
   */
  public static String ofAll(
      List<? extends @Nullable SqlType> types, @Nullable Object[] values, int most) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < values.length; i++) {
      SqlType type = types.get(i);
      text.append(i == 0 ? "" : ", ").append(type == null ? "NULL" : of(type, values[i], most));
    }
    return text.append(')').toString();
  }

  private void append(SqlType type, @Nullable Object value) {
    if (out.length() > most) {
      return;
    }
    if (value == null) {
      out.append("NULL");
      return;
    }
    switch (type) {
      case SqlType.Scalar scalar -> scalar(scalar.kind(), value);
      case SqlType.ArrayOf array -> array(array.element(), (List<?>) value);
      case SqlType.RowOf row -> row(row, (@Nullable Object[]) value);
      case SqlType.Handle handle -> out.append(handle.toSql());
    }
  }

  private void array(SqlType element, List<?> values) {
    out.append("ARRAY[");
    String separator = "";
    for (Object each : values) {
      if (out.length() > most) {
        return;
      }
      out.append(separator);
      append(element, each);
      separator = ", ";
    }
    out.append(']');
  }

  private void row(SqlType.RowOf row, @Nullable Object[] values) {
    out.append("ROW(");
    String separator = "";
    for (int i = 0; i < values.length; i++) {
      out.append(separator);
      append(row.fields().get(i).type(), values[i]);
      separator = ", ";
    }
    out.append(')');
  }

  private void scalar(SqlType.Kind kind, Object value) {
    switch (kind) {
      case BOOLEAN -> out.append((Boolean) value ? "TRUE" : "FALSE");
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> out.append(value);
      case DECIMAL -> out.append(((BigDecimal) value).toPlainString());
      case CHAR, VARCHAR -> quoted("", (String) value);
      case VARBINARY -> binary((byte[]) value);
      case DATE -> quoted("DATE ", LocalDate.ofEpochDay((Integer) value).toString());
      case TIME ->
          quoted("TIME ", TIME.format(LocalTime.ofNanoOfDay((Integer) value * 1_000_000L)));
      case TIMESTAMP, TIMESTAMP_LTZ ->
          quoted(
              kind.sql() + " ",
              STAMP.format(
                  LocalDateTime.ofInstant(Instant.ofEpochMilli((Long) value), ZoneOffset.UTC)));
      case INTERVAL_YEAR_MONTH -> quoted("INTERVAL ", value.toString()).append(" MONTH");
      case INTERVAL_DAY_SECOND ->
          quoted("INTERVAL ", BigDecimal.valueOf((Long) value, 3).toPlainString())
              .append(" SECOND");
      case UUID -> quoted("UUID ", value.toString());
    }
  }

  private StringBuilder quoted(String prefix, String text) {
    String shown = text.length() > most ? text.substring(0, most) : text;
    return out.append(prefix).append('\'').append(shown.replace("'", "''")).append('\'');
  }

  private void binary(byte[] bytes) {
    int shown = Math.min(bytes.length, most);
    out.append("X'").append(HexFormat.of().formatHex(bytes, 0, shown)).append('\'');
  }
}
