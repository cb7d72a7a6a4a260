package io.calcitewasm.component.link;

import io.calcitewasm.component.HostCall;
import io.calcitewasm.component.HostFailure;
import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.abi.AbiSignature;
import io.calcitewasm.component.abi.AbiTrap;
import io.calcitewasm.component.abi.CanonicalOptions;
import io.calcitewasm.component.abi.Handle;
import io.calcitewasm.component.abi.InstanceState;
import io.calcitewasm.component.abi.LiftLowerContext;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.core.CoreExtern;
import io.calcitewasm.component.core.HostCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The core functions that canonical definitions make (CanonicalABI.md, {@code canon_lower}, {@code
 * canon_resource_new}, {@code canon_resource_drop}, {@code canon_resource_rep}).
 */
final class Trampolines {
  private static final List<CoreValType> ONE = List.of(CoreValType.I32);
  private static final CoreFuncType HANDLE_TO_NUMBER = new CoreFuncType(ONE, ONE);
  private static final CoreFuncType HANDLE_TO_NOTHING = new CoreFuncType(ONE, List.of());

  private Trampolines() {}

  static CoreExtern make(LinkPlan.Trampoline trampoline, LiveInstance instance) {
    InstanceState state = instance.state(trampoline.componentInstance());
    return switch (trampoline) {
      case LinkPlan.Lower lower ->
          function(instance, lower.signature().lowerType(), new LoweredCall(lower, instance));
      case LinkPlan.ResourceNew resource ->
          function(
              instance,
              HANDLE_TO_NUMBER,
              arguments ->
                  builtin(
                      "resource.new",
                      () -> {
                        state.checkMayLeave();
                        return state.handles().add(Handle.own(resource.type(), (int) arguments[0]));
                      }));
      case LinkPlan.ResourceDrop resource ->
          function(
              instance,
              HANDLE_TO_NOTHING,
              arguments ->
                  builtin(
                      "resource.drop",
                      () -> {
                        state.checkMayLeave();
                        drop(
                            state.handles().remove((int) arguments[0], resource.type()),
                            state,
                            instance);
                        return 0;
                      }));
      case LinkPlan.ResourceRep resource ->
          function(
              instance,
              HANDLE_TO_NUMBER,
              arguments ->
                  builtin(
                      "resource.rep",
                      () ->
                          (Integer)
                                  state
                                      .handles()
                                      .get((int) arguments[0], resource.type())
                                      .representation()
                              & 0xffff_ffffL));
    };
  }

  private static CoreExtern function(LiveInstance instance, CoreFuncType type, HostCode code) {
    return instance
        .store()
        .hostFunction(
            type,
            arguments -> {
              instance.callsOut();
              return code.call(arguments);
            });
  }

  private static void drop(Handle handle, InstanceState state, LiveInstance instance) {
    if (handle.isOwn()) {
      instance.destroy(handle.type(), handle.representation(), state);
    } else {
      handle.endBorrow();
    }
  }

  /** Code of a built-in. */
  private interface Builtin {
    long run();
  }

  private static long builtin(String name, Builtin code) {
    try {
      return code.run();
    } catch (AbiTrap e) {
      throw Faults.trap(name, e);
    }
  }

  /** Calls a function of the host's. */
  static @Nullable Object callHost(
      Def.HostFunc host, HostCall hostCall, @Nullable Object[] arguments) {
    try {
      return host.function().call(hostCall, arguments);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new HostFailure("host function \"" + host.name() + "\" failed: " + e.getMessage(), e);
    }
  }

  /** {@code canon_lower}: core code calls a function of the host's or of another component. */
  private static final class LoweredCall implements HostCode {
    private final LinkPlan.Lower lower;
    private final LiveInstance instance;
    private final InstanceState state;
    private @Nullable CanonicalOptions options;

    LoweredCall(LinkPlan.Lower lower, LiveInstance instance) {
      this.lower = lower;
      this.instance = instance;
      this.state = instance.state(lower.componentInstance());
    }

    @Override
    public long call(long[] arguments) {
      AbiSignature signature = lower.signature();
      try {
        state.checkMayLeave();
        LiftLowerContext cx = instance.context(options(), state);
        Object[] lifted = signature.liftArguments(cx, arguments);
        Object result =
            switch (lower.target()) {
              case Def.HostFunc host -> {
                instance.countHostCall();
                yield callHost(host, instance.hostCall(), lifted);
              }
              case Def.LiftedFunc guest -> instance.lift(guest.number()).call(state, cx, lifted);
            };
        long coreResult = signature.lowerResult(cx, result, arguments);
        cx.endLoans();
        return coreResult;
      } catch (AbiFault e) {
        throw Faults.inHostFunction(name(), e);
      }
    }

    private CanonicalOptions options() {
      CanonicalOptions bound = options;
      if (bound == null) {
        bound = instance.bind(lower.options(), List.of());
        options = bound;
      }
      return bound;
    }

    private String name() {
      return switch (lower.target()) {
        case Def.HostFunc host -> host.name();
        case Def.LiftedFunc guest -> instance.lift(guest.number()).name();
      };
    }
  }
}
