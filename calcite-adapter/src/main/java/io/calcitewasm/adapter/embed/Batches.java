package io.calcitewasm.adapter.embed;

import io.calcitewasm.adapter.batch.BatchPlan;
import io.calcitewasm.adapter.batch.SplitFilters;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.runtime.Hook;
import org.apache.calcite.tools.Program;
import org.apache.calcite.tools.Programs;
import org.apache.calcite.util.Holder;

/**
 * Lets stock {@code jdbc:calcite:} connections call functions of modules in batches, as connections
 * of this project do. Calcite has one place for that, {@link Hook#PROGRAM}, which holds for all
 * connections of the process or of the thread; plans that call no module stay as they are.
 */
public final class Batches {
  private static final AtomicBoolean FOR_GOOD = new AtomicBoolean();

  private Batches() {}

  /**
   * Switches batches on for all statements that the process prepares from now on.
   *
   * @return switches them off again when it is closed
   */
  public static Hook.Closeable enable() {
    return Hook.PROGRAM.<Holder<Program>>add(Batches::extend);
  }

  /** The same for good; further times do nothing. */
  static void enableForGood() {
    if (FOR_GOOD.compareAndSet(false, true)) {
      Hook.Closeable _ = enable();
    }
  }

  private static void extend(Holder<Program> program) {
    Program planning = program.get() == null ? Programs.standard() : program.get();
    program.set(Programs.sequence(new SplitFilters(), planning, new BatchPlan()));
  }
}
