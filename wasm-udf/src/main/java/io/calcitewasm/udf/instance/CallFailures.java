package io.calcitewasm.udf.instance;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.ValueLimitException;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls that ended otherwise than with an answer, as SQL errors (docs/sql.md, "Errors"). */
final class CallFailures {
  private static final int FRAMES_SHOWN = 10;
  private static final int FRAME_LENGTH = 120;

  private CallFailures() {}

  /** What a failed call is told as. */
  static RuntimeException of(
      Throwable thrown, PooledInstance instance, ModuleRuntime module, CallSite site) {
    Guard.Stop stop = instance.guard().stopped();
    return switch (thrown) {
      case SqlError e -> e;
      case TrapException e -> trap(site, e, stop, module.limits());
      case ValueLimitException e -> site.error("54000", e.getMessage() + " (limit result_size)", e);
      case HostDenied e -> site.error("42501", String.valueOf(e.getMessage()), e);
      // What breaks while a call is being stopped, breaks because it is being stopped.
      case RuntimeException _, AssertionError _, LinkageError _, StackOverflowError _ ->
          stop == null ? hostFault(site, thrown) : stopped(site, stop, module.limits(), thrown);
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    };
  }

  /** 38W01, 38W02, 53200 or 57014, with the guest's frames. */
  static SqlError trap(
      CallSite site, TrapException trap, Guard.@Nullable Stop stop, Limits limits) {
    return switch (trap.kind()) {
      case INTERRUPTED -> stopped(site, stop, limits, trap);
      case CANONICAL_ABI ->
          site.error("38W02", "the guest broke the canonical ABI: " + words(trap), trap);
      case GUEST, STACK, POISONED ->
          trap.memoryRefused()
              ? site.error(
                  "53200",
                  "the guest was refused memory beyond "
                      + size(limits.memoryBytes())
                      + " (limit memory) and trapped: "
                      + words(trap),
                  trap)
              : site.error("38W01", "the guest trapped: " + words(trap), trap);
    };
  }

  /** 57014. */
  static SqlError stopped(
      CallSite site, Guard.@Nullable Stop stop, Limits limits, @Nullable Throwable cause) {
    String why =
        switch (stop) {
          case TIME ->
              "the call was stopped after " + time(limits.callTime()) + " (limit call_time)";
          case START ->
              "the making of an instance was stopped after "
                  + time(ModuleRuntime.startTime(limits));
          case CANCEL -> "the statement was cancelled";
          case null -> "the call was interrupted";
        };
    return site.error("57014", why, cause);
  }

  /** 53000. */
  static SqlError full(CallSite site, Limits limits) {
    return site.error(
        "53000",
        "all " + limits.instances() + " instances of the module are busy (limit instances)",
        null);
  }

  /** 58000: a fault of the host, told without Java's details. */
  static SqlError hostFault(CallSite site, Throwable fault) {
    return site.error(
        "58000",
        "a fault in the host, not in the guest: "
            + fault.getClass().getSimpleName()
            + (fault.getMessage() == null ? "" : ": " + GuestText.of(fault.getMessage())),
        fault);
  }

  private static String words(TrapException trap) {
    return GuestText.of(String.valueOf(trap.getMessage())) + frames(trap.frames());
  }

  private static String frames(List<String> frames) {
    if (frames.isEmpty()) {
      return "";
    }
    String shown =
        frames.stream()
            .limit(FRAMES_SHOWN)
            .map(CallFailures::frame)
            .collect(Collectors.joining(", called by ", " (in ", ""));
    int more = frames.size() - FRAMES_SHOWN;
    return shown + (more > 0 ? " and " + more + " more frames)" : ")");
  }

  private static String frame(String name) {
    return GuestText.of(
        name.length() > FRAME_LENGTH ? name.substring(0, FRAME_LENGTH) + "…" : name);
  }

  static String time(Duration time) {
    long millis = time.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  static String size(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }
}
