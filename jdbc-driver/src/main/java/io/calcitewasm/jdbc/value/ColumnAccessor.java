package io.calcitewasm.jdbc.value;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.apache.calcite.avatica.util.Cursor;
import org.joou.UByte;
import org.joou.UInteger;
import org.joou.ULong;
import org.joou.UShort;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of the current row. NULL is null, 0 or false. A type that a getter does not take
 * is 07006, a value that does not fit 22003, 22007 or 22018.
 */
final class ColumnAccessor implements Cursor.Accessor {
  private final ValueType type;
  private final ResultColumns.RawColumn column;
  private final ResultContext context;

  ColumnAccessor(ValueType type, ResultColumns.RawColumn column, ResultContext context) {
    this.type = type;
    this.column = column;
    this.context = context;
  }

  private interface Reading<T> {
    T of(Value value) throws SQLException;
  }

  private <T> @Nullable T read(Reading<T> reading) throws SQLException {
    Value value = Value.of(type, column.get(), context);
    try {
      return value == null ? null : reading.of(value);
    } catch (RuntimeException e) {
      // A table that an application brings may hold what its column does not promise.
      throw new SQLException(
          "a value of type " + type.name() + " cannot be read: " + e.getMessage(), "XX000", e);
    }
  }

  private long integer(long least, long most) throws SQLException {
    Long number = read(value -> Numbers.integer(value, least, most));
    return number == null ? 0 : number;
  }

  @Override
  public boolean wasNull() throws SQLException {
    return column.get() == null;
  }

  @Override
  public @Nullable String getString() throws SQLException {
    return read(Value::text);
  }

  @Override
  public boolean getBoolean() throws SQLException {
    Boolean truth = read(Conversions::truth);
    return truth != null && truth;
  }

  @Override
  public byte getByte() throws SQLException {
    return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  @Override
  public UByte getUByte() throws SQLException {
    return UByte.valueOf(integer(UByte.MIN_VALUE, UByte.MAX_VALUE));
  }

  @Override
  public short getShort() throws SQLException {
    return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
  }

  @Override
  public UShort getUShort() throws SQLException {
    return UShort.valueOf((int) integer(UShort.MIN_VALUE, UShort.MAX_VALUE));
  }

  @Override
  public int getInt() throws SQLException {
    return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public UInteger getUInt() throws SQLException {
    return UInteger.valueOf(integer(UInteger.MIN_VALUE, UInteger.MAX_VALUE));
  }

  @Override
  public long getLong() throws SQLException {
    return integer(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Override
  public ULong getULong() throws SQLException {
    return ULong.valueOf(integer(0, Long.MAX_VALUE));
  }

  @Override
  public float getFloat() throws SQLException {
    return (float) getDouble();
  }

  @Override
  public double getDouble() throws SQLException {
    Double number = read(Numbers::approximate);
    return number == null ? 0 : number;
  }

  @Override
  public @Nullable BigDecimal getBigDecimal() throws SQLException {
    return read(Numbers::exact);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int scale) throws SQLException {
    return read(value -> Numbers.exact(value).setScale(scale, RoundingMode.HALF_UP));
  }

  @Override
  public byte @Nullable [] getBytes() throws SQLException {
    return read(Value::bytes);
  }

  @Override
  public @Nullable InputStream getAsciiStream() throws SQLException {
    return read(value -> stream(value.text(), StandardCharsets.US_ASCII));
  }

  @Override
  public @Nullable InputStream getUnicodeStream() throws SQLException {
    return read(value -> stream(value.text(), StandardCharsets.UTF_8));
  }

  private static InputStream stream(String text, java.nio.charset.Charset charset) {
    return new ByteArrayInputStream(text.getBytes(charset));
  }

  @Override
  public @Nullable InputStream getBinaryStream() throws SQLException {
    return read(value -> new ByteArrayInputStream(value.bytes()));
  }

  @Override
  public @Nullable Object getObject() throws SQLException {
    return read(Value::object);
  }

  @Override
  public @Nullable Reader getCharacterStream() throws SQLException {
    return read(value -> new StringReader(value.text()));
  }

  @Override
  public @Nullable Object getObject(@Nullable Map<String, Class<?>> map) throws SQLException {
    Class<?> wanted = map == null ? null : map.get(type.name());
    return wanted == null ? getObject() : getObject(wanted);
  }

  @Override
  public @Nullable Ref getRef() throws SQLException {
    throw none("a reference");
  }

  @Override
  public @Nullable Blob getBlob() throws SQLException {
    throw none("a BLOB; use getBytes");
  }

  @Override
  public @Nullable Clob getClob() throws SQLException {
    throw none("a CLOB; use getString");
  }

  @Override
  public @Nullable NClob getNClob() throws SQLException {
    throw none("an NCLOB; use getString");
  }

  @Override
  public @Nullable SQLXML getSQLXML() throws SQLException {
    throw none("XML");
  }

  private SQLException none(String wanted) {
    return new SQLException(
        "a value of type " + type.name() + " cannot be read as " + wanted, "07006");
  }

  @Override
  public @Nullable Array getArray() throws SQLException {
    return getObject(Array.class);
  }

  @Override
  public @Nullable Struct getStruct() throws SQLException {
    return getObject(Struct.class);
  }

  @Override
  public @Nullable Date getDate(@Nullable Calendar calendar) throws SQLException {
    return read(value -> Conversions.date(value, calendar == null ? context.calendar() : calendar));
  }

  @Override
  public @Nullable Time getTime(@Nullable Calendar calendar) throws SQLException {
    return read(value -> Conversions.time(value, calendar == null ? context.calendar() : calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(@Nullable Calendar calendar) throws SQLException {
    return read(
        value -> Conversions.timestamp(value, calendar == null ? context.calendar() : calendar));
  }

  @Override
  public @Nullable URL getURL() throws SQLException {
    String text = getString();
    try {
      return text == null ? null : URI.create(text).toURL();
    } catch (IllegalArgumentException | java.net.MalformedURLException e) {
      throw new SQLException("'" + text + "' is not a URL", "22018", e);
    }
  }

  @Override
  public @Nullable String getNString() throws SQLException {
    return getString();
  }

  @Override
  public @Nullable Reader getNCharacterStream() throws SQLException {
    return getCharacterStream();
  }

  @Override
  public <T> @Nullable T getObject(Class<T> wanted) throws SQLException {
    return read(value -> wanted.cast(Conversions.to(wanted, value)));
  }
}
