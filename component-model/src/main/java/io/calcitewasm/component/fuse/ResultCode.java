package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;
import static io.calcitewasm.component.fuse.LoopCode.COLUMNS;
import static io.calcitewasm.component.fuse.LoopCode.END;
import static io.calcitewasm.component.fuse.LoopCode.GUEST;
import static io.calcitewasm.component.fuse.LoopCode.I32_ADD;
import static io.calcitewasm.component.fuse.LoopCode.I32_AND;
import static io.calcitewasm.component.fuse.LoopCode.I32_EQ;
import static io.calcitewasm.component.fuse.LoopCode.I32_EXTEND16_S;
import static io.calcitewasm.component.fuse.LoopCode.I32_EXTEND8_S;
import static io.calcitewasm.component.fuse.LoopCode.I32_GE_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_GT_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD8_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_LT_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_NE;
import static io.calcitewasm.component.fuse.LoopCode.I32_OR;
import static io.calcitewasm.component.fuse.LoopCode.I32_SHL;
import static io.calcitewasm.component.fuse.LoopCode.I32_SHR_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_STORE;
import static io.calcitewasm.component.fuse.LoopCode.I32_STORE8;
import static io.calcitewasm.component.fuse.LoopCode.I32_SUB;
import static io.calcitewasm.component.fuse.LoopCode.I64_ADD;
import static io.calcitewasm.component.fuse.LoopCode.I64_EXTEND_I32_U;
import static io.calcitewasm.component.fuse.LoopCode.I64_GT_U;
import static io.calcitewasm.component.fuse.LoopCode.I64_LE_U;
import static io.calcitewasm.component.fuse.LoopCode.I64_MUL;
import static io.calcitewasm.component.fuse.LoopCode.IF;
import static io.calcitewasm.component.fuse.LoopCode.MEMORY_GROW;
import static io.calcitewasm.component.fuse.LoopCode.MEMORY_SIZE;
import static io.calcitewasm.component.fuse.LoopCode.VOID;

import io.calcitewasm.component.abi.MemoryForm;
import io.calcitewasm.component.binary.core.CodeWriter;

/** Writes how the result of a row gets from the guest into columns ({@code lift_flat}). */
final class ResultCode {
  private final LoopCode loop;
  private final CodeWriter code;
  private final DriverModule.Callee callee;
  private final int result;
  private final int pointer;
  private final int length;
  private final int top;
  private final int scratch;
  private final int mostBytes;
  private final int heapTop;
  private final int heapEnd;
  private final int guestSize;
  private final ImageCode images;

  ResultCode(LoopCode loop) {
    this.loop = loop;
    this.code = loop.code;
    this.callee = loop.callee;
    this.result = loop.result;
    this.pointer = loop.local(I32);
    this.length = loop.local(I32);
    this.top = loop.local(I32);
    this.scratch = loop.local(I32);
    this.mostBytes = loop.local(I32);
    this.heapTop = loop.local(I32);
    this.heapEnd = loop.local(I32);
    this.guestSize = loop.local(I64);
    this.images = new ImageCode(loop, COLUMNS, this::copyContent);
  }

  void liftResult() {
    if (result < 0) {
      return;
    }
    boolean spilled = callee.signature().resultSpilled();
    boolean takesRoom = callee.shape().result().filter(Column::holdsBytes).isPresent();
    int payload = 0;
    if (takesRoom) {
      code.i32(0).memory(I32_LOAD, 2, COLUMNS, RowShape.MOST_BYTES).set(mostBytes);
      code.i32(0).memory(I32_LOAD, 2, COLUMNS, RowShape.HEAP_TOP).set(heapTop);
      code.i32(0).memory(I32_LOAD, 2, COLUMNS, RowShape.HEAP_END).set(heapEnd);
    }
    if (spilled) {
      loop.guestSize();
      code.set(guestSize);
      checkReturnedArea();
    }
    if (callee.shape().fallible()) {
      code.get(result);
      if (spilled) {
        code.memory(I32_LOAD8_U, 0, GUEST, 0);
        payload = callee.signature().resultAlignment();
      }
      loop.leaveToHostIf();
    }
    int at = payload;
    callee
        .shape()
        .result()
        .ifPresent(
            column -> {
              if (spilled) {
                liftFromMemory(column, at);
              } else if (!callee.shape().fallible()) {
                liftFlat(column);
              }
            });
    if (takesRoom) {
      code.i32(0).get(heapTop).memory(I32_STORE, 2, COLUMNS, RowShape.HEAP_TOP);
    }
  }

