package io.calcitewasm.component.link;

import io.calcitewasm.component.abi.InstanceState;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.binary.core.UndoLog;
import io.calcitewasm.component.core.CoreExtern;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreInstance;
import io.calcitewasm.component.core.CoreMemory;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.effect.Effect;
import io.calcitewasm.component.effect.Effects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings the core instances and handle tables of one component instance back to a mark. */
final class UndoneInstance {
  /** Calls that share what their logs list. */
  private static final int CALLS_OF_LOG = 4096;

  private static final CoreFuncType MARK = new CoreFuncType(List.of(), List.of());
  private static final CoreFuncType UNDO = new CoreFuncType(List.of(), List.of(CoreValType.I32));
  private static final CoreFuncType TOUCH =
      new CoreFuncType(List.of(CoreValType.I32, CoreValType.I32), List.of());

  private final CoreStore store;
  private final InstanceState[] states;
  private final List<CoreFunction> marks = new ArrayList<>();

  /** The functions that empty the logs of memories. */
  private final List<CoreFunction> forgets = new ArrayList<>();

  /** Calls since the logs were emptied. */
  private int calls;

  /** By what there is to undo, the functions that do it. */
  private final Map<Undo, List<CoreExtern>> undos = new EnumMap<>(Undo.class);

  private final Map<Undo, List<CoreFunction>> boundUndos = new EnumMap<>(Undo.class);

  /** Core instances with a log, by their number. */
  private final Map<Integer, CoreInstance> logged = new HashMap<>();

  /** What calls may have changed since the last reset. */
  private final Set<Effect> changed = EnumSet.noneOf(Effect.class);

  private boolean marked;

  /** What is to be undone. */
  private enum Undo {
    NOTHING,
    GLOBALS,
    MEMORY,
    EVERYTHING;

    static Undo of(Set<Effect> effects) {
      if (!Collections.disjoint(effects, EXTRAORDINARY)) {
        return EVERYTHING;
      }
      boolean globals = effects.contains(Effect.GLOBALS);
      boolean memory = effects.contains(Effect.MEMORY);
      return globals ? memory ? EVERYTHING : GLOBALS : memory ? MEMORY : NOTHING;
    }
  }

  private static final Set<Effect> EXTRAORDINARY =
      EnumSet.of(Effect.GROWTH, Effect.TABLES, Effect.SEGMENTS);

  UndoneInstance(CoreStore store, InstanceState[] states) {
    this.store = store;
    this.states = states;
  }

  /**
   * What a module with an imported memory imports beside it: the log of that memory, and its cards.
   */
  CoreInstance importedLog(CoreDef memory) {
    CoreInstance owner = owner(memory);
    if (owner == null) {
      throw new IllegalStateException("the memory " + memory + " has no log");
    }
    return new CoreInstance.Bundle(
        Map.of(
            UndoLog.IMPORTED_LOG,
            owner.export(UndoLog.LOG),
            UndoLog.IMPORTED_CARDS,
            owner.export(UndoLog.CARDS)));
  }

  /** Takes note of a core instance that was made. */
  void add(int number, CoreInstance instance, PreparedModule.UndoSupport support) {
    marks.add(store.function(instance.export(UndoLog.MARK), MARK));
    add(Undo.EVERYTHING, instance.export(UndoLog.UNDO));
    if (support.hasGlobals()) {
      add(Undo.GLOBALS, instance.export(UndoLog.UNDO_GLOBALS));
    }
    if (support.hasMemory() && support.importedMemory() == null) {
      add(Undo.MEMORY, instance.export(UndoLog.UNDO_MEMORY));
      forgets.add(store.function(instance.export(UndoLog.FORGET), MARK));
    }
    if (support.hasMemory()) {
      logged.put(number, instance);
    }
  }

  /** Whether there is a mark to go back to. */
  boolean marked() {
    return marked;
  }

  private void add(Undo undo, CoreExtern function) {
    list(undos, undo).add(function);
  }

  private static <T> List<T> list(Map<Undo, List<T>> map, Undo undo) {
    return map.computeIfAbsent(undo, u -> new ArrayList<>());
  }

  /** The core functions that undo what a call can change, for a row loop to call. */
  List<CoreExtern> undos(Effects effects) {
    return List.copyOf(list(undos, Undo.of(effects.kinds())));
  }

  /** Takes note that a call comes that may change something. */
  void expect(Effects effects) {
    changed.addAll(effects.kinds());
  }

  /** The log and the function that fills it, of a memory; null if it has none. */
  @Nullable CoreInstance owner(@Nullable CoreDef memory) {
    return memory instanceof CoreDef.Export e ? logged.get(e.coreInstance()) : null;
  }

  /** The memory as the host shall use it. */
  CoreMemory recorded(CoreDef definition, CoreMemory memory) {
    CoreInstance owner = owner(definition);
    return owner == null
        ? memory
        : new RecordedMemory(
            memory,
            store.memory(owner.export(UndoLog.LOG)),
            store.function(owner.export(UndoLog.TOUCH), TOUCH));
  }

  /** What the memories hold now, spare pages included. */
  List<byte[]> memories() {
    List<byte[]> contents = new ArrayList<>();
    for (CoreInstance instance : logged.values()) {
      CoreMemory memory = store.memory(instance.export(UndoLog.MEMORY));
      byte[] content = new byte[(int) memory.size()];
      memory.read(0, content);
      contents.add(content);
    }
    return contents;
  }

  /** Makes the present state the mark; false if there is one already. */
  boolean mark() {
    if (marked) {
      return false;
    }
    for (InstanceState state : states) {
      state.handles().mark();
    }
    marked = true;
    marks.forEach(CoreFunction::call);
    changed.clear();
    // Undoing fails from the start where a memory is too large to be copied.
    for (CoreFunction undo : bound(Undo.EVERYTHING)) {
      marked &= undo.call() == 0;
    }
    return marked;
  }

  /** Goes back to the mark; false if that is impossible. */
  boolean reset() {
    boolean done = marked;
    if (changed.isEmpty()) {
      return done;
    }
    if (changed.contains(Effect.HANDLES)) {
      done &= resetHandles();
    }
    for (CoreFunction undo : bound(Undo.of(changed))) {
      done &= undo.call() == 0;
    }
    if (done) {
      undone(changed, 1);
      changed.clear();
    }
    return done;
  }

  /**
   * Takes note that calls were undone, the last of them just now. After many, the logs forget where
   * calls have written: not all write where the first ones did.
   *
   * @param effects what was undone
   */
  void undone(Set<Effect> effects, int count) {
    Undo undone = Undo.of(effects);
    if (undone != Undo.MEMORY && undone != Undo.EVERYTHING) {
      return;
    }
    calls += count;
    if (calls >= CALLS_OF_LOG) {
      calls = 0;
      forgets.forEach(CoreFunction::call);
    }
  }

  /** Goes back to the handles at the mark, if there is one; false if that is impossible. */
  boolean resetHandles() {
    boolean done = true;
    for (InstanceState state : states) {
      done &= !marked || state.handles().reset();
    }
    return done;
  }

  private List<CoreFunction> bound(Undo undo) {
    return boundUndos.computeIfAbsent(
        undo, u -> list(undos, u).stream().map(f -> store.function(f, UNDO)).toList());
  }
}
