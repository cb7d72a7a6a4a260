package io.calcitewasm.udf;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A property checked for many random values. A failure tells the seed; {@code
 * -Dcalcite-wasm.seed=…} repeats it.
 */
public final class RandomValues {
  private static final int TRIES = 1_000;
  private static final String SEED = "calcite-wasm.seed";

  private RandomValues() {}

  /** What must hold for a value. */
  @FunctionalInterface
  public interface Property<T> {
    /** Fails if it does not hold. */
    void check(T value) throws Exception;
  }

  /**
   * Checks a property.
   *
   * @param values makes a value from a source of randomness
   */
  public static <T> void forAll(Function<RandomGenerator, T> values, Property<T> property) {
    long seed = Long.getLong(SEED, System.nanoTime());
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 0; i < TRIES; i++) {
      T value = values.apply(random);
      try {
        property.check(value);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "value %d of those from -D%s=%d: %s".formatted(i + 1, SEED, seed, value), e);
      }
    }
  }

  /** A number of a range, its ends and 0 more often than others. */
  public static long between(RandomGenerator random, long least, long most) {
    return switch (random.nextInt(10)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> Math.clamp(0, least, most);
      case 3 -> Math.clamp(random.nextInt(-100, 100), least, most);
      default ->
          most == Long.MAX_VALUE
              ? Math.max(least, random.nextLong())
              : random.nextLong(least, most + 1);
    };
  }
}
