package io.calcitewasm.component.link;

import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.binary.core.UndoLog;
import io.calcitewasm.component.core.CoreExtern;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreInstance;
import io.calcitewasm.component.core.CoreMemory;
import io.calcitewasm.component.core.CoreModule;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.effect.Effect;
import io.calcitewasm.component.effect.Effects;
import io.calcitewasm.component.fuse.DriverModule;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.component.model.FuncType;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The loop that {@link DriverModule} wrote for one function, bound to one instance. */
public final class RowLoop {
  /** Parses a module that the host wrote, once for each key. */
  public interface Modules {
    /** The module of a key. */
    CoreModule parse(List<Object> key, Supplier<byte[]> module);
  }

  private static final Set<Effect> CALLING_OUT = EnumSet.of(Effect.HOST, Effect.HANDLES);

  /** 16 MiB; contents of results beyond are lifted one by one. */
  private static final int MOST_COLUMN_PAGES = 256;

  private static final int FIRST_HEAP_PAGES = 4;

  private final RowShape shape;
  private final LiftedCall lift;
  private final CoreFunction run;
  private final CoreMemory columns;
  private final Effects effects;
  private final LiveInstance instance;

  private RowLoop(
      RowShape shape,
      LiftedCall lift,
      CoreFunction run,
      CoreMemory columns,
      Effects effects,
      LiveInstance instance) {
    this.shape = shape;
    this.lift = lift;
    this.run = run;
    this.columns = columns;
    this.effects = effects;
    this.instance = instance;
  }

  static Optional<RowLoop> bind(
      FuncType type,
      LiftedCall call,
      Effects effects,
      LiveInstance instance,
      Modules modules,
      BooleanSupplier settle) {
    LinkPlan.Lift lift = call.plan();
    Optional<RowShape> fitting =
        RowShape.of(type, resource -> instance.defines(resource, lift.componentInstance()));
    if (fitting.isEmpty()
        || lift.signature().parametersSpilled()
        || lift.options().encoding() != StringEncoding.UTF8) {
      return Optional.empty();
    }
    RowShape shape = fitting.get();
    CoreStore store = instance.store();
    int pages = (shape.heap() >> 16) + FIRST_HEAP_PAGES;
    CoreInstance columns =
        store.instantiate(
            modules.parse(
                List.of("columns", pages), () -> DriverModule.columns(pages, MOST_COLUMN_PAGES)),
            Map.of());
    CoreMemory memory = store.memory(columns.export(DriverModule.MEMORY));
    if (memory.direct().isEmpty()) {
      return Optional.empty();
    }
    List<CoreExtern> undos = instance.undone().undos(effects);
    Map<String, CoreExtern> guest = guest(lift, undos, instance);
    boolean callsOut = effects.any(CALLING_OUT);
    if (callsOut) {
      guest.put(
          DriverModule.SETTLE,
          store.hostFunction(
              DriverModule.SETTLE_TYPE,
              arguments -> instance.undone().resetHandles() && settle.getAsBoolean() ? 0 : 1));
    }
    DriverModule.Callee callee =
        new DriverModule.Callee(
            shape,
            lift.signature(),
            guest.containsKey(DriverModule.MEMORY),
            guest.containsKey(DriverModule.LOG),
            guest.containsKey(DriverModule.REALLOC),
            guest.containsKey(DriverModule.POST_RETURN),
            undos.size(),
            callsOut);
    CoreModule loop =
        modules.parse(
            List.of("loop", lift.number(), callee.hasLog(), callee.undos(), callsOut),
            () -> DriverModule.loop(callee));
    CoreInstance driver =
        store.instantiate(
            loop,
            Map.of(
                DriverModule.COLUMNS, columns, DriverModule.GUEST, new CoreInstance.Bundle(guest)));
    CoreFunction run = store.function(driver.export(DriverModule.RUN), DriverModule.RUN_TYPE);
    return Optional.of(new RowLoop(shape, call, run, memory, effects, instance));
  }

  private static Map<String, CoreExtern> guest(
      LinkPlan.Lift lift, List<CoreExtern> undos, LiveInstance instance) {
    Map<String, CoreExtern> guest = new HashMap<>();
    LinkPlan.Options options = lift.options();
    guest.put(DriverModule.CALL, instance.extern(lift.callee()));
    put(guest, DriverModule.MEMORY, options.memory(), instance);
    put(guest, DriverModule.REALLOC, options.realloc(), instance);
    put(guest, DriverModule.POST_RETURN, options.postReturn(), instance);
    CoreInstance owner = instance.undone().owner(options.memory());
    if (owner != null) {
      guest.put(DriverModule.LOG, owner.export(UndoLog.LOG));
      guest.put(DriverModule.TOUCH, owner.export(UndoLog.TOUCH));
    }
    for (int i = 0; i < undos.size(); i++) {
      guest.put(DriverModule.UNDO + i, undos.get(i));
    }
    return guest;
  }

  private static void put(
      Map<String, CoreExtern> guest, String name, @Nullable CoreDef def, LiveInstance instance) {
    if (def != null) {
      guest.put(name, instance.extern(def));
    }
  }

  /** Where the columns lie. */
  public RowShape shape() {
    return shape;
  }

  /** The columns' memory. */
  public CoreMemory columns() {
    return columns;
  }

  /** Calls the function for rows; returns the row at which the loop stopped. */
  public int run(int first, int end) {
    if (instance.undone().marked()) {
      instance.undone().expect(effects);
    }
    RowShape.clear(header());
    lift.enter();
    instance.loops(this);
    lift.barWhile(() -> RowShape.barred(header()));
    try {
      int row = (int) run.call(first, end);
      lift.leave();
      // The loop lets the heap grow, which moves the columns.
      columns.size();
      if (instance.undone().marked() && RowShape.stop(header()) == Stop.DONE) {
        instance.undone().undone(effects.kinds(), end - first);
      }
      return row;
    } finally {
      lift.barWhile(() -> false);
      instance.loops(null);
    }
  }

  /** Takes note that the guest calls out. */
  void calledOut() {
    RowShape.calledOut(header());
  }

  /** The columns' memory, where it is now. */
  private ByteBuffer header() {
    columns.size();
    return columns.direct().orElseThrow();
  }

  /** Lifts a handle that the loop has put into a column. */
  public @Nullable Object liftHandle(int index) {
    return lift.liftHandle(index);
  }

  /** Lifts the result of a row that the loop has left to the host, and ends its call. */
  public @Nullable Object liftRow(long coreResult) {
    return lift.end(coreResult);
  }
}
