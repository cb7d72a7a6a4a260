package io.calcitewasm.udf.instance;

import java.util.Optional;

/** Gives a session's calls of many rows the instances that they are made in. */
final class RowLeases {
  private final InstanceTurns turns;
  private final KeptTurns kept;

  RowLeases(InstanceTurns turns, KeptTurns kept) {
    this.turns = turns;
    this.kept = kept;
  }

  /**
   * Begins to call rows, as the module's isolation has it; to be ended with {@link #end}.
   *
   * @return nothing if the instance that is to be used is in use by a call that has led here
   */
  Optional<RowLease> begin(ModuleRuntime module, BoundFunction bound, CallSite site) {
    if (bound.isKept()) {
      KeptInstance keeper = kept.keeper(module, bound);
      return keeper.isMine()
          ? Optional.empty()
          : Optional.of(new RowLease(kept.enter(keeper, module, site), keeper));
    }
    PooledInstance instance = turns.take(module, site, true);
    turns.slot(module).enter();
    boolean begun = false;
    try {
      turns.checkCancelled(instance, site);
      turns.begin(instance, site, true);
      begun = true;
      return Optional.of(new RowLease(instance, null));
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site);
    } finally {
      if (!begun) {
        end(new RowLease(instance, null), module, false);
      }
    }
  }

  /** Ends what {@link #begin} began; {@code good} if the instance can be used again. */
  void end(RowLease lease, ModuleRuntime module, boolean good) {
    KeptInstance keeper = lease.keeper();
    if (keeper != null) {
      kept.leave(keeper, lease.instance(), good);
    } else {
      turns.slot(module).leave();
      turns.give(lease.instance(), module, good);
    }
  }
}
