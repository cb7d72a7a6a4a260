package io.calcitewasm.udf.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Many objects; what is there stays where it is when more come. */
final class Pile<T> {
  private static final int CHUNK = 1024;

  private final List<List<T>> chunks = new ArrayList<>();
  private int size;

  void add(T element) {
    if (size % CHUNK == 0) {
      chunks.add(new ArrayList<>(CHUNK));
    }
    chunks.getLast().add(element);
    size++;
  }

  T get(int index) {
    return chunks.get(index / CHUNK).get(index % CHUNK);
  }

  int size() {
    return size;
  }

  /** Takes elements out; the others keep their order. */
  void removeIf(Predicate<T> goes) {
    List<List<T>> all = List.copyOf(chunks);
    clear();
    for (List<T> chunk : all) {
      for (T element : chunk) {
        if (!goes.test(element)) {
          add(element);
        }
      }
    }
  }

  void clear() {
    chunks.clear();
    size = 0;
  }
}
