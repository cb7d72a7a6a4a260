package io.calcitewasm.component;

import io.calcitewasm.component.TrapException.Kind;
import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.abi.ValueMisfit;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.core.InUseException;
import io.calcitewasm.component.link.ExportedFunction;
import io.calcitewasm.component.link.Faults;
import io.calcitewasm.component.link.LiveInstance;
import io.calcitewasm.component.link.PreparedModules;
import io.calcitewasm.component.link.ResourceOwner;
import io.calcitewasm.component.model.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A live component. One thread uses it at a time, on that thread's own stack; only {@link
 * #interrupt} may come from anywhere. After a trap it is unusable, and every call says so.
 */
public final class Instance implements AutoCloseable {
  private final LinkedComponent component;
  private final CoreStore store;
  private final LiveInstance live;
  private final InstanceOptions.Life life;
  private final boolean resettable;
  private volatile @Nullable Object userData;
  private volatile @Nullable String poison;
  private volatile boolean closed;

  private Instance(
      LinkedComponent component, CoreStore store, InstanceOptions options, boolean resettable) {
    this.component = component;
    this.store = store;
    this.life = options.life();
    this.resettable = resettable;
    this.userData = options.userData();
    ResourceOwner owner = this::drop;
    this.live =
        component.linkage().newInstance(store, new HostCall(this), owner, options.valueBytes());
  }

  static Instance start(
      LinkedComponent component,
      CoreStore store,
      InstanceOptions options,
      PreparedModules modules,
      Consumer<Instance> onCreated) {
    Instance instance = new Instance(component, store, options, modules.undoable());
    boolean started = false;
    try {
      onCreated.accept(instance);
      instance.run(
          "instantiation",
          () -> {
            instance.live.start(modules);
            return null;
          });
      started = true;
      return instance;
    } finally {
      if (!started) {
        instance.close();
      }
    }
  }

  /** What this is an instance of. */
  public LinkedComponent component() {
    return component;
  }

  /** The host's own object, given at instantiation or by {@link #setUserData}. */
  public @Nullable Object userData() {
    return userData;
  }

  /** Gives the instance to another of the host's affairs. */
  public void setUserData(@Nullable Object data) {
    userData = data;
  }

  /**
   * Makes the present state the one that {@link #reset} goes back to. Once, before the calls that
   * shall be undone.
   *
   * <p>What host functions keep for the instance, the resources behind its handles included, is the
   * host's to bring back.
   *
   * @return whether {@code reset} may succeed; false if the instance is not resettable, or marked
   *     already
   */
  public boolean mark() {
    return resettable && run("mark", live::mark);
  }

  /**
   * Goes back to the state at {@link #mark}: memories, globals and handles, as if no call had been.
   *
   * @return false if that is impossible (no mark; a trap; memory, tables or segments changed in a
   *     way that nothing can undo); the instance must be closed then
   */
  public boolean reset() {
    return resettable && usable() && run("reset", live::reset);
  }

  /**
   * An exported function.
   *
   * @param interfaceName the exported interface as it stands in the component, e.g. {@code
   *     docs:adder/add@0.1.0}; {@code ""} for the root
   * @throws java.util.NoSuchElementException if there is none; the message names both
   */
  public ComponentFunction function(String interfaceName, String name) {
    return new ComponentFunction(
        this, component.function(interfaceName, name), component.functionType(interfaceName, name));
  }

  /**
   * Bytes of all its memories now. Memories only grow: what a call made grow and {@link #reset}
   * took from the guest again is counted, too. Of an unusable instance it is 0.
   */
  public long memoryBytes() {
    return usable() ? run("memory", live::memoryBytes) : 0;
  }

  /** How often the guest has called functions of the host's so far; for the thread that uses it. */
  public long hostCalls() {
    return live.hostCalls();
  }

  /**
   * A driver that calls an exported function for many rows at once. It resets an instance that can
   * be reset after each row; in one made with {@link InstanceOptions.Life#MANY_CALLS} each row sees
   * what those before it left.
   *
   * @return nothing if the instance is made for one call, or to be reset and not marked, or if the
   *     function's values do not fit columns
   */
  public Optional<RowDriver> rowDriver(String interfaceName, String name) {
    return rowDriver(interfaceName, name, () -> true);
  }

