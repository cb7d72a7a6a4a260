package io.calcitewasm.udf.batch;

import io.calcitewasm.component.ResourceHandle;
import org.jspecify.annotations.Nullable;

/** Resources by their {@linkplain ResourceNumbers numbers}; as values they are handles. */
public final class HandleColumn extends BatchColumn {
  private final ResourceNumbers resources;
  private int[] numbers = new int[0];

  /** A column without rows. */
  public HandleColumn(ResourceNumbers resources) {
    this.resources = resources;
  }

  @Override
  void resize(int rows) {
    numbers = new int[rows];
  }

  /** Sets a row to the resource that has a number. */
  public void set(int row, int number) {
    numbers[row] = number;
  }

  /** The number of a row that is not NULL. */
  public int number(int row) {
    return numbers[row];
  }

  /** All numbers; those of rows that are NULL mean nothing. */
  int[] numbers() {
    return numbers;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : resources.handle(numbers[row]);
  }

  /** Sets a row; a handle is given up for its number. */
  @Override
  public void setValue(int row, @Nullable Object value) {
    if (value == null) {
      setNull(row);
    } else {
      numbers[row] = resources.number((ResourceHandle) value);
    }
  }
}
