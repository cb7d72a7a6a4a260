package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.fuse.LoopCode.CALL;
import static io.calcitewasm.component.fuse.LoopCode.COLUMNS;
import static io.calcitewasm.component.fuse.LoopCode.END;
import static io.calcitewasm.component.fuse.LoopCode.GUEST;
import static io.calcitewasm.component.fuse.LoopCode.I32_AND;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD8_U;
import static io.calcitewasm.component.fuse.LoopCode.I64_EXTEND_I32_U;
import static io.calcitewasm.component.fuse.LoopCode.I64_GT_U;
import static io.calcitewasm.component.fuse.LoopCode.I64_STORE;
import static io.calcitewasm.component.fuse.LoopCode.IF;
import static io.calcitewasm.component.fuse.LoopCode.VOID;

import io.calcitewasm.component.abi.MemoryForm;
import io.calcitewasm.component.binary.core.CodeWriter;
import io.calcitewasm.component.binary.core.CoreValType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes how the arguments of a row get from columns into the guest ({@code lower_flat}). */
final class ArgumentCode {
  private final LoopCode loop;
  private final CodeWriter code;
  private final int realloc;
  private final int touch;
  private final Map<Column.Bytes, Integer> pointers = new HashMap<>();
  private final Map<Column.Image, List<FlatCode.Local>> flat = new HashMap<>();
  private final ImageCode images;
  private final FlatCode flats;

  /**
   * Lowering in a loop.
   *
   * @param realloc the index of the guest's {@code realloc}; −1 if it has none
   * @param touch the index of the function that keeps a range; −1 if nothing is kept
   */
  ArgumentCode(LoopCode loop, int realloc, int touch) {
    this.loop = loop;
    this.code = loop.code;
    this.realloc = realloc;
    this.touch = touch;
    this.images = new ImageCode(loop, GUEST, this::copyContent);
    this.flats = new FlatCode(loop, images);
  }

  /** Copies the contents of strings and lists into the guest. */
  void allocate(Column column) {
    switch (column) {
      case Column.Scalar scalar -> {}
      case Column.Struct struct -> struct.fields().forEach(this::allocate);
      case Column.Nullable nullable -> {
        if (nullable.value().holdsBytes()) {
          zero(nullable.value());
          loop.rowTimes(1).memory(I32_LOAD8_U, 0, COLUMNS, nullable.address()).op(IF, VOID);
          allocate(nullable.value());
          code.op(END);
        }
      }
      case Column.Bytes bytes -> allocate(bytes);
      case Column.Image image -> allocate(image);
    }
  }

  /** A none has zeros where its payload would be. */
  private void zero(Column column) {
    switch (column) {
      case Column.Scalar scalar -> {}
      case Column.Nullable nullable -> zero(nullable.value());
      case Column.Struct struct -> struct.fields().forEach(this::zero);
      case Column.Bytes bytes -> {
        int at = pointerOf(bytes);
        code.i32(0).set(at).i32(0).set(at + 1);
      }
      case Column.Image image -> flatOf(image).forEach(loop::zero);
    }
  }

  /** The local of a content's address in the guest; the next one is its length. */
  private int pointerOf(Column.Bytes bytes) {
    return pointers.computeIfAbsent(
        bytes,
        b -> {
          int at = loop.local(CoreValType.I32);
          int length = loop.local(CoreValType.I32);
          if (length != at + 1) {
            throw new IllegalStateException("locals are not numbered in order");
          }
          return at;
        });
  }

  private void allocate(Column.Bytes bytes) {
    int at = pointerOf(bytes);
    int bytesLength = at + 1;
    loop.rowTimes(8).memory(I32_LOAD, 2, COLUMNS, bytes.address() + 4L).set(bytesLength);
    allocate(bytesLength, 1, at);
    int from = loop.local(CoreValType.I32);
    loop.rowTimes(8).memory(I32_LOAD, 2, COLUMNS, bytes.address()).set(from);
    loop.copy(GUEST, at, COLUMNS, from, bytesLength);
  }

  /** Has the guest allocate as many bytes as a local says; where, goes to another. */
  private void allocate(int bytes, int alignment, int at) {
    code.i32(0).i32(0).i32(alignment).get(bytes).op(CALL, realloc).set(at);
    if (alignment > 1) {
      code.get(at).i32(alignment - 1).op(I32_AND);
      badReallocIf(at);
    }
    loop.end(at, bytes);
    loop.guestSize();
    code.op(I64_GT_U);
    badReallocIf(at);
    if (touch >= 0) {
      code.get(at).get(bytes).op(CALL, touch);
    }
  }

  private void badReallocIf(int at) {
    code.op(IF, VOID);
    code.i32(0).get(at).op(I64_EXTEND_I32_U).memory(I64_STORE, 3, COLUMNS, RowShape.CORE_RESULT);
    loop.stop(Stop.BAD_REALLOC);
    code.op(END);
  }

  private void allocate(Column.Image column) {
    int base = loop.local(CoreValType.I32);
    loop.rowTimes(4).memory(I32_LOAD, 2, COLUMNS, column.address()).set(base);
    List<MemoryForm> forms = column.image().forms();
    images.complete(forms, base, COLUMNS);
    flats.load(forms, base, flatOf(column));
  }

  /** Copies what an image points to into the guest. */
  private void copyContent(int from, int count, MemoryForm.Range range, int copy) {
    int bytes = loop.local(CoreValType.I32);
    loop.bytes(count, range);
    code.set(bytes);
    allocate(bytes, range.alignment(), copy);
    loop.copy(GUEST, copy, COLUMNS, from, bytes);
  }

  /** The locals of the core values of an image. */
  private List<FlatCode.Local> flatOf(Column.Image column) {
    return flat.computeIfAbsent(column, c -> flats.locals(c.image().forms()));
  }

  /** Pushes the core values of an argument. */
  void lower(Column column) {
    switch (column) {
      case Column.Scalar scalar ->
          loop.rowTimes(scalar.kind().width())
              .memory(
                  LoopCode.columnLoad(scalar.kind()),
                  LoopCode.align(scalar.kind()),
                  COLUMNS,
                  scalar.address());
      case Column.Bytes bytes -> code.get(pointerOf(bytes)).get(pointerOf(bytes) + 1);
      case Column.Image image -> flatOf(image).forEach(local -> code.get(local.index()));
      case Column.Nullable nullable -> {
        loop.rowTimes(1).memory(I32_LOAD8_U, 0, COLUMNS, nullable.address());
        lower(nullable.value());
      }
      case Column.Struct struct -> struct.fields().forEach(this::lower);
    }
  }
}
