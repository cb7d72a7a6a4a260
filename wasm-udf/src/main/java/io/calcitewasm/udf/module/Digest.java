package io.calcitewasm.udf.module;

import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Content digests: {@code sha256:} and 64 hexadecimal digits. */
public final class Digest {
  private static final Pattern SHAPE = Pattern.compile("sha256:[0-9a-f]{64}");

  private Digest() {}

  /** The digest of some bytes. */
  public static String of(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Compares a digest that somebody demands, whatever its letter case.
   *
   * @throws SqlError WM003 if it is malformed or another one
   */
  static void check(String demanded, byte[] bytes) {
    String lower = demanded.toLowerCase(Locale.ROOT);
    if (!SHAPE.matcher(lower).matches()) {
      throw new SqlError(
          "WM003",
          "DIGEST "
              + GuestText.quote(demanded)
              + " is not understood; write 'sha256:' and 64 hexadecimal digits");
    }
    String actual = of(bytes);
    if (!actual.equals(lower)) {
      throw new SqlError(
          "WM003", "the component's digest is " + actual + ", not the demanded " + lower);
    }
  }
}
