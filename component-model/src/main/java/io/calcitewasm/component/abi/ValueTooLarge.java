package io.calcitewasm.component.abi;

/** The guest hands out more than the host wants to hold. */
public final class ValueTooLarge extends AbiFault {
  private static final long serialVersionUID = 1;

  /** Describes the excess. */
  public ValueTooLarge(long limit) {
    super("the value takes more than " + limit + " bytes");
  }
}
