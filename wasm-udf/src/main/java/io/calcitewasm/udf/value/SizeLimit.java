package io.calcitewasm.udf.value;

import com.google.common.base.Utf8;

/**
 * What one result may take. Texts count their bytes of UTF-8, everything else a word of eight bytes
 * for each part. Not for several threads.
 */
public final class SizeLimit {
  /** What a value of fixed size takes. */
  public static final int WORD = 8;

  private final long most;
  private long left;

  /**
   * A fresh limit.
   *
   * @param bytes how much a result may take
   */
  public SizeLimit(long bytes) {
    this.most = bytes;
    this.left = bytes;
  }

  void word() throws MisfitException {
    bytes(WORD);
  }

  void text(String text) throws MisfitException {
    bytes(Utf8.encodedLength(text));
  }

  void bytes(long count) throws MisfitException {
    left -= count;
    if (left < 0) {
      throw new MisfitException(
          "54000", "the result is larger than " + most + " bytes (limit result_size)");
    }
  }
}
