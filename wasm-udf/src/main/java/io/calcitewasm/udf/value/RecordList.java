package io.calcitewasm.udf.value;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list of records as a guest has answered it: fields are made when they are asked for. Its
 * elements are {@code Object[]} of SQL values as {@link ResultConverter} tells. Immutable.
 */
public final class RecordList extends AbstractList<@Nullable Object[]> implements RandomAccess {
  private final RecordFields fields;
  private final byte[] memory;
  private final int address;
  private final int count;
  private final long bytes;

  RecordList(RecordFields fields, byte[] memory, int address, int count, long bytes) {
    this.fields = fields;
    this.memory = memory;
    this.address = address;
    this.count = count;
    this.bytes = bytes;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public @Nullable Object[] get(int index) {
    @Nullable Object[] row = new Object[fields.count()];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(index, i);
    }
    return row;
  }

  /**
   * One field of one element, both numbered from 0.
   *
   * @return its SQL value, null for NULL
   */
  public @Nullable Object value(int index, int field) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(index);
    }
    return fields.value(memory, address, index, field);
  }

  /** What it takes, as {@link SizeLimit} counts. */
  public long bytes() {
    return bytes;
  }
}
