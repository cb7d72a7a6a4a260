package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.Stop;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code memory.copy} and {@code memory.fill} have written is undone, however much it is. */
final class BulkWritesTest {
  private static final int PAGE = 1 << 16;
  private static final int SIZE = 20 * PAGE;
  private static final LinkedComponent BULK = Guest.link("fixtures/bulk");

  /** Three numbers: to, from or value, count. */
  private record Write(String function, int at, int second, int count) {
    /** What the guest answers that has this memory. */
    long sum(byte[] memory) {
      byte[] written = memory.clone();
      if (function.equals("copy")) {
        System.arraycopy(memory, second, written, at, count);
      } else {
        Arrays.fill(written, at, at + count, (byte) second);
      }
      return BulkWritesTest.sum(written);
    }
  }

  private static long sum(byte[] memory) {
    ByteBuffer words = ByteBuffer.wrap(memory, 0, SIZE).order(ByteOrder.LITTLE_ENDIAN);
    long sum = 0;
    while (words.hasRemaining()) {
      sum = 31 * sum + words.getLong();
    }
    return sum;
  }

  private static Instance marked() {
    Instance instance = BULK.instantiate(InstanceOptions.DEFAULT.withReset());
    assertThat(instance.mark()).isTrue();
    return instance;
  }

  /** Across borders of pages, onto themselves from both sides, all of the memory, nothing. */
  private static List<Write> writes(String function) {
    boolean copy = function.equals("copy");
    List<Write> writes = new ArrayList<>();
    for (int count : new int[] {0, 1, 7, 8, 255, 4096, PAGE - 1, PAGE, PAGE + 1, 9 * PAGE + 5}) {
      for (int at : new int[] {0, 1, PAGE - 3, 2 * PAGE + 100, SIZE - count}) {
        for (int distance : copy ? new int[] {-300, -8, -1, 0, 1, 13, 5 * PAGE} : new int[] {0}) {
          int second = copy ? at + distance : 0x5a;
          if (!copy || second >= 0 && second + count <= SIZE) {
            writes.add(new Write(function, at, second, count));
          }
        }
      }
    }
    writes.add(new Write(function, 0, 0, SIZE));
    // Into the spare pages behind the end, where nothing traps.
    writes.add(new Write(function, SIZE - 10, 0, 4 * PAGE));
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 60; i++) {
      int count = random.nextInt(SIZE);
      int at = random.nextInt(SIZE - count + 1);
      int second = copy ? random.nextInt(SIZE - count + 1) : random.nextInt(256);
      writes.add(new Write(function, at, second, count));
    }
    return writes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "fill"})
  void callsAreUndone(String function) {
    try (Instance instance = marked()) {
      List<byte[]> before = instance.memories();
      for (Write write : writes(function)) {
        assertThat(instance.function("", function).call(write.at, write.second, write.count))
            .as("%s", write)
            .isEqualTo(write.sum(before.getFirst()));
        assertThat(instance.reset()).isTrue();
        assertThat(Arrays.mismatch(instance.memories().getFirst(), before.getFirst()))
            .as("the first byte that %s left behind", write)
            .isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "fill"})
  void rowsDoNotSeeWhatRowsBeforeThemWrote(String function) {
    try (Instance instance = marked()) {
      List<byte[]> before = instance.memories();
      RowDriver driver = instance.rowDriver("", function).orElseThrow();
      List<Write> rows = writes(function);
      prepare(driver, rows);
      assertThat(driver.run(0, rows.size())).isEqualTo(rows.size());
      assertThat(driver.stop()).isEqualTo(Stop.DONE);
      Column result = driver.shape().result().orElseThrow();
      for (int row = 0; row < rows.size(); row++) {
        assertThat(ColumnValues.read(driver.columns(), result, row))
            .as("%s", rows.get(row))
            .isEqualTo(rows.get(row).sum(before.getFirst()));
      }
      assertThat(Arrays.mismatch(instance.memories().getFirst(), before.getFirst())).isEqualTo(-1);
      assertThat(instance.function("", "sum").call()).isEqualTo(sum(before.getFirst()));
    }
  }

  private static void prepare(RowDriver driver, List<Write> rows) {
    assertThat(rows.size()).isLessThanOrEqualTo(RowShape.CAPACITY);
    ByteBuffer columns = driver.columns();
    driver.shape().prepare(columns, 1 << 20);
    List<Column> parameters = driver.shape().parameters();
    for (int row = 0; row < rows.size(); row++) {
      RowShape.skip(columns, row, false);
      Write write = rows.get(row);
      ColumnValues.write(columns, parameters.get(0), row, write.at);
      ColumnValues.write(columns, parameters.get(1), row, write.second);
      ColumnValues.write(columns, parameters.get(2), row, write.count);
    }
  }

  /** Behind the spare pages. */
  @ParameterizedTest
  @ValueSource(strings = {"copy", "fill"})
  void aWriteFarBeyondTheEndTrapsAtItsRow(String function) {
    try (Instance instance = marked()) {
      RowDriver driver = instance.rowDriver("", function).orElseThrow();
      Write good = new Write(function, 0, PAGE, SIZE - PAGE);
      prepare(driver, List.of(good, good, new Write(function, PAGE, 0, 2 * SIZE), good));
      TrapException trap = catchThrowableOfType(TrapException.class, () -> driver.run(0, 4));
      assertThat(trap.kind()).isEqualTo(TrapException.Kind.GUEST);
      assertThat(RowShape.row(driver.columns())).isEqualTo(2);
      assertThat(instance.reset()).isFalse();
    }
  }

  @Test
  void whatIsNotResetStaysWritten() {
    try (Instance instance = marked()) {
      byte[] before = instance.memories().getFirst();
      long written = new Write("fill", 0, 1, SIZE).sum(before);
      assertThat(instance.function("", "fill").call(0, 1, SIZE)).isEqualTo(written);
      assertThat(instance.function("", "sum").call()).isEqualTo(written);
    }
  }
}
