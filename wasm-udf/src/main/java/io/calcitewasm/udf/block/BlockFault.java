package io.calcitewasm.udf.block;

/** What a guest has answered is no column of as many rows as it was given. */
public final class BlockFault extends Exception {
  private static final long serialVersionUID = 1;

  /** A fault, as half a sentence: {@code the offset of row 3 is 7, that of row 4 is 5}. */
  BlockFault(String problem) {
    super(problem, null, false, false);
  }
}
