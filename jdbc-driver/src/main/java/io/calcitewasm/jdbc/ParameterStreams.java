package io.calcitewasm.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Streams given as values of parameters, read to their end or to the length announced. */
final class ParameterStreams {
  /** For streams without an announced length. */
  static final long TO_THE_END = -1;

  private ParameterStreams() {}

  /**
   * The text of a reader.
   *
   * @throws SQLException 58030 if it cannot be read, 22026 if it ends before its length
   */
  static @Nullable String text(@Nullable Reader reader, long length) throws SQLException {
    if (reader == null) {
      return null;
    }
    StringWriter text = new StringWriter();
    try {
      reader.transferTo(text);
    } catch (IOException e) {
      throw unreadable(e);
    }
    int end = end(text.getBuffer().length(), length);
    return text.getBuffer().substring(0, end);
  }

  /** The bytes of a stream; fails as {@link #text} does. */
  static byte @Nullable [] bytes(@Nullable InputStream stream, long length) throws SQLException {
    if (stream == null) {
      return null;
    }
    try {
      byte[] bytes = stream.readAllBytes();
      return java.util.Arrays.copyOf(bytes, end(bytes.length, length));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The text of a stream of ASCII. */
  static @Nullable String ascii(@Nullable InputStream stream, long length) throws SQLException {
    byte[] bytes = bytes(stream, length);
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }

  static @Nullable String text(@Nullable Clob clob) throws SQLException {
    return clob == null ? null : text(clob.getCharacterStream(), TO_THE_END);
  }

  static byte @Nullable [] bytes(@Nullable Blob blob) throws SQLException {
    return blob == null ? null : bytes(blob.getBinaryStream(), TO_THE_END);
  }

  private static int end(int there, long length) throws SQLException {
    if (length == TO_THE_END) {
      return there;
    }
    if (length < 0 || length > there) {
      throw new SQLException(
          "a stream of length " + there + " was announced with length " + length, "22026");
    }
    return (int) length;
  }

  private static SQLException unreadable(IOException e) {
    return new SQLException(
        "the stream of a parameter cannot be read: " + e.getMessage(), "58030", e);
  }
}
