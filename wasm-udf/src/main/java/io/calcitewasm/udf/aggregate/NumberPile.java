package io.calcitewasm.udf.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Many numbers; what is there stays where it is when more come. */
final class NumberPile {
  private static final int CHUNK = 1024;

  private final List<int[]> chunks = new ArrayList<>();
  private int count;

  void add(int number) {
    if (count % CHUNK == 0) {
      chunks.add(new int[CHUNK]);
    }
    chunks.getLast()[count % CHUNK] = number;
    count++;
  }

  int count() {
    return count;
  }

  void forEach(IntConsumer each) {
    for (int i = 0; i < count; i++) {
      each.accept(chunks.get(i / CHUNK)[i % CHUNK]);
    }
  }

  void clear() {
    chunks.clear();
    count = 0;
  }
}
