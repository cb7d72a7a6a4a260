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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The loop that {@link DriverModule} wrote for one function or several, bound to one instance. */
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

  private final List<RowShape> shapes;
  private final List<LiftedCall> calls;
  private final CoreFunction run;
  private final CoreMemory columns;
  private final Effects effects;
  private final boolean settles;
  private final boolean grows;
  private final LiveInstance instance;

  private RowLoop(
      List<RowShape> shapes,
      List<LiftedCall> calls,
      CoreFunction run,
      CoreMemory columns,
      Effects effects,
      boolean settles,
      LiveInstance instance) {
    this.shapes = shapes;
    this.calls = calls;
    this.run = run;
    this.columns = columns;
    this.effects = effects;
    this.settles = settles;
    this.grows = shapes.stream().anyMatch(RowShape::answersContents);
    this.instance = instance;
  }

  /**
   * Binds a loop.
   *
   * @param types of the functions
   * @param calls the functions
   * @param effects what they change
   */
  static Optional<RowLoop> bind(
      List<FuncType> types,
      List<LiftedCall> calls,
      Effects effects,
      LiveInstance instance,
      Modules modules,
      BooleanSupplier settle) {
    List<LinkPlan.Lift> lifts = calls.stream().map(LiftedCall::plan).toList();
    Optional<LinkPlan.Options> options = sharedOptions(lifts);
    if (options.isEmpty()) {
      return Optional.empty();
    }
    int owner = lifts.getFirst().componentInstance();
    Optional<List<RowShape>> fitting =
        RowShape.of(types, resource -> instance.defines(resource, owner));
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    List<RowShape> shapes = fitting.get();
    CoreStore store = instance.store();
    int pages = (shapes.getFirst().heap() >> 16) + FIRST_HEAP_PAGES;
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
    Map<String, CoreExtern> guest = guest(lifts, options.get(), undos, instance);
    boolean callsOut = effects.any(CALLING_OUT);
    // Handles that a row has made stay where rows are not undone.
    boolean settles = instance.undone().marked() ? callsOut : effects.any(Set.of(Effect.HOST));
    if (settles) {
      guest.put(
          DriverModule.SETTLE,
          store.hostFunction(
              DriverModule.SETTLE_TYPE,
              arguments -> instance.undone().resetHandles() && settle.getAsBoolean() ? 0 : 1));
    }
    List<DriverModule.Callee> callees = new ArrayList<>();
    for (LinkPlan.Lift lift : lifts) {
      callees.add(
          new DriverModule.Callee(
              shapes.get(callees.size()),
              lift.signature(),
              guest.containsKey(DriverModule.MEMORY),
              guest.containsKey(DriverModule.LOG),
              guest.containsKey(DriverModule.REALLOC),
              lift.options().postReturn() != null,
              undos.size(),
              callsOut,
              settles));
    }
    CoreModule loop =
        modules.parse(
            List.of(
                "loop",
                lifts.stream().map(LinkPlan.Lift::number).toList(),
                guest.containsKey(DriverModule.LOG),
                undos.size(),
                callsOut,
                settles),
            () -> DriverModule.loop(callees));
    CoreInstance driver =
        store.instantiate(
            loop,
            Map.of(
                DriverModule.COLUMNS, columns, DriverModule.GUEST, new CoreInstance.Bundle(guest)));
    CoreFunction run = store.function(driver.export(DriverModule.RUN), DriverModule.RUN_TYPE);
    return Optional.of(new RowLoop(shapes, calls, run, memory, effects, settles, instance));
  }

  /**
   * The memory and {@code realloc} that all functions use; nothing if they differ, or if values do
   * not pass as columns have them.
   */
  private static Optional<LinkPlan.Options> sharedOptions(List<LinkPlan.Lift> lifts) {
    CoreDef memory = null;
    CoreDef realloc = null;
    for (LinkPlan.Lift lift : lifts) {
      LinkPlan.Options options = lift.options();
      if (lift.signature().parametersSpilled()
          || options.encoding() != StringEncoding.UTF8
          || lift.componentInstance() != lifts.getFirst().componentInstance()
          || differ(memory, options.memory())
          || differ(realloc, options.realloc())) {
        return Optional.empty();
      }
      memory = memory == null ? options.memory() : memory;
      realloc = realloc == null ? options.realloc() : realloc;
    }
    return Optional.of(new LinkPlan.Options(StringEncoding.UTF8, memory, realloc, null));
  }

  private static boolean differ(@Nullable CoreDef one, @Nullable CoreDef other) {
    return one != null && other != null && !one.equals(other);
  }

  private static Map<String, CoreExtern> guest(
      List<LinkPlan.Lift> lifts,
      LinkPlan.Options options,
      List<CoreExtern> undos,
      LiveInstance instance) {
    Map<String, CoreExtern> guest = new HashMap<>();
    for (int i = 0; i < lifts.size(); i++) {
      guest.put(DriverModule.CALL + i, instance.extern(lifts.get(i).callee()));
      put(guest, DriverModule.POST_RETURN + i, lifts.get(i).options().postReturn(), instance);
    }
    put(guest, DriverModule.MEMORY, options.memory(), instance);
    put(guest, DriverModule.REALLOC, options.realloc(), instance);
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

  /** Where the columns of a function lie, numbered from 0. */
  public RowShape shape(int function) {
    return shapes.get(function);
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
    LiftedCall any = calls.getFirst();
    any.enter();
    instance.loops(this);
    any.barWhile(() -> RowShape.barred(header()));
    try {
      int row = (int) run.call(first, end);
      any.leave();
      // The loop lets the heap grow, which moves the columns.
      columns.size();
      if (instance.undone().marked() && RowShape.stop(header()) == Stop.DONE) {
        instance.undone().undone(effects.kinds(), end - first);
      }
      return row;
    } finally {
      any.barWhile(() -> false);
      instance.loops(null);
    }
  }

  /** Takes note that the guest calls out. */
  void calledOut() {
    if (settles) {
      RowShape.calledOut(header());
    }
  }

  /** The columns' memory, where it is now. */
  private ByteBuffer header() {
    if (grows) {
      columns.size();
    }
    return columns.direct().orElseThrow();
  }

  /** Lifts a handle that the loop has put into a column. */
  public @Nullable Object liftHandle(int index) {
    return calls.getFirst().liftHandle(index);
  }

  /** Lifts the result of a row that the loop has left to the host, and ends its call. */
  public @Nullable Object liftRow(long coreResult) {
    ByteBuffer header = header();
    return calls.get(RowShape.chosen(header, RowShape.row(header))).end(coreResult);
  }
}
