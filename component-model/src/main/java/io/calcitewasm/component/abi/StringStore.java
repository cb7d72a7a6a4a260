package io.calcitewasm.component.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import java.util.Arrays;

/**
 * Stores strings in a guest's memory (CanonicalABI.md, {@code store_string_into_range}). How often
 * {@code realloc} is called, and for how many bytes, depends on the encoding that the string had
 * where it was lifted; a string of the host's counts as encoded as the guest wants it.
 */
final class StringStore {
  private static final String WHAT = "a string";

  private final LiftLowerContext cx;
  private final String text;

  /** Where a string lies, and its length in code units, tagged where it is UTF-16 by choice. */
  record Range(long pointer, int taggedUnits) {}

  private StringStore(LiftLowerContext cx, String text) {
    this.cx = cx;
    this.text = text;
  }

  /**
   * Stores one string.
   *
   * @throws ValueMisfit if the host made it and it is no string of Unicode scalar values, or longer
   *     than a string can be
   */
  static Range store(LiftLowerContext cx, String text) {
    checkSurrogates(text);
    return new StringStore(cx, text).store();
  }

  /** Whether all chars of a text are below 256. */
  static boolean isLatin1(String text) {
    return latin1Length(text) == text.length();
  }

  private static int latin1Length(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) < 0x100) {
      i++;
    }
    return i;
  }

  private Range store() {
    StringEncoding from = cx.encodingOfSource();
    boolean probablyUtf16 = from == StringEncoding.LATIN1_UTF16 && cx.sourceTaggedUtf16(text);
    return switch (cx.encoding()) {
      case UTF8 -> {
        if (from == null || from == StringEncoding.UTF8) {
          yield copy(text.getBytes(UTF_8), 1, 1, 0);
        }
        boolean latin1 = from == StringEncoding.LATIN1_UTF16 && !probablyUtf16 && isLatin1(text);
        yield toUtf8(latin1 ? 2 : 3);
      }
      case UTF16 ->
          from == StringEncoding.UTF8 ? utf8ToUtf16() : copy(text.getBytes(UTF_16LE), 2, 2, 0);
      case LATIN1_UTF16 -> {
        if (from == StringEncoding.UTF8) {
          yield toLatin1OrUtf16(text.getBytes(UTF_8).length);
        }
        if (from == StringEncoding.UTF16) {
          yield toLatin1OrUtf16(text.length());
        }
        if (probablyUtf16) {
          yield probablyUtf16ToLatin1OrUtf16();
        }
        yield isLatin1(text)
            ? copy(text.getBytes(ISO_8859_1), 1, 2, 0)
            : copy(text.getBytes(UTF_16LE), 2, 2, StringAbi.UTF16_TAG);
      }
    };
  }

  /** {@code store_string_copy}. */
  private Range copy(byte[] encoded, int unitSize, int alignment, int tag) {
    if (encoded.length > StringAbi.MAX_BYTES) {
      throw new ValueMisfit(
          "a string of " + encoded.length + " bytes is longer than " + StringAbi.MAX_BYTES);
    }
    long pointer = cx.allocate(alignment, encoded.length, WHAT);
    cx.write(pointer, encoded);
    return new Range(pointer, (encoded.length / unitSize) | tag);
  }

  /** {@code store_string_to_utf8}. */
  private Range toUtf8(int bytesPerUnit) {
    long units = text.length();
    byte[] encoded = text.getBytes(UTF_8);
    long pointer = cx.allocate(1, units, WHAT);
    if (encoded.length == units) {
      cx.write(pointer, encoded);
      return new Range(pointer, encoded.length);
    }
    int ascii = 0;
    while (text.charAt(ascii) < 0x80) {
      ascii++;
    }
    cx.write(pointer, Arrays.copyOf(encoded, ascii));
    long worst = units * bytesPerUnit;
    pointer = cx.reallocate(pointer, units, 1, worst, WHAT);
    cx.write(pointer + ascii, Arrays.copyOfRange(encoded, ascii, encoded.length));
    if (worst > encoded.length) {
      pointer = cx.reallocate(pointer, worst, 1, encoded.length, WHAT);
    }
    return new Range(pointer, encoded.length);
  }

  /** {@code store_utf8_to_utf16}. */
  private Range utf8ToUtf16() {
    long worst = 2L * text.getBytes(UTF_8).length;
    byte[] encoded = text.getBytes(UTF_16LE);
    long pointer = cx.allocate(2, worst, WHAT);
    cx.write(pointer, encoded);
    if (encoded.length < worst) {
      pointer = cx.reallocate(pointer, worst, 2, encoded.length, WHAT);
    }
    return new Range(pointer, encoded.length / 2);
  }

  /** {@code store_string_to_latin1_or_utf16}. */
  private Range toLatin1OrUtf16(long sourceUnits) {
    long pointer = cx.allocate(2, sourceUnits, WHAT);
    int latin1 = latin1Length(text);
    cx.write(pointer, text.substring(0, latin1).getBytes(ISO_8859_1));
    if (latin1 == text.length()) {
      if (latin1 < sourceUnits) {
        pointer = cx.reallocate(pointer, sourceUnits, 2, latin1, WHAT);
      }
      return new Range(pointer, latin1);
    }
    long worst = 2 * sourceUnits;
    byte[] encoded = text.getBytes(UTF_16LE);
    pointer = cx.reallocate(pointer, sourceUnits, 2, worst, WHAT);
    cx.write(pointer, encoded);
    if (worst > encoded.length) {
      pointer = cx.reallocate(pointer, worst, 2, encoded.length, WHAT);
    }
    return new Range(pointer, (encoded.length / 2) | StringAbi.UTF16_TAG);
  }

  /** {@code store_probably_utf16_to_latin1_or_utf16}, of a text that Latin-1 can hold. */
  private Range probablyUtf16ToLatin1OrUtf16() {
    byte[] wide = text.getBytes(UTF_16LE);
    long pointer = cx.allocate(2, wide.length, WHAT);
    cx.write(pointer, wide);
    cx.write(pointer, text.getBytes(ISO_8859_1));
    pointer = cx.reallocate(pointer, wide.length, 1, text.length(), WHAT);
    return new Range(pointer, text.length());
  }

  private static void checkSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new ValueMisfit("a string has an unpaired surrogate at index " + i);
        }
        i++;
      }
    }
  }
}