  /**
   * A driver as {@link #rowDriver(String, String)} gives it.
   *
   * @param settle called after each row in which the guest called functions of the host's, which
   *     may have something to bring back; it answers whether the instance can be used further
   */
  public Optional<RowDriver> rowDriver(String interfaceName, String name, BooleanSupplier settle) {
    return rowDriver(interfaceName, List.of(name), settle);
  }

  /**
   * A driver of several functions of an interface; each row {@linkplain
   * io.calcitewasm.component.fuse.RowShape#choose chooses} between them.
   *
   * @param names the functions; what the first takes begins with what any other takes, and they
   *     share its columns
   * @param settle as {@link #rowDriver(String, String, BooleanSupplier)} says
   * @return nothing as {@link #rowDriver(String, String)} says, or if the functions do not share a
   *     memory
   */
  public Optional<RowDriver> rowDriver(
      String interfaceName, List<String> names, BooleanSupplier settle) {
    List<ExportedFunction> functions =
        names.stream().map(name -> component.function(interfaceName, name)).toList();
    boolean ready =
        switch (life) {
          case ONE_CALL -> false;
          case MANY_CALLS -> true;
          case MANY_RESETS -> live.marked();
        };
    if (!ready) {
      return Optional.empty();
    }
    return run(
        functions.getFirst().name(),
        () ->
            live.rowLoop(functions, component::hostModule, settle)
                .map(loop -> new RowDriver(this, functions, loop)));
  }

  /**
   * Stops the running call, which ends with a {@link TrapException} of kind INTERRUPTED. The
   * instance is unusable from then on, also when no call is running. Returns at once: a loop ends
   * within milliseconds, something that the engine cannot interrupt when it is done.
   */
  public void interrupt() {
    store.interrupt();
  }

  /** Whether calls have a chance: no trap so far, and not closed. */
  public boolean usable() {
    return poison == null && !closed;
  }

  /** What the guest's memories hold now, spare pages included. */
  List<byte[]> memories() {
    return run("memories", live::memories);
  }

  @Nullable Object call(ExportedFunction function, @Nullable Object[] arguments) {
    return this.<@Nullable Object>run(function.name(), () -> live.call(function, arguments));
  }

  long memoryBytes(ExportedFunction function) {
    return run(function.name(), () -> live.memoryBytes(function));
  }

  private void drop(ResourceType type, int representation) {
    run(
        "[resource-drop]" + type.name(),
        () -> {
          live.drop(type, representation);
          return null;
        });
  }

  /** Runs guest code; anything that it throws but a refused argument ends the instance. */
  <T extends @Nullable Object> T run(String what, Supplier<T> work) {
    String earlier = poison;
    if (earlier != null) {
      throw new TrapException(
          Kind.POISONED,
          "\"" + what + "\": the instance is unusable after an earlier trap: " + earlier,
          List.of(),
          false,
          null);
    }
    try {
      return store.run(() -> watched(work));
    } catch (ValueMisfit e) {
      throw Faults.inGuestFunction(what, e);
    } catch (AbiFault e) {
      throw poisonedBy(Faults.inGuestFunction(what, e));
    } catch (InUseException e) {
      throw e;
    } catch (RuntimeException e) {
      throw poisonedBy(e);
    } catch (Error e) {
      throw poisonedBy(e);
    }
  }

  /** Finds out whether the guest was refused memory before it trapped. */
  private <T extends @Nullable Object> T watched(Supplier<T> work) {
    int refusals = live.refusals();
    try {
      return work.get();
    } catch (TrapException e) {
      throw e.kind() == Kind.INTERRUPTED || live.refusals() == refusals ? e : afterRefusal(e);
    }
  }

  private static TrapException afterRefusal(TrapException e) {
    return new TrapException(e.kind(), String.valueOf(e.getMessage()), e.frames(), true, e);
  }

  private <E extends Throwable> E poisonedBy(E thrown) {
    poison = String.valueOf(thrown.getMessage());
    return thrown;
  }

  /**
   * Ends the instance. Resource handles of the host's are void then; their destructors do not run.
   *
   * @throws IllegalStateException if a call is running
   */
  @Override
  public void close() {
    if (!closed) {
      store.close();
      closed = true;
    }
  }
}
