package io.calcitewasm.component.abi;

/** The guest broke the canonical ABI: what the specification calls {@code trap}. */
public final class AbiTrap extends AbiFault {
  private static final long serialVersionUID = 1;

  /** Describes the breach. */
  public AbiTrap(String problem) {
    super(problem);
  }
}
