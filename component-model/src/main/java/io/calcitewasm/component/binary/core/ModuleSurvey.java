package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has to be known of a core module before anything is added to it: how much there is. */
final class ModuleSurvey {
  /**
   * One function body, from the byte behind its size.
   *
   * @param code where its instructions start, behind the locals
   * @param parameters of the function
   * @param locals that it declares, parameters not counted
   */
  record Body(int start, int code, int end, List<CoreValType> parameters, int locals) {}

  final List<CoreSection> sections;
  final List<Body> bodies = new ArrayList<>();
  final Set<String> exportNames = new HashSet<>();
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
      case CoreSection.MEMORY -> memories += in.count("memories");
      case CoreSection.GLOBAL -> globals += in.count("globals");
      case CoreSection.EXPORT -> {
        int count = in.count("exports");
        for (int i = 0; i < count; i++) {
          exportNames.add(in.name("export's name"));
          in.u8("the kind of an export");
          in.u32("an index");
        }
      }
      case CoreSection.CODE -> {
        int count = in.count("function bodies");
        for (int i = 0; i < count; i++) {
          Cursor body = in.slice(in.u32("the size of a function body"), "core function body");
          bodies.add(body(body, declared.get(i).parameters()));
        }
      }
      default -> {}
    }
  }

  private static Body body(Cursor in, List<CoreValType> parameters)
      throws InvalidComponentException {
    int start = in.position();
    int runs = in.count("runs of locals");
    long locals = 0;
    for (int i = 0; i < runs; i++) {
      locals += in.u32("a number of locals");
      CoreTypes.valType(in);
    }
    return new Body(start, in.position(), in.end(), parameters, Math.toIntExact(locals));
  }

  private void imported(Cursor in) throws InvalidComponentException {
    in.name("imported module's name");
    in.name("import's name");
    switch (in.u8("the kind of an import")) {
      case 0x00 -> {
        in.u32("a type index");
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
