package io.calcitewasm.component.abi;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a value consists of. Types that share parts are small in a file and can be huge
 * when written out: what has more than {@link #MOST} forms is given up.
 */
final class FormList {
  /** Most forms of a type, those within lists and cases included. */
  static final int MOST = 256;

  private final List<MemoryForm> forms = new ArrayList<>();
  private final int[] count;

  private FormList(int[] count) {
    this.count = count;
  }

  /** For a type as a whole. */
  FormList() {
    this(new int[1]);
  }

  /** For a part of the type, which counts towards the same limit. */
  FormList part() {
    return new FormList(count);
  }

  void add(MemoryForm form) {
    count(1);
    forms.add(form);
  }

  /** Counts parts that may consist of nothing. */
  void count(int parts) {
    count[0] += parts;
    if (count[0] > MOST) {
      throw new TooMany();
    }
  }

  List<MemoryForm> all() {
    return List.copyOf(forms);
  }

  /** All of them if there is a pointer among them, otherwise none. */
  List<MemoryForm> withPointers() {
    return forms.stream().anyMatch(MemoryForm::hasPointer) ? all() : List.of();
  }

  /** The type consists of too much. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("a type of more than " + MOST + " parts", null, false, false);
    }
  }
}
