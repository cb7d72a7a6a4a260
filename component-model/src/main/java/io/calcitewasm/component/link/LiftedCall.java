package io.calcitewasm.component.link;

import io.calcitewasm.component.abi.AbiSignature;
import io.calcitewasm.component.abi.CanonicalOptions;
import io.calcitewasm.component.abi.InstanceState;
import io.calcitewasm.component.abi.LiftLowerContext;
import io.calcitewasm.component.abi.ValueMisfit;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreMemory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A lifted function of one instance (CanonicalABI.md, {@code canon_lift}). */
final class LiftedCall {
  private final LinkPlan.Lift lift;
  private final LiveInstance instance;
  private final InstanceState state;
  private final AbiSignature signature;
  private final CoreFunction callee;
  private final CanonicalOptions options;

  LiftedCall(LinkPlan.Lift lift, LiveInstance instance) {
    this.lift = lift;
    this.instance = instance;
    this.state = instance.state(lift.componentInstance());
    this.signature = lift.signature();
    this.callee = instance.function(lift.callee(), signature.liftType());
    this.options = instance.bind(lift.options(), signature.liftType().results());
  }

  /** What is called, and how. */
  LinkPlan.Lift plan() {
    return lift;
  }

  /** What messages call the function. */
  String name() {
    return lift.name();
  }

  /** Bytes of the memory that values go through now; 0 if there is none. */
  long memoryBytes() {
    CoreMemory memory = options.memory();
    return memory == null ? 0 : memory.size();
  }

  /** Enters the component instance for the calls of a row loop. */
  void enter() {
    state.enterFrom(null);
  }

  /** Has the component instance asked before it calls out. */
  void barWhile(BooleanSupplier condition) {
    state.barWhile(condition);
  }

  /** Undoes {@link #enter}. */
  void leave() {
    state.leaveTo(null);
  }

  /**
   * Calls the function. Throws faults of the ABI and what the guest throws; only after a {@link
   * ValueMisfit} is the instance as it was.
   *
   * @param caller the calling instance; null for the host
   * @param callerContext where the arguments were lifted and the result will be lowered; null for
   *     the host
   */
  @Nullable Object call(
      @Nullable InstanceState caller,
      @Nullable LiftLowerContext callerContext,
      @Nullable Object[] arguments) {
    state.enterFrom(caller);
    LiftLowerContext cx = instance.context(options, state);
    if (callerContext != null) {
      cx.valuesFrom(callerContext);
      callerContext.valuesFrom(cx);
    }
    long[] flat;
    try {
      flat = signature.lowerArguments(cx, arguments);
    } catch (ValueMisfit e) {
      state.leaveTo(caller);
      throw e;
    }
    long coreResult = callee.call(flat);
    Object result = end(cx, coreResult);
    state.leaveTo(caller);
    return result;
  }

  /** Lifts the result of a call that a row loop has made, and ends the call. */
  @Nullable Object end(long coreResult) {
    return end(instance.context(options, state), coreResult);
  }

  /** Lifts a handle that a row loop has left in the instance's table ({@code lift_own}). */
  @Nullable Object liftHandle(int index) {
    return signature.liftResult(instance.context(options, state), index & 0xffff_ffffL);
  }

  private @Nullable Object end(LiftLowerContext cx, long coreResult) {
    Object result = signature.liftResult(cx, coreResult);
    cx.checkBorrowsReturned();
    CoreFunction postReturn = options.postReturn();
    if (postReturn != null) {
      state.setMayLeave(false);
      if (signature.liftType().results().isEmpty()) {
        postReturn.call();
      } else {
        postReturn.call(coreResult);
      }
      state.setMayLeave(true);
    }
    return result;
  }
}
