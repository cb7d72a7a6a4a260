package io.calcitewasm.component.link;

import io.calcitewasm.component.HostCall;
import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.component.abi.CanonicalOptions;
import io.calcitewasm.component.abi.GuestResources;
import io.calcitewasm.component.abi.InstanceState;
import io.calcitewasm.component.abi.LiftLowerContext;
import io.calcitewasm.component.abi.ValueMisfit;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.binary.core.GrowthRecorder;
import io.calcitewasm.component.binary.core.UndoLog;
import io.calcitewasm.component.core.CoreExtern;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreGlobal;
import io.calcitewasm.component.core.CoreInstance;
import io.calcitewasm.component.core.CoreMemory;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.effect.Effects;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a linked component: the core instances and states that a {@link LinkPlan}
 * numbers. Everything that is not needed to instantiate is bound on first use. The store must be
 * entered.
 */
public final class LiveInstance implements GuestResources {
  private static final CoreFuncType REALLOC =
      new CoreFuncType(
          List.of(CoreValType.I32, CoreValType.I32, CoreValType.I32, CoreValType.I32),
          List.of(CoreValType.I32));
  private static final CoreFuncType DESTRUCTOR =
      new CoreFuncType(List.of(CoreValType.I32), List.of());

  private final LinkPlan plan;
  private final CoreStore store;
  private final HostCall hostCall;
  private final ResourceOwner resourceOwner;
  private final long maxValueBytes;
  private final InstanceState[] states;
  private final CoreInstance[] coreInstances;
  private final @Nullable CoreExtern[] trampolines;
  private final @Nullable LiftedCall[] lifts;
  private final List<CoreGlobal> refusals = new ArrayList<>();
  private final List<CoreExtern> exportedMemories = new ArrayList<>();
  private final UndoneInstance undone;
  private long unseenBytes;
  private long hostCalls;
  private @Nullable RowLoop loop;

  LiveInstance(
      LinkPlan plan,
      CoreStore store,
      HostCall hostCall,
      ResourceOwner resourceOwner,
      long maxValueBytes) {
    this.plan = plan;
    this.store = store;
    this.hostCall = hostCall;
    this.resourceOwner = resourceOwner;
    this.maxValueBytes = maxValueBytes;
    this.states = new InstanceState[plan.parents().size()];
    for (int i = 0; i < states.length; i++) {
      int parent = plan.parents().get(i);
      states[i] = new InstanceState(parent < 0 ? null : states[parent]);
    }
    this.undone = new UndoneInstance(store, states);
    this.coreInstances = new CoreInstance[plan.instantiations().size()];
    this.trampolines = new CoreExtern[plan.trampolines().size()];
    this.lifts = new LiftedCall[plan.lifts().size()];
  }

  /**
   * Instantiates the core modules in order; their start functions run.
   *
   * @param modules parsed
   */
  public void start(PreparedModules modules) {
    for (int i = 0; i < coreInstances.length; i++) {
      LinkPlan.Instantiation step = plan.instantiations().get(i);
      Map<String, CoreInstance> imports = HashMap.newHashMap(step.arguments().size());
      step.arguments().forEach((name, argument) -> imports.put(name, coreInstance(argument)));
      PreparedModule prepared = modules.get(step.module());
      PreparedModule.UndoSupport undo = prepared.undo();
      PreparedModule.ImportName memory = undo == null ? null : undo.importedMemory();
      if (memory != null) {
        CoreDef.Instance from = step.arguments().get(memory.module());
        if (from == null) {
          throw new IllegalStateException("validation let a missing argument pass: " + memory);
        }
        imports.put(UndoLog.IMPORT_MODULE, undone.importedLog(from.export(memory.name())));
      }
      CoreInstance instance = store.instantiate(prepared.module(), imports);
      coreInstances[i] = instance;
      if (prepared.countsRefusals()) {
        refusals.add(store.global(instance.export(GrowthRecorder.REFUSALS)));
      }
      if (undo != null) {
        undone.add(i, instance, undo);
      }
      String own = prepared.memory().export();
      if (own == null) {
        unseenBytes += prepared.memory().bytes();
      } else {
        exportedMemories.add(instance.export(own));
      }
    }
  }

