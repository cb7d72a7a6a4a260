package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a core module consists of, its instructions aside: the one walk over its sections. */
final class ModuleSurvey {
  /**
   * One function body, from the byte behind its size.
   *
   * @param code where its instructions start, behind the locals
   * @param type of the function
   * @param locals that it declares, parameters not counted
   */
  record Body(int start, int code, int end, CoreFuncType type, int locals) {
    List<CoreValType> parameters() {
      return type.parameters();
    }
  }

  /** A function under the two names of its import. */
  record ImportedFunction(String module, String name, CoreFuncType type) {}

  /**
   * An export.
   *
   * @param kind as the binary format numbers kinds
   */
  record Export(String name, int kind, int index) {}

  final List<CoreSection> sections;
  final List<Body> bodies = new ArrayList<>();
  final List<ImportedFunction> importedFunctions = new ArrayList<>();
  final List<Export> exports = new ArrayList<>();
  final Set<String> exportNames = new HashSet<>();
  final List<CoreExternType.Global> definedGlobals = new ArrayList<>();
  final List<CoreExternType.Memory> definedMemories = new ArrayList<>();
  final List<CoreFuncType> types = new ArrayList<>();
  private final List<CoreFuncType> declared = new ArrayList<>();
  int functions;
  int globals;
  int importedMemories;
  int memories;

  /**
   * Surveys a module that {@link CoreModuleReader} has read.
   *
   * @throws InvalidComponentException if it is malformed nevertheless
   */
  ModuleSurvey(byte[] module) throws InvalidComponentException {
    this.sections = CoreSection.split(module, 0, module.length);
    for (CoreSection section : sections) {
      survey(section.id(), section.cursor(module));
    }
  }

  private void survey(int id, Cursor in) throws InvalidComponentException {
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
        functions += count;
      }
      case CoreSection.MEMORY -> {
        int count = in.count("memories");
        for (int i = 0; i < count; i++) {
          definedMemories.add(CoreTypes.memoryType(in));
        }
        memories += count;
      }
      case CoreSection.GLOBAL -> {
        int count = in.count("globals");
        for (int i = 0; i < count; i++) {
          definedGlobals.add(CoreTypes.globalType(in));
          Instructions.expression(in, Integer.MAX_VALUE);
        }
        globals += count;
      }
      case CoreSection.EXPORT -> {
        int count = in.count("exports");
        for (int i = 0; i < count; i++) {
          String name = in.name("export's name");
          exports.add(new Export(name, in.u8("the kind of an export"), in.index("an index")));
          exportNames.add(name);
        }
      }
      case CoreSection.CODE -> {
        int count = in.count("function bodies");
        for (int i = 0; i < count; i++) {
          Cursor body = in.slice(in.u32("the size of a function body"), "core function body");
          bodies.add(body(body, declared.get(i)));
        }
      }
      default -> {}
    }
  }

  private static Body body(Cursor in, CoreFuncType type) throws InvalidComponentException {
    int start = in.position();
    int runs = in.count("runs of locals");
    long locals = 0;
    for (int i = 0; i < runs; i++) {
      locals += in.u32("a number of locals");
      CoreTypes.valType(in);
    }
    return new Body(start, in.position(), in.end(), type, Math.toIntExact(locals));
  }

  private void imported(Cursor in) throws InvalidComponentException {
    String from = in.name("imported module's name");
    String name = in.name("import's name");
    switch (in.u8("the kind of an import")) {
      case 0x00 -> {
        importedFunctions.add(new ImportedFunction(from, name, types.get(in.index("type index"))));
        functions++;
      }
      case 0x01 -> CoreTypes.tableType(in);
      case 0x02 -> {
        CoreTypes.memoryType(in);
        importedMemories++;
        memories++;
      }
      case 0x03 -> {
        CoreTypes.globalType(in);
        globals++;
      }
      default -> {
        CoreTypes.tagAttribute(in);
        in.u32("a type index");
      }
    }
  }
}
