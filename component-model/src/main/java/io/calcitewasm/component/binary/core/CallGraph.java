package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.effect.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
    ModuleSurvey survey = new ModuleSurvey(module);
    Reader reader = new Reader(module, survey.types);
    for (CoreSection section : survey.sections) {
      switch (section.id()) {
        case CoreSection.GLOBAL -> reader.globals(section.cursor(module));
        case CoreSection.ELEMENT -> reader.elements(section.cursor(module));
        default -> {}
      }
    }
    List<Node> functions = new ArrayList<>();
    for (ModuleSurvey.ImportedFunction function : survey.importedFunctions) {
      functions.add(new Imported(function.module(), function.name(), function.type()));
    }
    for (ModuleSurvey.Body body : survey.bodies) {
      functions.add(reader.body(body));
    }
    return new CallGraph(functions, exports(survey), reader.referable);
  }

  private static Map<String, Integer> exports(ModuleSurvey survey) {
    return survey.exports.stream()
        .filter(export -> export.kind() == 0x00)
        .collect(Collectors.toMap(ModuleSurvey.Export::name, ModuleSurvey.Export::index));
  }

  /** Reads what takes references of functions, and what functions do. */
  private static final class Reader {
    private static final int REF_FUNC = 0xd2;

    private final byte[] module;
    private final List<CoreFuncType> types;
    private final Set<Integer> referable = new TreeSet<>();

    Reader(byte[] module, List<CoreFuncType> types) {
      this.module = module;
      this.types = types;
    }

    private Cursor immediates(int start, int end) {
      return new Cursor(module, start + 1, end, "instruction");
    }

    void globals(Cursor in) throws InvalidComponentException {
      int count = in.count("globals");
      for (int i = 0; i < count; i++) {
        CoreTypes.globalType(in);
        constant(in);
      }
    }

    void elements(Cursor in) throws InvalidComponentException {
      int count = in.count("element segments");
      for (int i = 0; i < count; i++) {
        element(in);
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

    Defined body(ModuleSurvey.Body body) throws InvalidComponentException {
      Set<Effect> effects = EnumSet.noneOf(Effect.class);
      Set<Integer> callees = new TreeSet<>();
      Set<CoreFuncType> indirect = new HashSet<>();
      Instructions.expression(
          new Cursor(module, body.code(), body.end(), "core function body"),
          Integer.MAX_VALUE,
          (opcode, start, end) -> {
            switch (opcode) {
              case 0x10, 0x12 -> callees.add(immediates(start, end).index("function index"));
              case 0x11, 0x13 ->
                  indirect.add(types.get(immediates(start, end).index("type index")));
              case REF_FUNC -> referable.add(immediates(start, end).index("function index"));
              default ->
                  InstructionEffects.of(InstructionEffects.number(module, opcode, start, end))
                      .ifPresent(effects::add);
            }
          });
      return new Defined(
          body.type(), Set.copyOf(effects), Set.copyOf(callees), Set.copyOf(indirect));
    }
  }
}