  /** Keeps the present state for {@link #reset}; false if that cannot be. */
  public boolean mark() {
    return undone.mark();
  }

  /** Whether there is a state to go back to. */
  public boolean marked() {
    return undone.marked();
  }

  /** Goes back to the state at {@link #mark}; false if that is impossible. */
  public boolean reset() {
    return undone.reset();
  }

  /** What the memories of a resettable instance hold now. */
  public List<byte[]> memories() {
    return undone.memories();
  }

  /** How often a {@code memory.grow} has been refused so far. */
  public int refusals() {
    int sum = 0;
    for (CoreGlobal count : refusals) {
      sum += count.getInt();
    }
    return sum;
  }

  /**
   * A loop over rows for an exported function, in this instance, or for several between which each
   * row chooses.
   *
   * @param modules parses what the host wrote
   * @param settle called after each row in which the guest called out; false if the instance cannot
   *     be used further
   * @return nothing if the functions' values do not fit columns
   */
  public Optional<RowLoop> rowLoop(
      List<ExportedFunction> functions, RowLoop.Modules modules, BooleanSupplier settle) {
    List<FuncType> types = new ArrayList<>();
    List<LiftedCall> calls = new ArrayList<>();
    Effects effects = Effects.NONE;
    for (ExportedFunction function : functions) {
      if (!(function.function() instanceof Def.LiftedFunc lifted)) {
        return Optional.empty();
      }
      types.add(lifted.type());
      calls.add(lift(lifted.number()));
      effects = effects.plus(function.effects());
    }
    return RowLoop.bind(types, calls, effects, this, modules, settle);
  }

  /** Whether one of the component instances defines a resource type. */
  boolean defines(ResourceType type, int componentInstance) {
    return plan.resources().get(type) instanceof LinkPlan.GuestResource guest
        && guest.componentInstance() == componentInstance;
  }

  /** Bytes of the memory that an exported function's values go through; 0 if it has none. */
  public long memoryBytes(ExportedFunction function) {
    return function.function() instanceof Def.LiftedFunc lifted
        ? lift(lifted.number()).memoryBytes()
        : 0;
  }

  /**
   * Bytes of all its memories now, those that they have had and that calls no longer see included;
   * what the host keeps beside them to undo calls is not.
   */
  public long memoryBytes() {
    return unseenBytes
        + exportedMemories.stream().mapToLong(memory -> store.memory(memory).size()).sum();
  }

  /** How often the guest has called functions of the host's. */
  public long hostCalls() {
    return hostCalls;
  }

  void countHostCall() {
    hostCalls++;
  }

  /** A row loop begins, or none is running. */
  void loops(@Nullable RowLoop running) {
    loop = running;
  }

  /** Guest code calls out. */
  void callsOut() {
    RowLoop running = loop;
    if (running != null) {
      running.calledOut();
    }
  }

  UndoneInstance undone() {
    return undone;
  }

  /**
   * Calls an exported function.
   *
   * @throws io.calcitewasm.component.abi.AbiFault if a value is wrong; only after a {@link
   *     ValueMisfit} is the instance as it was
   * @throws io.calcitewasm.component.TrapException if the guest traps
   */
  public @Nullable Object call(ExportedFunction function, @Nullable Object[] arguments) {
    if (undone.marked()) {
      undone.expect(function.effects());
    }
    return switch (function.function()) {
      case Def.LiftedFunc lifted -> lift(lifted.number()).call(null, null, arguments);
      case Def.HostFunc host -> Trampolines.callHost(host, hostCall, arguments);
    };
  }

  /** Drops a resource that the host owned. */
  public void drop(ResourceType type, int representation) {
    undone.expect(Effects.ALL);
    destroy(type, representation, null);
  }

