package io.calcitewasm.udf.trait;

/** How a function's answer moves as its first argument grows and the others stay. */
public enum Monotonicity {
  /** Nothing is known. */
  NONE,
  /** It never falls. */
  INCREASING,
  /** It never rises. */
  DECREASING
}
