package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.InvalidComponentException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a module keep what it overwrites, so that its state can go back to a mark. Stores look at a
 * card first and bulk writes at many, and what is written for the first time is listed in the
 * {@link UndoLog}; globals are kept whole; {@code memory.grow} takes from spare pages. What cannot
 * be undone (real growth, changes of tables, dropped segments, a full log) is remembered, and
 * {@link UndoLog#UNDO} tells it.
 */
public final class UndoRewriter {
  /** What became of a module. */
  public sealed interface Result {}

  /** Nothing in the module can change: it stays as it is. */
  public record Stateless() implements Result {}

  /**
   * The module can be undone.
   *
   * @param importsLog whether it imports {@link UndoLog#IMPORTED_LOG} and {@link
   *     UndoLog#IMPORTED_CARDS} beside its memory
   * @param hasMemory whether it exports {@link UndoLog#LOG} and {@link UndoLog#TOUCH}
   * @param hasGlobals whether it has globals that can change
   */
  public record Undoable(byte[] module, boolean importsLog, boolean hasMemory, boolean hasGlobals)
      implements Result {}

  /** The module is of a shape that instrumentation does not cover. */
  public record Unsupported() implements Result {}

  /** Changes nothing, but must not tell of spare pages. */
  private static final int MEMORY_SIZE = 0x3f;

  /** An instruction that changes something. */
  private record Change(int opcode, int start, int end) {}

  private static final Comparator<Change> BY_PLACE = Comparator.comparingInt(Change::start);

  private final byte[] module;
  private final long mostPages;
  private final ModuleExtension extension;
  private final List<Change> changes = new ArrayList<>();
  private final List<CoreExternType.Global> definedGlobals;
  private final Map<ByteBuffer, Integer> helpers = new HashMap<>();
  private final int importedGlobals;
  private final CoreExternType.@Nullable Limits ownMemory;
  private int copy = -1;

  private UndoRewriter(byte[] module, long mostPages) throws InvalidComponentException {
    this.module = module;
    this.mostPages = mostPages;
    this.extension = new ModuleExtension(module);
    this.definedGlobals = List.copyOf(extension.definedGlobals());
    this.importedGlobals = extension.globals() - definedGlobals.size();
    this.ownMemory =
        extension.definedMemories().stream()
            .findFirst()
            .map(CoreExternType.Memory::limits)
            .orElse(null);
    readCode();
  }

  /**
   * Instruments a module.
   *
   * @param module a module that {@link CoreModuleReader} has read
   * @param mostPages the most pages that any memory of the component can have
   * @throws InvalidComponentException if it is malformed nevertheless
   */
  public static Result rewrite(byte[] module, long mostPages) throws InvalidComponentException {
    return new UndoRewriter(module, mostPages).result();
  }

  private void readCode() throws InvalidComponentException {
    extension.eachInstruction(
        (opcode, start, end) -> {
          int number = InstructionEffects.number(module, opcode, start, end);
          if (number == MEMORY_SIZE || InstructionEffects.of(number).isPresent()) {
            changes.add(new Change(number, start, end));
          }
        });
  }

  private Cursor immediates(int start, int end) {
    return new Cursor(module, start + 1, end, "instruction");
  }

  private Result result() throws InvalidComponentException {
    boolean mutableGlobals = definedGlobals.stream().anyMatch(CoreExternType.Global::mutable);
    if (changes.isEmpty() && !mutableGlobals && extension.memories() == 0) {
      return new Stateless();
    }
    boolean mixed =
        extension.importedMemories() > 0 && extension.memories() > extension.importedMemories();
    boolean nameTaken =
        Stream.of(
                UndoLog.LOG,
                UndoLog.CARDS,
                UndoLog.MEMORY,
                UndoLog.TOUCH,
                UndoLog.MARK,
                UndoLog.UNDO,
                UndoLog.UNDO_GLOBALS,
                UndoLog.UNDO_MEMORY,
                UndoLog.FORGET)
            .anyMatch(extension::exports);
    if (mixed || nameTaken || exportsMemory(1)) {
      return new Unsupported();
    }
    boolean hasMemory = extension.memories() > 0;
    boolean importsLog = extension.importedMemories() > 0;
    int spoiled = extension.addGlobal(I32);
    UndoCode code = null;
    if (hasMemory) {
      code = importsLog ? importLog() : addLog();
      extension.export(UndoLog.LOG, ModuleExtension.MEMORY, code.log);
      extension.export(UndoLog.CARDS, ModuleExtension.MEMORY, code.cards);
      extension.export(UndoLog.MEMORY, ModuleExtension.MEMORY, 0);
      if (ownMemory != null) {
        prepareMemory(code, ownMemory);
      }
    }
    instrument(code, spoiled);
    addMarkAndUndo(importsLog ? null : code, spoiled);
    return new Undoable(extension.write(), importsLog, hasMemory, mutableGlobals);
  }

  /** Whether a memory is exported that is numbered so or higher. */
  private boolean exportsMemory(int from) {
    return extension.exports().stream()
        .anyMatch(export -> export.kind() == ModuleExtension.MEMORY && export.index() >= from);
  }

  private UndoCode importLog() {
    int log = extension.importMemory(UndoLog.IMPORT_MODULE, UndoLog.IMPORTED_LOG);
    return new UndoCode(log, extension.importMemory(UndoLog.IMPORT_MODULE, UndoLog.IMPORTED_CARDS));
  }

  private UndoCode addLog() {
    long pages = ownMemory == null ? 0 : ownMemory.minimum() + UndoLog.SPARE_PAGES;
    long most = Math.max(pages, mostPages);
    int log = extension.addMemory(UndoLog.logPages(pages), UndoLog.logPages(most));
    int cards = extension.addMemory(UndoLog.cardPages(pages), UndoLog.cardPages(most));
    copy = extension.addMemory(0, UndoLog.MOST_COPIED_PAGES);
    return new UndoCode(log, cards);
  }

  /** Gives the guest's memory its spare pages, and the log its header. */
  private void prepareMemory(UndoCode code, CoreExternType.Limits limits)
      throws InvalidComponentException {
    long most = limits.maximum().orElse(1 << 16);
    boolean grows = exportsMemory(0) || changes.stream().anyMatch(c -> c.opcode == 0x40);
    long real = grows ? Math.min(limits.minimum() + UndoLog.SPARE_PAGES, most) : limits.minimum();
    Cursor in = extension.section(CoreSection.MEMORY);
    if (in == null) {
      throw new IllegalStateException("a module with a memory has no memory section");
    }
    int start = in.position();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoreModuleRewriter.unsigned(out, in.count("memories"));
    CoreTypes.memoryType(in);
    ModuleExtension.memoryLimits(out, Math.max(real, limits.minimum()), most);
    out.write(module, in.position(), in.end() - in.position());
    if (start < in.position()) {
      extension.rewriteSection(CoreSection.MEMORY, out.toByteArray());
    }
    ByteBuffer header = ByteBuffer.allocate(UndoLog.FIRST).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(UndoLog.TOP, UndoLog.FIRST);
    header.putInt(UndoLog.PAGES, (int) limits.minimum());
    header.putInt(UndoLog.MARKED_PAGES, (int) limits.minimum());
    header.putInt(UndoLog.MOST_PAGES, (int) most);
    extension.addData(code.log, header.array());
  }

  private void instrument(@Nullable UndoCode code, int spoiled) throws InvalidComponentException {
    int touchRange = -1;
    if (code != null) {
      touchRange = extension.addFunction(UndoCode.RANGE, code.touchRange());
      extension.export(UndoLog.TOUCH, ModuleExtension.FUNCTION, touchRange);
    }
    int next = 0;
    for (ModuleSurvey.Body body : extension.bodies()) {
      Map<Integer, Change> inBody = new HashMap<>();
      while (next < changes.size() && changes.get(next).start < body.end()) {
        inBody.put(changes.get(next).start, changes.get(next));
        next++;
      }
      if (!inBody.isEmpty()) {
        instrument(body, inBody, code, touchRange, spoiled);
      }
    }
  }

  private void instrument(
      ModuleSurvey.Body body,
      Map<Integer, Change> inBody,
      @Nullable UndoCode code,
      int touchRange,
      int spoiled)
      throws InvalidComponentException {
    byte[] spoil = new CodeWriter().i32(1).op(0x24, spoiled).code();
    if (code == null) {
      for (Change change : inBody.values().stream().sorted(BY_PLACE).toList()) {
        if (spoils(change)) {
          extension.replace(change.start, change.start, spoil);
        }
      }
      return;
    }
    Map<Integer, StoreChecks.Store> stores = new HashMap<>();
    for (Change change : inBody.values()) {
      Optional<StoreChecks.Store> store = store(change);
      store.ifPresent(s -> stores.put(change.start, s));
    }
    StoreChecks checks = new StoreChecks(module, extension, body, stores, code);
    if (!checks.locals().isEmpty()) {
      extension.addLocals(body, checks.locals());
    }
    extension.eachInstruction(
        body,
        (opcode, start, end) -> {
          Change change = inBody.get(start);
          StoreChecks.Store store = stores.get(start);
          if (store != null) {
            insert(start, checks.before(start, store));
          } else if (change != null) {
            Optional<Integer> helper = helper(change, code, touchRange, spoiled);
            if (helper.isPresent()) {
              extension.replace(start, end, new CodeWriter().op(0x10, helper.get()).code());
            } else if (spoils(change)) {
              insert(start, spoil);
            }
          }
          insert(end, checks.behind(opcode, start, end));
        });
  }

  private void insert(int at, byte[] code) {
    if (code.length > 0) {
      extension.replace(at, at, code);
    }
  }

  /** Whether nothing can undo a change that no function stands for. */
  private static boolean spoils(Change change) {
    return change.opcode != 0x24 && change.opcode != 0x3f;
  }

  /** The store into the first memory that an instruction is. */
  private Optional<StoreChecks.Store> store(Change change) throws InvalidComponentException {
    boolean scalar = change.opcode >= 0x36 && change.opcode <= 0x3e;
    boolean vector = change.opcode == 0xfd0b || change.opcode >= 0xfd58 && change.opcode <= 0xfd5b;
    if (!scalar && !vector) {
      return Optional.empty();
    }
    Cursor in = immediates(change.start, change.end);
    if (vector) {
      in.u32("an instruction");
    }
    boolean first = (in.u32("an alignment") & 0x40) == 0 || in.u32("a memory index") == 0;
    return first
        ? Optional.of(new StoreChecks.Store(change.opcode, in.u64("an offset")))
        : Optional.empty();
  }

  /** The function that stands for an instruction, if there is one for it. */
  private Optional<Integer> helper(Change change, UndoCode code, int touchRange, int spoiled)
      throws InvalidComponentException {
    byte[] instruction = Arrays.copyOfRange(module, change.start, change.end);
    Cursor in = immediates(change.start, change.end);
    if (change.opcode > 0xff) {
      in.u32("an instruction");
    }
    return switch (change.opcode) {
      case 0x3f ->
          in.u32("a memory index") == 0
              ? added(instruction, UndoCode.SIZE, code::size)
              : Optional.empty();
      case 0x40 ->
          in.u32("a memory index") == 0
              ? added(instruction, UndoCode.GROW, () -> code.grow(spoiled))
              : Optional.empty();
      case 0xfc08 -> {
        in.u32("a data index");
        yield in.u32("a memory index") == 0 ? bulk(instruction, touchRange) : Optional.empty();
      }
      case 0xfc0a -> {
        boolean written = in.u32("a memory index") == 0;
        boolean within = written && in.u32("a memory index") == 0;
        yield within
            ? added(instruction, UndoCode.BULK, () -> code.copy(instruction, touchRange))
            : written ? bulk(instruction, touchRange) : Optional.empty();
      }
      case 0xfc0b ->
          in.u32("a memory index") == 0 ? bulk(instruction, touchRange) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Integer> bulk(byte[] instruction, int touchRange) {
    return added(instruction, UndoCode.BULK, () -> UndoCode.bulk(instruction, touchRange));
  }

  private Optional<Integer> added(byte[] instruction, CoreFuncType type, Supplier<byte[]> body) {
    return Optional.of(
        helpers.computeIfAbsent(ByteBuffer.wrap(instruction), key -> addHelper(type, body.get())));
  }

  /** Adds a function under a name, so that it is not taken for the guest's in a trap's frames. */
  private int addHelper(CoreFuncType type, byte[] body) {
    int function = extension.addFunction(type, body);
    extension.export(UndoLog.HELPER + function, ModuleExtension.FUNCTION, function);
    return function;
  }

  private void addMarkAndUndo(@Nullable UndoCode ownLog, int spoiled) {
    CodeWriter mark = new CodeWriter();
    CodeWriter globals = new CodeWriter();
    CodeWriter memory = new CodeWriter();
    CodeWriter forget = new CodeWriter();
    for (int i = 0; i < definedGlobals.size(); i++) {
      CoreExternType.Global global = definedGlobals.get(i);
      if (global.mutable()) {
        int kept = extension.addGlobal(global.type());
        mark.op(0x23, importedGlobals + i).op(0x24, kept);
        globals.op(0x23, kept).op(0x24, importedGlobals + i);
      }
    }
    mark.i32(0).op(0x24, spoiled);
    CodeWriter growth = new CodeWriter().op(0x23, spoiled);
    if (ownLog != null) {
      UndoRestore restore = new UndoRestore(ownLog, copy);
      restore.mark(mark);
      restore.undo(memory);
      restore.forget(forget);
      restore.undoGrowth(growth);
      growth.op(0x72);
    }
    CodeWriter all = new CodeWriter();
    for (CodeWriter part : List.of(globals, memory, growth)) {
      all.raw(part.code(), 0, part.code().length);
    }
    CoreFuncType plain = new CoreFuncType(List.of(), List.of());
    export(UndoLog.MARK, plain, mark);
    export(UndoLog.FORGET, plain, forget);
    export(UndoLog.UNDO, UndoCode.SIZE, all);
    export(UndoLog.UNDO_GLOBALS, UndoCode.SIZE, globals.i32(0));
    export(UndoLog.UNDO_MEMORY, UndoCode.SIZE, memory.i32(0));
  }

  private void export(String name, CoreFuncType type, CodeWriter code) {
    int function =
        extension.addFunction(type, code.body(Collections.nCopies(UndoRestore.LOCALS, I32)));
    extension.export(name, ModuleExtension.FUNCTION, function);
  }
}
