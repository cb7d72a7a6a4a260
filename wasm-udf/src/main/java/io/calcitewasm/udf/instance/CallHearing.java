package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.SqlError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the canaries of modules of a session's calls. */
final class CallHearing {
  private final CallSession session;
  private final KeptTurns kept;
  private final KeptInstances ofConnection;

  CallHearing(CallSession session, KeptTurns kept, KeptInstances ofConnection) {
    this.session = session;
    this.kept = kept;
    this.ofConnection = ofConnection;
  }

  /** Who hears of a function's calls because its module has a canary; null for nobody. */
  @Nullable CallListener listener(ModuleRuntime module, BoundFunction bound) {
    Canary canary = module.canary();
    if (canary == null || !bound.isKept()) {
      return canary;
    }
    if (bound.handlesResources()) {
      return null;
    }
    boolean started = kept.keeper(module, bound).isStarted();
    return bound.isKeptByStatement()
        ? session.shared(canary, CanaryTrail.class, () -> canary.trail(false, started))
        : ofConnection.trail(canary, () -> canary.trail(true, started));
  }

  /**
   * Makes a call and tells what it has come to.
   *
   * @param args as they are before the call
   */
  @Nullable Object heard(
      CallListener listener,
      BoundFunction bound,
      @Nullable Object[] args,
      Supplier<@Nullable Object> call) {
    @Nullable Object[] given = args.clone();
    try {
      Object value = call.get();
      listener.hear(bound.function(), given, new Canary.Outcome(value, null), session.statement());
      return value;
    } catch (SqlError e) {
      listener.hear(bound.function(), given, e, session.statement());
      throw e;
    }
  }
}
