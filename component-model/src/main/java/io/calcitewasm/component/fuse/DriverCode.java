package io.calcitewasm.component.fuse;

import static io.calcitewasm.component.fuse.LoopCode.BR;
import static io.calcitewasm.component.fuse.LoopCode.CALL;
import static io.calcitewasm.component.fuse.LoopCode.COLUMNS;
import static io.calcitewasm.component.fuse.LoopCode.END;
import static io.calcitewasm.component.fuse.LoopCode.END_ROW;
import static io.calcitewasm.component.fuse.LoopCode.I32_ADD;
import static io.calcitewasm.component.fuse.LoopCode.I32_EQ;
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
import io.calcitewasm.component.binary.core.CoreValType;
import java.util.List;

/**
 * Writes the body of a row loop: for each row that is not skipped, lowers the arguments from
 * columns (CanonicalABI.md, {@code canon_lift}), calls, lifts the result into columns, tells the
 * guest, and undoes. Wherever something is not as it should be, it stops with {@link Stop#LIFT}, so
 * that the host finds the same fault again and says what it is.
 */
final class DriverCode {
  private final List<Call> calls;
  private final LoopCode loop;
  private final CodeWriter code;
  private final int realloc;
  private final int touch;
  private final int firstUndo;
  private final int settle;
  private final boolean callsOut;
  private final boolean settles;
  private final int undos;

  /**
   * A function that is called; numbers are the indices of imported functions, −1 where there is
   * none.
   */
  record Call(DriverModule.Callee callee, int function, int postReturn) {}

  /** A loop; numbers are the indices of imported functions, −1 where there is none. */
  DriverCode(List<Call> calls, int realloc, int touch, int firstUndo, int settle) {
    this.calls = calls;
    DriverModule.Callee any = calls.getFirst().callee();
    this.loop = new LoopCode(any);
    this.code = loop.code;
    this.realloc = realloc;
    this.touch = touch;
    this.firstUndo = firstUndo;
    this.settle = settle;
    this.callsOut = any.callsOut();
    this.settles = any.settles();
    this.undos = any.undos();
  }

  byte[] body() {
    code.op(LOOP, VOID);
    code.get(ROW).get(END_ROW).op(I32_GE_U).op(IF, VOID);
    loop.stop(Stop.DONE);
    code.op(END);
    code.i32(0).get(ROW).memory(I32_STORE, 2, COLUMNS, RowShape.ROW);
    if (calls.size() == 1) {
      code.get(ROW).memory(I32_LOAD8_U, 0, COLUMNS, RowShape.SKIP).op(IF, VOID);
      nextRow();
      code.op(BR, 1).op(END);
      call(calls.getFirst(), loop);
    } else {
      int choice = loop.local(CoreValType.I32);
      code.get(ROW).memory(I32_LOAD8_U, 0, COLUMNS, RowShape.SKIP).set(choice);
      for (int i = 0; i < calls.size(); i++) {
        code.get(choice).i32(RowShape.choice(i)).op(I32_EQ).op(IF, VOID);
        call(calls.get(i), i == 0 ? loop : loop.calling(calls.get(i).callee()));
        code.op(END);
      }
    }
    nextRow();
    settle();
    if (undos > 0) {
      for (int i = 0; i < undos; i++) {
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

  private void call(Call call, LoopCode at) {
    ArgumentCode arguments = new ArgumentCode(at, realloc, touch);
    List<Column> parameters = call.callee().shape().parameters();
    bar(true);
    parameters.forEach(arguments::allocate);
    bar(false);
    parameters.forEach(arguments::lower);
    code.op(CALL, call.function());
    if (at.result >= 0) {
      code.set(at.result);
    }
    new ResultCode(at).liftResult();
    if (call.postReturn() >= 0) {
      bar(true);
      if (at.result >= 0) {
        code.get(at.result);
      }
      code.op(CALL, call.postReturn());
      bar(false);
    }
  }

  /** Forbids or allows the guest to call out ({@code may_leave}). */
  private void bar(boolean barred) {
    if (callsOut) {
      code.i32(0).i32(barred ? 1 : 0).memory(I32_STORE, 2, COLUMNS, RowShape.BARRED);
    }
  }

  private void settle() {
    if (settles) {
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
