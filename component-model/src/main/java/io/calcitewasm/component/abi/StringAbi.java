package io.calcitewasm.component.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * {@code string} in the three encodings (CanonicalABI.md, "Loading" and "Storing", {@code
 * load_string}, {@code store_string}). What is lowered is encoded first and allocated once, at its
 * exact size.
 */
final class StringAbi extends AbiType {
  /** Tells UTF-16 from Latin-1 in a length ({@code UTF16_TAG}). */
  private static final int UTF16_TAG = 0x8000_0000;

  /** {@code MAX_STRING_BYTE_LENGTH}. */
  private static final int MAX_BYTES = (1 << 28) - 1;

  StringAbi() {
    super(Layout.range());
  }

  @Override
  Object load(LiftLowerContext cx, byte[] block, int at) {
    return lift(cx, Block.getInt(block, at), Block.getInt(block, at + 4));
  }

  @Override
  Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    return lift(cx, (int) flat[at], (int) flat[at + 1]);
  }

  @Override
  void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    Encoded encoded = encode(cx, value);
    Block.putInt(block, at, (int) write(cx, encoded));
    Block.putInt(block, at + 4, encoded.taggedUnits);
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    Encoded encoded = encode(cx, value);
    flat[at] = write(cx, encoded);
    flat[at + 1] = encoded.taggedUnits & 0xffff_ffffL;
  }

  private static String lift(LiftLowerContext cx, int pointer, int taggedUnits) {
    return switch (cx.encoding()) {
      case UTF8 -> decode(cx, pointer, taggedUnits, 1, 1, UTF_8);
      case UTF16 -> decode(cx, pointer, taggedUnits, 2, 2, UTF_16LE);
      case LATIN1_UTF16 ->
          (taggedUnits & UTF16_TAG) != 0
              ? decode(cx, pointer, taggedUnits ^ UTF16_TAG, 2, 2, UTF_16LE)
              : decode(cx, pointer, taggedUnits, 1, 2, ISO_8859_1);
    };
  }

  private static String decode(
      LiftLowerContext cx, int pointer, int units, int unitSize, int alignment, Charset charset) {
    long bytes = Integer.toUnsignedLong(units) * unitSize;
    if (bytes > MAX_BYTES) {
      throw new AbiTrap("a string of " + bytes + " bytes is longer than " + MAX_BYTES);
    }
    byte[] content = cx.readContent(Integer.toUnsignedLong(pointer), bytes, 0, alignment, "string");
    String text = new String(content, charset);
    // The constructor puts U+FFFD where the bytes are wrong; only then is a second look needed.
    if (text.indexOf('\uFFFD') >= 0 && !isWellFormed(content, charset)) {
      throw new AbiTrap("a string is not valid " + charset);
    }
    return text;
  }

  private static boolean isWellFormed(byte[] content, Charset charset) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private record Encoded(byte[] bytes, int taggedUnits, int alignment) {}

  private static Encoded encode(LiftLowerContext cx, @Nullable Object value) {
    if (!(value instanceof String text)) {
      throw ValueMisfit.wrongClass("string", String.class, value);
    }
    int bits = charBits(text);
    Encoded encoded =
        switch (cx.encoding()) {
          case UTF8 -> {
            byte[] bytes = text.getBytes(UTF_8);
            yield new Encoded(bytes, bytes.length, 1);
          }
          case UTF16 -> new Encoded(text.getBytes(UTF_16LE), text.length(), 2);
          case LATIN1_UTF16 ->
              bits <= 0xff
                  ? new Encoded(text.getBytes(ISO_8859_1), text.length(), 2)
                  : new Encoded(text.getBytes(UTF_16LE), text.length() | UTF16_TAG, 2);
        };
    if (encoded.bytes.length > MAX_BYTES) {
      throw new ValueMisfit(
          "a string of " + encoded.bytes.length + " bytes is longer than " + MAX_BYTES);
    }
    return encoded;
  }

  private static long write(LiftLowerContext cx, Encoded encoded) {
    long pointer = cx.allocate(encoded.alignment, encoded.bytes.length, "a string");
    cx.write(pointer, encoded.bytes);
    return pointer;
  }

  /** All bits that occur in a text's chars; refuses surrogates without a partner. */
  private static int charBits(String text) {
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bits |= c;
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
    return bits;
  }
}
