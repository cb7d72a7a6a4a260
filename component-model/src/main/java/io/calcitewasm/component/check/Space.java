package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Sort;
import java.util.ArrayList;
import java.util.List;

/** An index space of one sort; an index that is not in it is a defect of the component. */
final class Space<T> {
  private final Sort sort;
  private final Progress progress;
  private final List<T> items = new ArrayList<>();

  Space(Sort sort, Progress progress) {
    this.sort = sort;
    this.progress = progress;
  }

  void add(T item) {
    items.add(item);
  }

  int size() {
    return items.size();
  }

  T get(int index) throws InvalidComponentException {
    if (index >= items.size()) {
      throw progress.invalid(
          sort.words()
              + " index "
              + index
              + " is out of range: there are "
              + items.size()
              + " so far");
    }
    return items.get(index);
  }
}
