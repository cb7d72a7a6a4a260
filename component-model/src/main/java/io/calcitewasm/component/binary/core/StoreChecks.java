package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Has one function body look at cards before it stores. Where the address of a store is a local,
 * the look stands behind the instruction that puts it on the stack; elsewhere the operands are put
 * into locals of their own for it. A store to where an earlier one has looked needs none.
 */
final class StoreChecks {
  /** A store into the guest's memory. */
  record Store(int opcode, long offset) {
    CoreValType value() {
      return switch (opcode) {
        case 0x36, 0x3a, 0x3b -> I32;
        case 0x37, 0x3c, 0x3d, 0x3e -> CoreValType.I64;
        case 0x38 -> CoreValType.F32;
        case 0x39 -> CoreValType.F64;
        default -> CoreValType.V128;
      };
    }

    /** Bytes that it writes. */
    int size() {
      return switch (opcode) {
        case 0x3a, 0x3c, 0xfd58 -> 1;
        case 0x3b, 0x3d, 0xfd59 -> 2;
        case 0x36, 0x38, 0x3e, 0xfd5a -> 4;
        case 0x37, 0x39, 0xfd5b -> 8;
        default -> 16;
      };
    }
  }

  /** More places in one body do without a local of their own. */
  private static final int MOST_SEEN = 64;

  /** The place of the address among the added locals. */
  private static final int ADDRESS = 2;

  private final byte[] module;
  private final UndoCode undo;
  private final ModuleSurvey.Body body;
  private final Map<Integer, StackOrigins.Origin> addresses;
  private final LoopLocals loops;
  private final KeptRanges kept = new KeptRanges();

  /** A store, and where it starts. */
  private record Announced(int start, Store store) {}

  /** By where the instruction ends that puts its address on the stack. */
  private final Map<Integer, Announced> announced = new HashMap<>();

  /** By where stores in loops start, the local with the granule of the round before. */
  private final Map<Integer, Integer> seen = new HashMap<>();

  /** The types of added locals: two for checks, one for an address, the others for values. */
  private final List<CoreValType> locals = new ArrayList<>();

  /**
   * Looks for stores.
   *
   * @param stores by where they start
   */
  StoreChecks(
      byte[] module,
      ModuleExtension extension,
      ModuleSurvey.Body body,
      Map<Integer, Store> stores,
      UndoCode undo)
      throws InvalidComponentException {
    this.module = module;
    this.undo = undo;
    this.body = body;
    StackOrigins origins = new StackOrigins(module);
    this.loops = new LoopLocals(module);
    extension.eachInstruction(
        body,
        (opcode, start, end) -> {
          origins.instruction(opcode, start, end);
          loops.instruction(opcode, start, end);
        });
    this.addresses = origins.addresses();
    if (!stores.isEmpty()) {
      locals.addAll(List.of(I32, I32));
    }
    stores.forEach(
        (start, store) -> {
          StackOrigins.Origin origin = addresses.get(start);
          if (origin != null) {
            announced.put(origin.end(), new Announced(start, store));
          } else {
            value(store);
          }
        });
    stores.keySet().stream().filter(loops::inLoop).sorted().limit(MOST_SEEN).forEach(this::see);
  }

  private void see(int start) {
    locals.add(I32);
    seen.put(start, firstLocal() + locals.size() - 1);
  }

  /** The types of locals that the body needs beyond its own. */
  List<CoreValType> locals() {
    return locals;
  }

  private int firstLocal() {
    return body.parameters().size() + body.locals();
  }

  /** The local that a store's address is put into. */
  private int address() {
    return firstLocal() + ADDRESS;
  }

  /** The local that a store's value is put into. */
  private int value(Store store) {
    if (locals.size() == ADDRESS) {
      locals.add(I32);
    }
    int known = locals.subList(ADDRESS + 1, locals.size()).indexOf(store.value());
    if (known < 0) {
      locals.add(store.value());
      return firstLocal() + locals.size() - 1;
    }
    return firstLocal() + ADDRESS + 1 + known;
  }

  /** Takes note of an instruction, and gives what is to stand behind it. */
  byte[] behind(int opcode, int start, int end) throws InvalidComponentException {
    switch (opcode) {
      case 0x02, 0x04 -> kept.begin();
      case 0x03 -> kept.beginLoop(loops.setIn(start));
      case 0x05 -> kept.otherwise();
      case 0x0b -> kept.end();
      case 0x21, 0x22 -> kept.set(index(start, end));
      default -> {}
    }
    Announced next = announced.get(end);
    if (next == null) {
      return new byte[0];
    }
    int local = index(start, end);
    long from = kept.add(local, next.store);
    return from < 0 ? new byte[0] : check(new CodeWriter(), local, from, next.start).code();
  }

  private int index(int start, int end) throws InvalidComponentException {
    return new Cursor(module, start + 1, end, "instruction").index("local index");
  }

  /** What is to stand in front of a store. */
  byte[] before(int start, Store store) {
    if (addresses.containsKey(start)) {
      return new byte[0];
    }
    int address = address();
    int value = value(store);
    CodeWriter code = new CodeWriter().set(value).set(address);
    return check(code, address, store.offset, start).get(address).get(value).code();
  }

  /** An address that wraps around keeps some other granule, unchanged; the store then traps. */
  private CodeWriter check(CodeWriter code, int address, long offset, int start) {
    Integer before = seen.get(start);
    long from = before == null ? offset : offset + UndoLog.GRANULE;
    code.get(address);
    if (from != 0) {
      code.i32((int) from).op(UndoCode.I32_ADD);
    }
    return before == null
        ? undo.keep(code, firstLocal(), firstLocal() + 1)
        : undo.keepInLoop(code, firstLocal(), firstLocal() + 1, before);
  }
}