  private void checkReturnedArea() {
    int alignment = callee.signature().resultAlignment();
    code.get(result).i32(alignment - 1).op(I32_AND);
    loop.leaveToHostIf();
    code.get(result).op(I64_EXTEND_I32_U).i64(callee.signature().resultSize()).op(I64_ADD);
    code.get(guestSize).op(I64_GT_U);
    loop.leaveToHostIf();
  }

  private void liftFlat(Column column) {
    switch (column) {
      case Column.Struct struct -> struct.fields().forEach(this::liftFlat);
      case Column.Scalar scalar -> {
        if (isChecked(scalar.kind())) {
          code.get(result).set(scratch);
          check(scalar);
        }
        loop.rowTimes(scalar.kind().width()).get(result);
        normalise(scalar);
        store(scalar);
      }
      case Column.Image image -> liftDiscriminant(image);
      case Column.Bytes bytes -> throw notFlat(bytes);
      case Column.Nullable nullable -> throw notFlat(nullable);
    }
  }

  private static IllegalStateException notFlat(Column column) {
    return new IllegalStateException("a result of two core values is passed in memory: " + column);
  }

  private void liftFromMemory(Column column, int offset) {
    switch (column) {
      case Column.Scalar scalar -> liftScalar(scalar, offset);
      case Column.Struct struct -> {
        for (int i = 0; i < struct.fields().size(); i++) {
          liftFromMemory(struct.fields().get(i), offset + struct.offset(i));
        }
      }
      case Column.Nullable nullable -> {
        int present = loop.local(I32);
        code.get(result).memory(I32_LOAD8_U, 0, GUEST, offset).tee(present);
        code.i32(1).op(I32_GT_U);
        loop.leaveToHostIf();
        loop.rowTimes(1).get(present).memory(I32_STORE8, 0, COLUMNS, nullable.address());
        code.get(present).op(IF, VOID);
        liftFromMemory(nullable.value(), offset + nullable.payloadOffset());
        code.op(END);
      }
      case Column.Bytes bytes -> liftBytes(bytes, offset);
      case Column.Image image -> {
        takeImage(image);
        int from = loop.local(I32);
        code.get(result).i32(offset).op(I32_ADD).set(from);
        int base = loop.local(I32);
        code.get(top).set(base);
        loop.copy(COLUMNS, base, GUEST, from, length);
        images.complete(image.image().forms(), base, COLUMNS);
      }
    }
  }

  /** A variant without payloads is the only image that is passed as one core value. */
  private void liftDiscriminant(Column.Image column) {
    if (!(column.image().forms().getFirst() instanceof MemoryForm.Choice choice)
        || choice.flat().size() != 1) {
      throw notFlat(column);
    }
    code.get(result).i32(choice.cases().size()).op(I32_GE_U);
    loop.leaveToHostIf();
    takeImage(column);
    code.get(top).get(result).memory(LoopCode.store(choice.size()), 0, COLUMNS, 0);
  }

  /** Takes room for an image: {@code length} bytes at {@code top}. */
  private void takeImage(Column.Image column) {
    code.i32(column.size()).set(length);
    takeHeap(column.alignment());
    loop.rowTimes(4).get(top).memory(I32_STORE, 2, COLUMNS, column.address());
  }

  /** Copies what an image points to behind the heap's end. */
  private void copyContent(int from, int count, MemoryForm.Range range, int copy) {
    code.get(count).op(I64_EXTEND_I32_U).i64(range.unit()).op(I64_MUL);
    code.get(mostBytes).op(I64_EXTEND_I32_U).op(I64_GT_U);
    loop.leaveToHostIf();
    loop.bytes(count, range);
    code.set(length);
    if (range.alignment() > 1) {
      code.get(from).i32(range.alignment() - 1).op(I32_AND);
      loop.leaveToHostIf();
    }
    checkRange(from);
    takeHeap(range.alignment());
    code.get(top).set(copy);
    copyOut(from);
  }

  private void liftScalar(Column.Scalar scalar, int offset) {
    ScalarKind kind = scalar.kind();
    if (isChecked(kind)) {
      code.get(result).memory(kind.load(scalar.cases()), 0, GUEST, offset).set(scratch);
      check(scalar);
    }
    loop.rowTimes(kind.width()).get(result).memory(kind.load(scalar.cases()), 0, GUEST, offset);
    normalise(scalar);
    store(scalar);
  }

