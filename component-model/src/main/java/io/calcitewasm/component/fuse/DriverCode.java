package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import io.calcitewasm.component.binary.core.CodeWriter;
import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.binary.core.UndoLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the body of a row loop: for each row that is not skipped, lowers the arguments from
 * columns (CanonicalABI.md, {@code canon_lift}), calls, lifts the result into columns, tells the
 * guest, and undoes. Wherever something is not as it should be, it stops with {@link Stop#LIFT}, so
 * that the host finds the same fault again and says what it is.
 */
final class DriverCode {
  private static final int COLUMNS = 0;
  private static final int GUEST = 1;
  private static final int LOG = 2;
  private static final int ROW = 0;
  private static final int END_ROW = 1;

  private static final int LOOP = 0x03;
  private static final int IF = 0x04;
  private static final int VOID = 0x40;
  private static final int END = 0x0b;
  private static final int BR = 0x0c;
  private static final int RETURN = 0x0f;
  private static final int CALL = 0x10;
  private static final int I32_LOAD = 0x28;
  private static final int I64_LOAD = 0x29;
  private static final int I32_LOAD8_U = 0x2d;
  private static final int I32_STORE = 0x36;
  private static final int I64_STORE = 0x37;
  private static final int I32_STORE8 = 0x3a;
  private static final int MEMORY_SIZE = 0x3f;
  private static final int MEMORY_GROW = 0x40;
  private static final int I32_EQ = 0x46;
  private static final int I32_NE = 0x47;
  private static final int I32_LT_U = 0x49;
  private static final int I32_GT_U = 0x4b;
  private static final int I32_GE_U = 0x4f;
  private static final int I64_GT_U = 0x56;
  private static final int I32_ADD = 0x6a;
  private static final int I32_SUB = 0x6b;
  private static final int I32_AND = 0x71;
  private static final int I32_OR = 0x72;
  private static final int I32_SHL = 0x74;
  private static final int I32_SHR_U = 0x76;
  private static final int I64_ADD = 0x7c;
  private static final int I64_SHL = 0x86;
  private static final int I64_EXTEND_I32_U = 0xad;
  private static final int I32_EXTEND8_S = 0xc0;
  private static final int I32_EXTEND16_S = 0xc1;

  private final DriverModule.Callee callee;
  private final int call;
  private final int realloc;
  private final int postReturn;
  private final int touch;
  private final int firstUndo;
  private final CodeWriter code = new CodeWriter();
  private final List<CoreValType> locals = new ArrayList<>();
  private final Map<Column.Bytes, Integer> pointers = new HashMap<>();
  private final int pointer = local(I32);
  private final int length = local(I32);
  private final int top = local(I32);
  private final int scratch = local(I32);
  private int result = -1;

  DriverCode(
      DriverModule.Callee callee, int call, int realloc, int postReturn, int touch, int firstUndo) {
    this.callee = callee;
    this.call = call;
    this.realloc = realloc;
    this.postReturn = postReturn;
    this.touch = touch;
    this.firstUndo = firstUndo;
  }

  private int local(CoreValType type) {
    locals.add(type);
    return END_ROW + locals.size();
  }

  byte[] body() {
    List<CoreValType> results = callee.signature().liftType().results();
    result = results.isEmpty() ? -1 : local(results.getFirst());
    code.op(LOOP, VOID);
    code.get(ROW).get(END_ROW).op(I32_GE_U).op(IF, VOID);
    stop(Stop.DONE);
    code.op(END);
    code.i32(0).get(ROW).memory(I32_STORE, 2, COLUMNS, RowShape.ROW);
    code.get(ROW).memory(I32_LOAD8_U, 0, COLUMNS, RowShape.SKIP).op(IF, VOID);
    nextRow();
    code.op(BR, 1).op(END);
    for (Column parameter : callee.shape().parameters()) {
      allocate(parameter);
    }
    for (Column parameter : callee.shape().parameters()) {
      lower(parameter);
    }
    code.op(CALL, call);
    if (result >= 0) {
      code.set(result);
    }
    liftResult();
    if (postReturn >= 0) {
      if (result >= 0) {
        code.get(result);
      }
      code.op(CALL, postReturn);
    }
    nextRow();
    if (callee.undos() > 0) {
      for (int i = 0; i < callee.undos(); i++) {
        code.op(CALL, firstUndo + i);
        if (i > 0) {
          code.op(I32_OR);
        }
      }
      code.op(IF, VOID);
      stop(Stop.RENEW);
      code.op(END);
    }
    code.op(BR, 0).op(END).i32(0);
    return code.body(locals);
  }

  private void nextRow() {
    code.get(ROW).i32(1).op(I32_ADD).set(ROW);
  }

  private void stop(Stop reason) {
    code.i32(0).i32(reason.ordinal()).memory(I32_STORE, 2, COLUMNS, RowShape.STOP);
    code.get(ROW).op(RETURN);
  }

  /** If the i32 on the stack is not 0, leaves the row to the host. */
  private void leaveToHostIf() {
    code.op(IF, VOID);
    code.i32(0);
    if (result < 0) {
      code.i64(0);
    } else {
      code.get(result);
      switch (callee.signature().liftType().results().getFirst()) {
        case I32 -> code.op(I64_EXTEND_I32_U);
        case F32 -> code.op(0xbc).op(I64_EXTEND_I32_U);
        case F64 -> code.op(0xbd);
        default -> {}
      }
    }
    code.memory(I64_STORE, 3, COLUMNS, RowShape.CORE_RESULT);
    stop(Stop.LIFT);
    code.op(END);
  }

  /** Pushes where the row's entry of a column is, less the column's address. */
  private CodeWriter rowTimes(int width) {
    code.get(ROW);
    return width == 1 ? code : code.i32(Integer.numberOfTrailingZeros(width)).op(I32_SHL);
  }

  /** Copies the contents of strings and lists into the guest. */
  private void allocate(Column column) {
    switch (column) {
      case Column.Scalar scalar -> {}
      case Column.Struct struct -> struct.fields().forEach(this::allocate);
      case Column.Nullable nullable -> {
        if (holdsBytes(nullable.value())) {
          zero(nullable.value());
          rowTimes(1).memory(I32_LOAD8_U, 0, COLUMNS, nullable.address()).op(IF, VOID);
          allocate(nullable.value());
          code.op(END);
        }
      }
      case Column.Bytes bytes -> allocate(bytes);
    }
  }

  private static boolean holdsBytes(Column column) {
    return switch (column) {
      case Column.Scalar scalar -> false;
      case Column.Bytes bytes -> true;
      case Column.Nullable nullable -> holdsBytes(nullable.value());
      case Column.Struct struct -> struct.fields().stream().anyMatch(DriverCode::holdsBytes);
    };
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
    }
  }

  /** The local of a content's address in the guest; the next one is its length. */
  private int pointerOf(Column.Bytes bytes) {
    return pointers.computeIfAbsent(
        bytes,
        b -> {
          int at = local(I32);
          local(I32);
          return at;
        });
  }

  private void allocate(Column.Bytes bytes) {
    int at = pointerOf(bytes);
    int bytesLength = at + 1;
    rowTimes(8).memory(I32_LOAD, 2, COLUMNS, bytes.address() + 4L).set(bytesLength);
    code.i32(0).i32(0).i32(1).get(bytesLength).op(CALL, realloc).set(at);
    end(at, bytesLength);
    guestSize();
    code.op(I64_GT_U).op(IF, VOID);
    code.i32(0).get(at).op(I64_EXTEND_I32_U).memory(I64_STORE, 3, COLUMNS, RowShape.CORE_RESULT);
    stop(Stop.BAD_REALLOC);
    code.op(END);
    if (touch >= 0) {
      code.get(at).get(bytesLength).op(CALL, touch);
    }
    code.get(at);
    rowTimes(8).memory(I32_LOAD, 2, COLUMNS, bytes.address());
    code.get(bytesLength);
    code.copy(GUEST, COLUMNS);
  }

  /** Pushes the byte behind a range as an i64. */
  private void end(int start, int bytes) {
    code.get(start).op(I64_EXTEND_I32_U).get(bytes).op(I64_EXTEND_I32_U).op(I64_ADD);
  }

  /** Pushes how many bytes the guest's memory has, as an i64. */
  private void guestSize() {
    if (callee.hasLog()) {
      code.i32(0).memory(I32_LOAD, 2, LOG, UndoLog.PAGES);
    } else {
      code.op(MEMORY_SIZE, GUEST);
    }
    code.op(I64_EXTEND_I32_U).i64(16).op(I64_SHL);
  }

  /** Pushes the core values of an argument. */
  private void lower(Column column) {
    switch (column) {
      case Column.Scalar scalar ->
          rowTimes(scalar.kind().width())
              .memory(columnLoad(scalar.kind()), align(scalar.kind()), COLUMNS, scalar.address());
      case Column.Bytes bytes -> code.get(pointerOf(bytes)).get(pointerOf(bytes) + 1);
      case Column.Nullable nullable -> {
        rowTimes(1).memory(I32_LOAD8_U, 0, COLUMNS, nullable.address());
        lower(nullable.value());
      }
      case Column.Struct struct -> struct.fields().forEach(this::lower);
    }
  }

  private static int columnLoad(ScalarKind kind) {
    return switch (kind.core()) {
      case I64 -> I64_LOAD;
      case F32 -> 0x2a;
      case F64 -> 0x2b;
      default -> I32_LOAD;
    };
  }

  private static int columnStore(ScalarKind kind) {
    return columnLoad(kind) + I32_STORE - I32_LOAD;
  }

  private static int align(ScalarKind kind) {
    return kind.width() == 8 ? 3 : 2;
  }

  private void liftResult() {
    if (result < 0) {
      return;
    }
    boolean spilled = callee.signature().resultSpilled();
    int payload = 0;
    if (spilled) {
      checkReturnedArea();
    }
    if (callee.shape().fallible()) {
      code.get(result);
      if (spilled) {
        code.memory(I32_LOAD8_U, 0, GUEST, 0);
        payload = callee.signature().resultAlignment();
      }
      leaveToHostIf();
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
  }

  private void checkReturnedArea() {
    int alignment = callee.signature().resultAlignment();
    code.get(result).i32(alignment - 1).op(I32_AND);
    leaveToHostIf();
    code.get(result).op(I64_EXTEND_I32_U).i64(callee.signature().resultSize()).op(I64_ADD);
    guestSize();
    code.op(I64_GT_U);
    leaveToHostIf();
  }

  private void liftFlat(Column column) {
    switch (column) {
      case Column.Struct struct -> struct.fields().forEach(this::liftFlat);
      case Column.Scalar scalar -> {
        if (isChecked(scalar.kind())) {
          code.get(result).set(scratch);
          check(scalar);
        }
        rowTimes(scalar.kind().width()).get(result);
        normalise(scalar);
        store(scalar);
      }
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
        int present = local(I32);
        code.get(result).memory(I32_LOAD8_U, 0, GUEST, offset).tee(present);
        code.i32(1).op(I32_GT_U);
        leaveToHostIf();
        rowTimes(1).get(present).memory(I32_STORE8, 0, COLUMNS, nullable.address());
        code.get(present).op(IF, VOID);
        liftFromMemory(nullable.value(), offset + nullable.payloadOffset());
        code.op(END);
      }
      case Column.Bytes bytes -> liftBytes(bytes, offset);
    }
  }

  private void liftScalar(Column.Scalar scalar, int offset) {
    ScalarKind kind = scalar.kind();
    if (isChecked(kind)) {
      code.get(result).memory(kind.load(scalar.cases()), 0, GUEST, offset).set(scratch);
      check(scalar);
    }
    rowTimes(kind.width()).get(result).memory(kind.load(scalar.cases()), 0, GUEST, offset);
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
    leaveToHostIf();
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
    code.memory(columnStore(scalar.kind()), align(scalar.kind()), COLUMNS, scalar.address());
  }

  /** Copies a string or list behind the heap's end. */
  private void liftBytes(Column.Bytes bytes, int offset) {
    code.get(result).memory(I32_LOAD, 2, GUEST, offset).set(pointer);
    code.get(result).memory(I32_LOAD, 2, GUEST, offset + 4L).tee(length);
    code.i32(0).memory(I32_LOAD, 2, COLUMNS, RowShape.MOST_BYTES).op(I32_GT_U);
    leaveToHostIf();
    end(pointer, length);
    guestSize();
    code.op(I64_GT_U);
    leaveToHostIf();
    code.i32(0).memory(I32_LOAD, 2, COLUMNS, RowShape.HEAP_TOP).set(top);
    growHeap();
    code.get(top).get(pointer).get(length);
    code.copy(COLUMNS, GUEST);
    rowTimes(8).get(top).memory(I32_STORE, 2, COLUMNS, bytes.address());
    rowTimes(8).get(length).memory(I32_STORE, 2, COLUMNS, bytes.address() + 4L);
    code.i32(0).get(top).get(length).op(I32_ADD).memory(I32_STORE, 2, COLUMNS, RowShape.HEAP_TOP);
  }

  /** Makes the columns' memory hold {@code length} bytes from {@code top} on. */
  private void growHeap() {
    end(top, length);
    code.op(MEMORY_SIZE, COLUMNS).op(I64_EXTEND_I32_U).i64(16).op(I64_SHL).op(I64_GT_U);
    code.op(IF, VOID);
    code.get(length).i32(16).op(I32_SHR_U).i32(1).op(I32_ADD).op(MEMORY_GROW, COLUMNS);
    code.i32(-1).op(I32_EQ);
    leaveToHostIf();
    code.op(END);
  }
}