  private CoreInstance coreInstance(CoreDef.Instance instance) {
    return switch (instance) {
      case CoreDef.ModuleInstance module -> coreInstances[module.number()];
      case CoreDef.Bundle bundle -> {
        Map<String, CoreExtern> externs = HashMap.newHashMap(bundle.exports().size());
        bundle.exports().forEach((name, def) -> externs.put(name, extern(def)));
        yield new CoreInstance.Bundle(externs);
      }
    };
  }

  CoreExtern extern(CoreDef def) {
    return switch (def) {
      case CoreDef.Export export -> coreInstances[export.coreInstance()].export(export.name());
      case CoreDef.Trampoline trampoline -> {
        CoreExtern known = trampolines[trampoline.number()];
        if (known == null) {
          known = Trampolines.make(plan.trampolines().get(trampoline.number()), this);
          trampolines[trampoline.number()] = known;
        }
        yield known;
      }
    };
  }

  CoreStore store() {
    return store;
  }

  HostCall hostCall() {
    return hostCall;
  }

  InstanceState state(int componentInstance) {
    return states[componentInstance];
  }

  /** A lifted function, ready to be called. */
  LiftedCall lift(int number) {
    LiftedCall known = lifts[number];
    if (known == null) {
      known = new LiftedCall(plan.lifts().get(number), this);
      lifts[number] = known;
    }
    return known;
  }

  CoreFunction function(CoreDef def, CoreFuncType type) {
    return store.function(extern(def), type);
  }

  CanonicalOptions bind(LinkPlan.Options options, List<CoreValType> postReturnParameters) {
    CoreDef memory = options.memory();
    CoreDef realloc = options.realloc();
    CoreDef postReturn = options.postReturn();
    @Nullable CoreMemory boundMemory =
        memory == null ? null : undone.recorded(memory, store.memory(extern(memory)));
    @Nullable CoreFunction boundRealloc = realloc == null ? null : function(realloc, REALLOC);
    @Nullable CoreFunction boundPostReturn =
        postReturn == null
            ? null
            : function(postReturn, new CoreFuncType(postReturnParameters, List.of()));
    return new CanonicalOptions(options.encoding(), boundMemory, boundRealloc, boundPostReturn);
  }

  LiftLowerContext context(CanonicalOptions options, InstanceState state) {
    return new LiftLowerContext(options, state, this, maxValueBytes);
  }

  /**
   * Ends the life of a resource whose owner has let go ({@code canon_resource_drop}).
   *
   * @param caller the instance that drops; null for the host
   */
  void destroy(ResourceType type, Object representation, @Nullable InstanceState caller) {
    switch (plan.resources().get(type)) {
      case LinkPlan.HostResource host -> host.drop().accept(representation);
      case LinkPlan.GuestResource guest -> {
        InstanceState state = states[guest.componentInstance()];
        state.enterFrom(caller);
        CoreDef destructor = guest.destructor();
        if (destructor != null) {
          function(destructor, DESTRUCTOR).call((Integer) representation & 0xffff_ffffL);
        }
        state.leaveTo(caller);
      }
      case null -> throw new IllegalStateException("nobody implements " + type);
    }
  }

  @Override
  public Object wrap(ResourceType type, int representation, boolean own) {
    return new ResourceHandle(resourceOwner, type, representation, own);
  }

  @Override
  public int unwrap(ResourceType type, @Nullable Object value, boolean consume) {
    if (!(value instanceof ResourceHandle handle)) {
      throw new ValueMisfit(
          "a handle of "
              + type
              + " is a ResourceHandle, not "
              + (value == null ? "null" : value.getClass().getName()));
    }
    if (!handle.belongsTo(resourceOwner)) {
      throw new ValueMisfit("the handle of " + type + " belongs to another instance");
    }
    if (handle.type() != type) {
      throw new ValueMisfit("the handle is of " + handle.type() + ", not of " + type);
    }
    try {
      return handle.representation(consume);
    } catch (IllegalStateException e) {
      throw new ValueMisfit(String.valueOf(e.getMessage()));
    }
  }
}
