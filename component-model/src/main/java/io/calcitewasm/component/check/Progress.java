package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.binary.Definition;

/**
 * Where the check of a component stands, and how much work it may still do. The work is counted in
 * visited definitions and type nodes, so that a small file that repeats itself cannot cost seconds.
 */
final class Progress {
  /** Less than a second; the largest real components seen need twenty thousand. */
  private static final int MOST_WORK = 5_000_000;

  private int offset;
  private String section = "file";

  private int work;

  /** Messages are about this definition from now on. */
  void at(Definition definition) {
    offset = definition.offset();
    section = definition.section();
  }

  /** Messages are about another byte of the same section from now on. */
  void at(int newOffset) {
    offset = newOffset;
  }

  /** Counts work. */
  void spend(int amount) throws InvalidComponentException {
    work += amount;
    if (work > MOST_WORK || work < 0) {
      throw invalid("the component repeats itself too often to be checked");
    }
  }

  /** The refusal of a feature that the present definition uses. */
  InvalidComponentException unsupported(UnsupportedFeature feature, String detail) {
    return InvalidComponentException.unsupported(feature, detail, offset, section);
  }

  /** A defect of the present definition. */
  InvalidComponentException invalid(String problem) {
    return new InvalidComponentException(problem, offset, section);
  }
}
