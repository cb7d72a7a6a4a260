package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.fuse.LoopCode.BR;
import static io.calcitewasm.component.fuse.LoopCode.CALL;
import static io.calcitewasm.component.fuse.LoopCode.COLUMNS;
import static io.calcitewasm.component.fuse.LoopCode.END;
import static io.calcitewasm.component.fuse.LoopCode.END_ROW;
import static io.calcitewasm.component.fuse.LoopCode.I32_ADD;
import static io.calcitewasm.component.fuse.LoopCode.I32_GE_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD;
import static io.calcitewasm.component.fuse.LoopCode.I32_LOAD8_U;
import static io.calcitewasm.component.fuse.LoopCode.I32_OR;
import static io.calcitewasm.component.fuse.LoopCode.I32_STORE;
import static io.calcitewasm.component.fuse.LoopCode.IF;
import static io.calcitewasm.component.fuse.LoopCode.LOOP;
import static io.calcitewasm.component.fuse.LoopCode.ROW;
import static io.calcitewasm.component.fuse.LoopCode.VOID;

import io.calcitewasm.component.binary.core.CodeWriter;

/**
 * Writes the body of a row loop: for each row that is not skipped, lowers the arguments from
 * columns (CanonicalABI.md, {@code canon_lift}), calls, lifts the result into columns, tells the
 * guest, and undoes. Wherever something is not as it should be, it stops with {@link Stop#LIFT}, so
 * that the host finds the same fault again and says what it is.
 */
final class DriverCode {
  private final DriverModule.Callee callee;
  private final LoopCode loop;
  private final CodeWriter code;
  private final ArgumentCode arguments;
  private final ResultCode results;
  private final int call;
  private final int postReturn;
  private final int firstUndo;
  private final int settle;

  /** A loop; numbers are the indices of imported functions, −1 where there is none. */
  DriverCode(
      DriverModule.Callee callee,
      int call,
      int realloc,
      int postReturn,
      int touch,
      int firstUndo,
      int settle) {
    this.callee = callee;
    this.loop = new LoopCode(callee);
    this.code = loop.code;
    this.arguments = new ArgumentCode(loop, realloc, touch);
    this.results = new ResultCode(loop);
    this.call = call;
    this.postReturn = postReturn;
    this.firstUndo = firstUndo;
    this.settle = settle;
  }

  byte[] body() {
    int result = loop.result;
    code.op(LOOP, VOID);
    code.get(ROW).get(END_ROW).op(I32_GE_U).op(IF, VOID);
    loop.stop(Stop.DONE);
    code.op(END);
    code.i32(0).get(ROW).memory(I32_STORE, 2, COLUMNS, RowShape.ROW);
    code.get(ROW).memory(I32_LOAD8_U, 0, COLUMNS, RowShape.SKIP).op(IF, VOID);
    nextRow();
    code.op(BR, 1).op(END);
    bar(true);
    for (Column parameter : callee.shape().parameters()) {
      arguments.allocate(parameter);
    }
    bar(false);
    for (Column parameter : callee.shape().parameters()) {
      arguments.lower(parameter);
    }
    code.op(CALL, call);
    if (result >= 0) {
      code.set(result);
    }
    results.liftResult();
    if (postReturn >= 0) {
      bar(true);
      if (result >= 0) {
        code.get(result);
      }
      code.op(CALL, postReturn);
      bar(false);
    }
    nextRow();
    settle();
    if (callee.undos() > 0) {
      for (int i = 0; i < callee.undos(); i++) {
        code.op(CALL, firstUndo + i);
        if (i > 0) {
          code.op(I32_OR);
        }
      }
      code.op(IF, VOID);
      loop.stop(Stop.RENEW);
      code.op(END);
    }
    code.op(BR, 0).op(END).i32(0);
    return loop.body();
  }

  /** Forbids or allows the guest to call out ({@code may_leave}). */
  private void bar(boolean barred) {
    if (callee.callsOut()) {
      code.i32(0).i32(barred ? 1 : 0).memory(I32_STORE, 2, COLUMNS, RowShape.BARRED);
    }
  }

  private void settle() {
    if (callee.callsOut()) {
      code.i32(0).memory(I32_LOAD, 2, COLUMNS, RowShape.CALLED_OUT).op(IF, VOID);
      code.i32(0).i32(0).memory(I32_STORE, 2, COLUMNS, RowShape.CALLED_OUT);
      code.op(CALL, settle).op(IF, VOID);
      loop.stop(Stop.RENEW);
      code.op(END).op(END);
    }
  }

  private void nextRow() {
    code.get(ROW).i32(1).op(I32_ADD).set(ROW);
  }
}
