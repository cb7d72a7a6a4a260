package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.effect.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the functions of a core module change themselves, and whom they call.
 *
 * @param functions by index, imported ones first
 * @param exports the index of each exported function
 * @param referable functions that a reference can be taken of, in code, segments or globals: the
 *     ones that an indirect call, of any module, can reach
 */
public record CallGraph(
    List<Node> functions, Map<String, Integer> exports, Set<Integer> referable) {
  public CallGraph {
    functions = List.copyOf(functions);
    exports = Map.copyOf(exports);
    referable = Set.copyOf(referable);
  }

  /** A function. */
  public sealed interface Node {
    /** Its type. */
    CoreFuncType type();
  }

  /** A function under the two names of its import. */
  public record Imported(String module, String name, CoreFuncType type) implements Node {}

  /**
   * A function with a body.
   *
   * @param effects what its own instructions change
   * @param callees functions that it calls by index
   * @param indirect types of functions that it calls by reference
   */
  public record Defined(
      CoreFuncType type, Set<Effect> effects, Set<Integer> callees, Set<CoreFuncType> indirect)
      implements Node {}

  /**
   * The graph of a module.
   *
   * @param module a module that {@link CoreModuleReader} has read
   * @throws InvalidComponentException if it is malformed nevertheless
   */
  public static CallGraph of(byte[] module) throws InvalidComponentException {
    Reader reader = new Reader(module);
    for (CoreSection section : CoreSection.split(module, 0, module.length)) {
      reader.section(section.id(), section.cursor(module));
    }
    return new CallGraph(reader.functions, reader.exports, reader.referable);
  }

  private static final class Reader {
    private static final int REF_FUNC = 0xd2;

    private final byte[] module;
    private final List<CoreFuncType> types = new ArrayList<>();
    private final List<CoreFuncType> declared = new ArrayList<>();
    private final List<Node> functions = new ArrayList<>();
    private final Map<String, Integer> exports = new HashMap<>();
    private final Set<Integer> referable = new TreeSet<>();

    Reader(byte[] module) {
      this.module = module;
    }

    private Cursor immediates(int start, int end) {
      return new Cursor(module, start + 1, end, "instruction");
    }

    void section(int id, Cursor in) throws InvalidComponentException {
      switch (id) {
        case CoreSection.TYPE -> {
          int count = in.count("types");
          for (int i = 0; i < count; i++) {
            in.u8("a core type");
            types.add(CoreTypes.funcType(in));
          }
        }
        case CoreSection.IMPORT -> {
          int count = in.count("imports");
          for (int i = 0; i < count; i++) {
            imported(in);
          }
        }
        case CoreSection.FUNCTION -> {
          int count = in.count("functions");
          for (int i = 0; i < count; i++) {
            declared.add(types.get(in.index("type index")));
          }
        }
        case CoreSection.GLOBAL -> {
          int count = in.count("globals");
          for (int i = 0; i < count; i++) {
            CoreTypes.globalType(in);
            constant(in);
          }
        }
        case CoreSection.EXPORT -> {
          int count = in.count("exports");
          for (int i = 0; i < count; i++) {
            String name = in.name("export's name");
            int kind = in.u8("the kind of an export");
            int index = in.index("an index");
            if (kind == 0x00) {
              exports.put(name, index);
            }
          }
        }
        case CoreSection.ELEMENT -> {
          int count = in.count("element segments");
          for (int i = 0; i < count; i++) {
            element(in);
          }
        }
        case CoreSection.CODE -> {
          int count = in.count("function bodies");
          for (int i = 0; i < count; i++) {
            Cursor body = in.slice(in.u32("the size of a function body"), "core function body");
            functions.add(body(body, declared.get(i)));
          }
        }
        default -> {}
      }
    }

    private void imported(Cursor in) throws InvalidComponentException {
      String from = in.name("imported module's name");
      String name = in.name("import's name");
      switch (in.u8("the kind of an import")) {
        case 0x00 -> functions.add(new Imported(from, name, types.get(in.index("type index"))));
        case 0x01 -> CoreTypes.tableType(in);
        case 0x02 -> CoreTypes.memoryType(in);
        default -> CoreTypes.globalType(in);
      }
    }

    /** One segment; bit 0: not active, bit 1: explicit table or declared, bit 2: expressions. */
    private void element(Cursor in) throws InvalidComponentException {
      long form = in.u32("the form of an element segment");
      boolean active = (form & 1) == 0;
      boolean explicit = (form & 2) != 0;
      if (active) {
        if (explicit) {
          in.u32("table index");
        }
        constant(in);
      }
      if (!active || explicit) {
        in.u8("the kind of elements");
      }
      int count = in.count("elements");
      for (int i = 0; i < count; i++) {
        if ((form & 4) != 0) {
          constant(in);
        } else {
          referable.add(in.index("function index"));
        }
      }
    }

    private void constant(Cursor in) throws InvalidComponentException {
      Instructions.expression(
          in,
          Integer.MAX_VALUE,
          (opcode, start, end) -> {
            if (opcode == REF_FUNC) {
              referable.add(immediates(start, end).index("function index"));
            }
          });
    }

    private Defined body(Cursor in, CoreFuncType type) throws InvalidComponentException {
      int runs = in.count("runs of locals");
      for (int i = 0; i < runs; i++) {
        in.u32("a number of locals");
        CoreTypes.valType(in);
      }
      Set<Effect> effects = EnumSet.noneOf(Effect.class);
      Set<Integer> callees = new TreeSet<>();
      Set<CoreFuncType> indirect = new HashSet<>();
      Instructions.expression(
          in,
          Integer.MAX_VALUE,
          (opcode, start, end) -> {
            Cursor immediates = immediates(start, end);
            switch (opcode) {
              case 0x10, 0x12 -> callees.add(immediates.index("function index"));
              case 0x11, 0x13 -> indirect.add(types.get(immediates.index("type index")));
              case REF_FUNC -> referable.add(immediates.index("function index"));
              case 0xfc, 0xfd -> change(opcode << 8 | immediates.index("an instruction"), effects);
              default -> change(opcode, effects);
            }
          });
      return new Defined(type, Set.copyOf(effects), Set.copyOf(callees), Set.copyOf(indirect));
    }

    private static void change(int opcode, Set<Effect> effects) {
      switch (opcode) {
        case 0x24 -> effects.add(Effect.GLOBALS);
        case 0x40 -> effects.add(Effect.GROWTH);
        // Vector stores, memory.init, memory.copy, memory.fill, atomics.
        case 0xfd0b, 0xfd58, 0xfd59, 0xfd5a, 0xfd5b, 0xfc08, 0xfc0a, 0xfc0b, 0xfe ->
            effects.add(Effect.MEMORY);
        // table.set, table.init, table.copy, table.grow, table.fill.
        case 0x26, 0xfc0c, 0xfc0e, 0xfc0f, 0xfc11 -> effects.add(Effect.TABLES);
        // data.drop, elem.drop.
        case 0xfc09, 0xfc0d -> effects.add(Effect.SEGMENTS);
        default -> {
          if (opcode >= 0x36 && opcode <= 0x3e) {
            effects.add(Effect.MEMORY);
          }
        }
      }
    }
  }
}
