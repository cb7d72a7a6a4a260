package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A position in a range of the file that cannot be left: every read checks the range's end and
 * fails with the byte offset and the section's name.
 */
public final class Cursor {
  private static final int LONGEST_NAME = 100_000;

  private final byte[] bytes;
  private final int end;
  private final String section;
  private int position;

  /**
   * A cursor over {@code bytes[start..end)}.
   *
   * @param section what messages call the range: {@code "import section"}
   */
  public Cursor(byte[] bytes, int start, int end, String section) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    this.section = section;
  }

  /** Byte offset of the next byte in the file. */
  public int position() {
    return position;
  }

  /** Byte offset behind the range. */
  public int end() {
    return end;
  }

  /** Bytes left in the range. */
  public int remaining() {
    return end - position;
  }

  /** What messages call the range. */
  public String section() {
    return section;
  }

  /** The next byte, unread. */
  public int peek(String what) throws InvalidComponentException {
    if (position >= end) {
      throw truncated(what);
    }
    return bytes[position] & 0xff;
  }

  /** One byte, 0 to 255. */
  public int u8(String what) throws InvalidComponentException {
    int value = peek(what);
    position++;
    return value;
  }

  /** An unsigned 32-bit integer in LEB128, 0 to 2³²−1. */
  public long u32(String what) throws InvalidComponentException {
    return unsigned(what, 32);
  }

  /** An unsigned 64-bit integer in LEB128, as its 64 bits. */
  public long u64(String what) throws InvalidComponentException {
    return unsigned(what, 64);
  }

  /** An index into an index space; one that no file can hold is refused here. */
  public int index(String what) throws InvalidComponentException {
    int at = position;
    long value = u32(what);
    if (value > Integer.MAX_VALUE) {
      throw invalid(what + " " + value + " is out of range", at);
    }
    return (int) value;
  }

  /**
   * The number of elements that follow, each at least one byte long, so that a lying number cannot
   * ask for more memory than the file is long.
   */
  public int count(String what) throws InvalidComponentException {
    int at = position;
    long value = u32("number of " + what);
    if (value > remaining()) {
      throw invalid(
          "the "
              + section
              + " announces "
              + value
              + " "
              + what
              + ", but only "
              + remaining()
              + " bytes are left",
          at);
    }
    return (int) value;
  }

  /** A signed integer in LEB128 of at most {@code bits} bits, 33 or 64 among others. */
  public long signed(String what, int bits) throws InvalidComponentException {
    int at = position;
    long value = 0;
    int shift = 0;
    while (true) {
      int b = u8(what);
      value |= (long) (b & 0x7f) << shift;
      shift += 7;
      if ((b & 0x80) == 0) {
        if (shift < 64 && (b & 0x40) != 0) {
          value |= -1L << shift;
        }
        break;
      }
      if (shift >= bits) {
        throw invalid(what + " is longer than a " + bits + "-bit integer can be", at);
      }
    }
    boolean fits =
        bits == 64
            ? shift < 70 || bytes[position - 1] == 0 || bytes[position - 1] == 0x7f
            : value >> (bits - 1) == 0 || value >> (bits - 1) == -1;
    if (!fits) {
      throw invalid(what + " does not fit in " + bits + " bits", at);
    }
    return value;
  }

  private long unsigned(String what, int bits) throws InvalidComponentException {
    int at = position;
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      if (shift >= bits) {
        throw invalid(what + " is longer than a " + bits + "-bit integer can be", at);
      }
      int b = u8(what);
      if (shift + 7 > bits && (b & 0x7f) >> (bits - shift) != 0) {
        throw invalid(what + " does not fit in " + bits + " bits", at);
      }
      value |= (long) (b & 0x7f) << shift;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
  }

  /** A name: its length in bytes, then UTF-8. */
  public String name(String what) throws InvalidComponentException {
    int at = position;
    long length = u32("length of the " + what);
    if (length > remaining()) {
      throw invalid(
          "the "
              + what
              + " is said to be "
              + length
              + " bytes long, but only "
              + remaining()
              + " bytes are left",
          at);
    }
    if (length > LONGEST_NAME) {
      throw invalid(
          "the "
              + what
              + " is "
              + length
              + " bytes long; at most "
              + LONGEST_NAME
              + " are accepted",
          at);
    }
    try {
      String name =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, position, (int) length))
              .toString();
      position += (int) length;
      return name;
    } catch (CharacterCodingException e) {
      throw invalid("the " + what + " is not UTF-8", at);
    }
  }

  /** Passes over bytes. */
  public void skip(int count, String what) throws InvalidComponentException {
    if (count > remaining()) {
      throw truncated(what);
    }
    position += count;
  }

  /**
   * The next {@code size} bytes as a range of their own; this cursor moves behind them.
   *
   * @param name what messages call the range
   */
  public Cursor slice(long size, String name) throws InvalidComponentException {
    if (size > remaining()) {
      throw invalid(
          "the "
              + name
              + " is said to be "
              + size
              + " bytes long, but only "
              + remaining()
              + " bytes are left",
          position);
    }
    int start = position;
    position += (int) size;
    return new Cursor(bytes, start, position, name);
  }

  /** Checks that the range has been read to its end. */
  public void finish() throws InvalidComponentException {
    if (position < end) {
      throw invalid(
          "the " + section + " has " + remaining() + " bytes left over at its end", position);
    }
  }

  /** A defect seen at an offset of this range. */
  public InvalidComponentException invalid(String problem, int offset) {
    return new InvalidComponentException(problem, offset, section);
  }

  /**
   * The refusal of a feature seen at an offset of this range.
   *
   * @param detail the construct that needs it; may be empty
   */
  public InvalidComponentException unsupported(
      UnsupportedFeature feature, String detail, int offset) {
    return InvalidComponentException.unsupported(feature, detail, offset, section);
  }

  private InvalidComponentException truncated(String what) {
    return invalid("the " + section + " ends where " + what + " should stand", position);
  }
}
