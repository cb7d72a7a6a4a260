package io.calcitewasm.component.abi;

/**
 * Something is wrong with one value that crosses. On its way up each enclosing value adds its step,
 * so that the message names the place and the good path costs nothing.
 */
public abstract sealed class AbiFault extends RuntimeException
    permits AbiTrap, ValueMisfit, ValueTooLarge {
  private static final long serialVersionUID = 1;

  private final StringBuilder place = new StringBuilder();

  AbiFault(String problem) {
    super(problem, null, false, false);
  }

  /** Adds a step in front of the place: {@code .name}, {@code [3]}. */
  public final AbiFault under(String step) {
    place.insert(0, step);
    return this;
  }

  /** The sentence: where, then what. */
  public final String sentence() {
    return place.isEmpty() ? problem() : place + ": " + problem();
  }

  /** What is wrong, without the place. */
  final String problem() {
    return String.valueOf(getMessage());
  }
}
