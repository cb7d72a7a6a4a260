package io.calcitewasm.component.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code string} in the three encodings (CanonicalABI.md, "Loading" and "Storing", {@code
 * load_string}, {@code store_string}).
 */
public final class StringAbi extends AbiType {
  /** Tells UTF-16 from Latin-1 in a length ({@code UTF16_TAG}). */
  static final int UTF16_TAG = 0x8000_0000;

  /** {@code MAX_STRING_BYTE_LENGTH}. */
  static final int MAX_BYTES = (1 << 28) - 1;

  StringAbi() {
    super(Layout.range());
  }

  @Override
  void forms(int offset, FormList into) {
    into.add(new MemoryForm.Range(offset, 1, 1, List.of()));
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
    StringStore.Range range = StringStore.store(cx, text(value));
    Block.putInt(block, at, (int) range.pointer());
    Block.putInt(block, at + 4, range.taggedUnits());
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    StringStore.Range range = StringStore.store(cx, text(value));
    flat[at] = range.pointer();
    flat[at + 1] = range.taggedUnits() & 0xffff_ffffL;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw ValueMisfit.wrongClass("string", String.class, value);
  }

  private static String lift(LiftLowerContext cx, int pointer, int taggedUnits) {
    return switch (cx.encoding()) {
      case UTF8 -> decode(cx, pointer, taggedUnits, 1, 1, UTF_8);
      case UTF16 -> decode(cx, pointer, taggedUnits, 2, 2, UTF_16LE);
      case LATIN1_UTF16 -> {
        if ((taggedUnits & UTF16_TAG) == 0) {
          yield decode(cx, pointer, taggedUnits, 1, 2, ISO_8859_1);
        }
        String text = decode(cx, pointer, taggedUnits ^ UTF16_TAG, 2, 2, UTF_16LE);
        if (StringStore.isLatin1(text)) {
          cx.tagUtf16(text);
        }
        yield text;
      }
    };
  }

  private static String decode(
      LiftLowerContext cx, int pointer, int units, int unitSize, int alignment, Charset charset) {
    long bytes = Integer.toUnsignedLong(units) * unitSize;
    if (bytes > MAX_BYTES) {
      throw new AbiTrap("a string of " + bytes + " bytes is longer than " + MAX_BYTES);
    }
    byte[] content = cx.readContent(Integer.toUnsignedLong(pointer), bytes, 0, alignment, "string");
    return decoded(content, 0, content.length, charset);
  }

  /**
   * The text of a string's bytes.
   *
   * @throws AbiTrap if they are none
   */
  public static String decoded(byte[] bytes, int start, int length, Charset charset) {
    String text = new String(bytes, start, length, charset);
    // The constructor puts U+FFFD where the bytes are wrong; only then is a second look needed.
    if (text.indexOf('\uFFFD') >= 0 && !isWellFormed(bytes, start, length, charset)) {
      throw new AbiTrap("a string is not valid " + charset);
    }
    return text;
  }

  private static boolean isWellFormed(byte[] bytes, int start, int length, Charset charset) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
