package io.calcitewasm.udf.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.RowShape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Moves texts into a column of a row driver. They are gathered in the Java heap and go over at
 * once: a move of a few bytes costs more than the bytes do.
 */
final class TextWriter {
  private static final int FEW_BYTES = 1 << 12;

  private byte[] contents = {};

  /** By row, what its entry in the column is: the content's address, above it its length. */
  private long[] entries = {};

  /**
   * Writes texts into the driver's rows 0, 1, …; rows that are not selected get zeros.
   *
   * @param heapEnd how far the heap may be filled, byte address
   * @return how many rows were written before one that does not fit, or is no text of a component
   */
  int write(
      ByteBuffer columns,
      Column.Bytes column,
      ObjectColumn texts,
      int from,
      int count,
      RowSelection selection,
      int heapEnd) {
    int top = RowShape.heapTop(columns);
    int size = 0;
    if (entries.length < count) {
      entries = new long[count];
    }
    int done = 0;
    for (; done < count; done++) {
      if (!selection.calls(from + done)) {
        entries[done] = 0;
        continue;
      }
      if (!(texts.get(from + done) instanceof String text)) {
        break;
      }
      byte[] content = text.getBytes(UTF_8);
      if (content.length > heapEnd - top - size) {
        break;
      }
      if (content.length > contents.length - size) {
        contents = Arrays.copyOf(contents, Math.max(FEW_BYTES, 2 * (size + content.length)));
      }
      System.arraycopy(content, 0, contents, size, content.length);
      entries[done] = top + size | (long) content.length << Integer.SIZE;
      size += content.length;
    }
    if (ColumnValues.hasQuestionMark(contents, size)) {
      int whole = beforeHalfPair(texts, from, done, selection);
      size = whole < done ? (int) entries[whole] - top : size;
      done = whole;
    }
    columns.put(top, contents, 0, size);
    columns
        .slice(column.address(), done * Long.BYTES)
        .order(columns.order())
        .asLongBuffer()
        .put(entries, 0, done);
    RowShape.heapTop(columns, top + size);
    return done;
  }

  /** How many rows are before the first whose text has half a surrogate pair. */
  private static int beforeHalfPair(
      ObjectColumn texts, int from, int count, RowSelection selection) {
    for (int i = 0; i < count; i++) {
      if (selection.calls(from + i)
          && texts.get(from + i) instanceof String text
          && ColumnValues.hasHalfPair(text)) {
        return i;
      }
    }
    return count;
  }
}