  private static boolean isChecked(ScalarKind kind) {
    return kind == ScalarKind.CHAR || kind == ScalarKind.ENUM;
  }

  /** Leaves the row to the host if the value in {@code scratch} is none of its type. */
  private void check(Column.Scalar scalar) {
    if (scalar.kind() == ScalarKind.ENUM) {
      code.get(scratch).i32(scalar.cases()).op(I32_GE_U);
    } else {
      code.get(scratch).i32(0xd800).op(I32_SUB).i32(0x800).op(I32_LT_U);
      code.get(scratch).i32(0x110000).op(I32_GE_U).op(I32_OR);
    }
    loop.leaveToHostIf();
  }

  /** Brings a core value into the range of its type ({@code lift_flat}). */
  private void normalise(Column.Scalar scalar) {
    switch (scalar.kind()) {
      case BOOL -> code.i32(0).op(I32_NE);
      case S8 -> code.op(I32_EXTEND8_S);
      case U8 -> code.i32(0xff).op(I32_AND);
      case S16 -> code.op(I32_EXTEND16_S);
      case U16 -> code.i32(0xffff).op(I32_AND);
      case FLAGS -> code.i32((int) ((1L << scalar.cases()) - 1)).op(I32_AND);
      default -> {}
    }
  }

  private void store(Column.Scalar scalar) {
    code.memory(
        LoopCode.columnStore(scalar.kind()),
        LoopCode.align(scalar.kind()),
        COLUMNS,
        scalar.address());
  }

  /** Copies a string or list behind the heap's end. */
  private void liftBytes(Column.Bytes bytes, int offset) {
    code.get(result).memory(I32_LOAD, 2, GUEST, offset).set(pointer);
    code.get(result).memory(I32_LOAD, 2, GUEST, offset + 4L).tee(length);
    code.get(mostBytes).op(I32_GT_U);
    loop.leaveToHostIf();
    checkRange(pointer);
    takeHeap(1);
    copyOut(pointer);
    loop.rowTimes(8).get(top).memory(I32_STORE, 2, COLUMNS, bytes.address());
    loop.rowTimes(8).get(length).memory(I32_STORE, 2, COLUMNS, bytes.address() + 4L);
  }

  /** Leaves the row to the host if {@code length} bytes from an address on leave the memory. */
  private void checkRange(int start) {
    loop.end(start, length);
    code.get(guestSize).op(I64_GT_U);
    loop.leaveToHostIf();
  }

  /** Copies {@code length} bytes of the guest's to {@code top}, the last of the heap by now. */
  private void copyOut(int from) {
    loop.copyLoosely(
        COLUMNS,
        top,
        GUEST,
        from,
        length,
        () -> {
          code.get(from).op(I64_EXTEND_I32_U).i64(LoopCode.FEW_BYTES).op(I64_ADD);
          code.get(guestSize).op(I64_LE_U);
          code.get(heapEnd).get(top).op(I32_SUB).i32(LoopCode.FEW_BYTES).op(I32_GE_U).op(I32_AND);
        });
  }

  /** Takes {@code length} bytes of the heap, from {@code top} on. */
  private void takeHeap(int alignment) {
    code.get(heapTop);
    if (alignment > 1) {
      code.i32(alignment - 1).op(I32_ADD).i32(-alignment).op(I32_AND);
    }
    code.set(top);
    growHeap();
    code.get(top).get(length).op(I32_ADD).set(heapTop);
  }

  /** Makes the columns' memory hold {@code length} bytes from {@code top} on. */
  private void growHeap() {
    loop.end(top, length);
    code.get(heapEnd).op(I64_EXTEND_I32_U).op(I64_GT_U);
    code.op(IF, VOID);
    code.get(length).i32(16).op(I32_SHR_U).i32(1).op(I32_ADD).op(MEMORY_GROW, COLUMNS);
    code.i32(-1).op(I32_EQ);
    loop.leaveToHostIf();
    code.i32(0).op(MEMORY_SIZE, COLUMNS).i32(16).op(I32_SHL).tee(heapEnd);
    code.memory(I32_STORE, 2, COLUMNS, RowShape.HEAP_END);
    code.op(END);
  }
}
