package io.calcitewasm.udf.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.RowShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextWriterTest {
  private static final Column.Bytes COLUMN = new Column.Bytes(/* text= */ true, 4096);
  private static final int HEAP = 1 << 16;

  private final ByteBuffer columns =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
  private final TextWriter writer = new TextWriter();
  private boolean @Nullable [] unwanted;

  private int write(List<String> texts, int from, int heapEnd) {
    ObjectColumn values = new ObjectColumn();
    values.clear(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      values.set(i, texts.get(i));
    }
    RowShape.heapTop(columns, HEAP);
    RowSelection selection = new RowSelection(List.of(values), unwanted);
    return writer.write(columns, COLUMN, values, from, texts.size() - from, selection, heapEnd);
  }

  private List<String> written(int rows) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      byte[] content = new byte[columns.getInt(COLUMN.address() + row * 8 + 4)];
      columns.get(columns.getInt(COLUMN.address() + row * 8), content);
      texts.add(new String(content, UTF_8));
    }
    return texts;
  }

  @Test
  void textsStandOneBehindTheOther() {
    List<String> texts = List.of("to be", "", "Łódźꙮ😀", "what?", "x".repeat(10_000), "end");
    assertThat(write(texts, 0, columns.capacity())).isEqualTo(6);
    assertThat(written(6)).isEqualTo(texts);
    int bytes = texts.stream().mapToInt(text -> text.getBytes(UTF_8).length).sum();
    assertThat(RowShape.heapTop(columns)).isEqualTo(HEAP + bytes);
  }

  @Test
  void laterBatchesDoNotSeeEarlierOnes() {
    write(Collections.nCopies(1024, "is it? it is"), 0, columns.capacity());
    assertThat(write(List.of("a", "b"), 0, columns.capacity())).isEqualTo(2);
    assertThat(written(2)).containsExactly("a", "b");
    assertThat(RowShape.heapTop(columns)).isEqualTo(HEAP + 2);
  }

  @Test
  void rowsAreThoseFromTheFirstOn() {
    assertThat(write(List.of("a", "b", "c"), 1, columns.capacity())).isEqualTo(2);
    assertThat(written(2)).containsExactly("b", "c");
  }

  @Test
  void rowsThatAreNotCalledAreZeros() {
    unwanted = new boolean[] {false, true, false};
    assertThat(write(List.of("a", "half \ud83d", "c"), 0, columns.capacity())).isEqualTo(3);
    assertThat(columns.getLong(COLUMN.address() + 8)).isZero();
    assertThat(written(3)).containsExactly("a", "", "c");
  }

  @Test
  void halfASurrogatePairEndsTheRowsBeforeIt() {
    List<String> texts = List.of("is it?", "😀", "half \ud83d", "behind");
    assertThat(write(texts, 0, columns.capacity())).isEqualTo(2);
    assertThat(written(2)).containsExactly("is it?", "😀");
    assertThat(RowShape.heapTop(columns)).isEqualTo(HEAP + 10);
  }

  @Test
  void whatHasNoRoomEndsTheRowsBeforeIt() {
    List<String> texts = IntStream.range(0, 10).mapToObj(i -> "ten bytes" + i).toList();
    assertThat(write(texts, 0, HEAP + 35)).isEqualTo(3);
    assertThat(written(3)).isEqualTo(texts.subList(0, 3));
    assertThat(RowShape.heapTop(columns)).isEqualTo(HEAP + 30);
    assertThat(write(texts, 0, HEAP + 40)).isEqualTo(4);
    assertThat(write(texts, 0, HEAP + 5)).isZero();
    assertThat(RowShape.heapTop(columns)).isEqualTo(HEAP);
  }
}
