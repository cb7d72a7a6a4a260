package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads and validates core modules (core specification, "Modules"): types, counts and sizes, and
 * the typing of all code. What the core engine does not have is refused by name; the engine sees no
 * byte before.
 */
public final class CoreModuleReader {
  private final byte[] bytes;
  private final CoreCaps caps;
  private final CoreWork work;
  private final CoreSpaces spaces = new CoreSpaces();
  private final SegmentReader segments;

  private final List<CoreModule.Import> imports = new ArrayList<>();
  private final List<CoreModule.Export> exports = new ArrayList<>();
  private final List<CoreModule.Custom> customs = new ArrayList<>();
  private final List<Integer> frames = new ArrayList<>();
  private int importedFunctions;
  private int importedTables;
  private int importedMemories;

  private CoreModuleReader(byte[] bytes, CoreCaps caps, CoreWork work) {
    this.bytes = bytes;
    this.caps = caps;
    this.work = work;
    this.segments = new SegmentReader(spaces, work);
  }

  /**
   * Reads the core module in {@code bytes[start..end)}.
   *
   * @throws InvalidComponentException if it is malformed or invalid, exceeds the caps, or uses what
   *     is not supported
   */
  public static CoreModule read(byte[] bytes, int start, int end, CoreCaps caps)
      throws InvalidComponentException {
    return new CoreModuleReader(bytes, caps, new CoreWork(end - start)).module(start, end);
  }

  private CoreModule module(int start, int end) throws InvalidComponentException {
    boolean code = false;
    boolean data = false;
    for (CoreSection section : CoreSection.split(bytes, start, end)) {
      section(section.id(), section.cursor(bytes));
      code |= section.id() == CoreSection.CODE;
      data |= section.id() == CoreSection.DATA;
    }
    if (!code && spaces.functions.size() > importedFunctions) {
      throw new InvalidComponentException(
          "the core module declares functions and has no code section", end, "core module");
    }
    if (!data && spaces.dataCount > 0) {
      throw new InvalidComponentException(
          "the core module announces data segments and has no data section", end, "core module");
    }
    return new CoreModule(
        imports,
        exports,
        spaces.tables.subList(importedTables, spaces.tables.size()),
        spaces.memories.subList(importedMemories, spaces.memories.size()),
        customs,
        frames);
  }

  private void section(int id, Cursor in) throws InvalidComponentException {
    switch (id) {
      case CoreSection.CUSTOM -> {
        int offset = in.position();
        String name = in.name("section's name");
        customs.add(new CoreModule.Custom(offset, name, in.position(), in.end()));
        in.skip(in.remaining(), "its content");
      }
      case CoreSection.TYPE -> types(in);
      case CoreSection.IMPORT -> imports(in);
      case CoreSection.FUNCTION -> functions(in);
      case CoreSection.TABLE -> tables(in);
      case CoreSection.MEMORY -> {
        int count = in.count("memories");
        for (int i = 0; i < count; i++) {
          spaces.memories.add(CoreTypes.memoryType(in));
        }
      }
      case CoreSection.TAG ->
          throw in.unsupported(UnsupportedFeature.EXCEPTIONS, "a tag section", in.position());
      case CoreSection.GLOBAL -> globals(in);
      case CoreSection.EXPORT -> exports(in);
      case CoreSection.START -> start(in);
      case CoreSection.ELEMENT -> segments.elements(in);
      case CoreSection.DATA_COUNT -> spaces.dataCount = in.index("number of data segments");
      case CoreSection.CODE -> code(in);
      case CoreSection.DATA -> segments.data(in);
      default -> throw in.invalid("there is no section of kind " + id, in.position());
    }
    in.finish();
  }

  private void types(Cursor in) throws InvalidComponentException {
    int count = in.count("types");
    for (int i = 0; i < count; i++) {
      int at = in.position();
      if (i >= caps.types()) {
        throw in.invalid("the core module has more than " + caps.types() + " types", at);
      }
      int opcode = in.u8("a core type");
      switch (opcode) {
        case 0x60 -> {}
        case 0x5d ->
            throw in.unsupported(UnsupportedFeature.STACK_SWITCHING, "a continuation type", at);
        case 0x65 -> throw in.unsupported(UnsupportedFeature.THREADS, "a shared type", at);
        case 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x5e, 0x5f ->
            throw in.unsupported(
                UnsupportedFeature.GARBAGE_COLLECTION,
                String.format("core type 0x%02x", opcode),
                at);
        default -> throw in.invalid(String.format("0x%02x does not start a core type", opcode), at);
      }
      spaces.types.add(CoreTypes.funcType(in));
    }
  }

  private void imports(Cursor in) throws InvalidComponentException {
    int count = in.count("imports");
    for (int i = 0; i < count; i++) {
      String module = in.name("imported module's name");
      String name = in.name("import's name");
      int at = in.position();
      int kind = in.u8("the kind of an import");
      CoreExternType type =
          switch (kind) {
            case 0x00 -> {
              CoreExternType.Func func = new CoreExternType.Func(typeAt(in));
              add(func, spaces.functions, caps.functions(), "functions", in);
              importedFunctions++;
              yield func;
            }
            case 0x01 -> {
              CoreExternType.Table table = CoreTypes.tableType(in);
              spaces.tables.add(table);
              importedTables++;
              yield table;
            }
            case 0x02 -> {
              CoreExternType.Memory memory = CoreTypes.memoryType(in);
              spaces.memories.add(memory);
              importedMemories++;
              yield memory;
            }
            case 0x03 -> {
              CoreExternType.Global global = CoreTypes.globalType(in);
              add(global, spaces.globals, caps.globals(), "globals", in);
              spaces.importedGlobals++;
              yield global;
            }
            case 0x04 -> throw in.unsupported(UnsupportedFeature.EXCEPTIONS, "an imported tag", at);
            case 0x7e, 0x7f ->
                throw name.isEmpty()
                    ? in.unsupported(UnsupportedFeature.COMPACT_IMPORTS, "", at)
                    : notKind(kind, "import", in, at);
            default -> throw notKind(kind, "import", in, at);
          };
      imports.add(new CoreModule.Import(module, name, type));
    }
  }

  private void functions(Cursor in) throws InvalidComponentException {
    int count = in.count("functions");
    for (int i = 0; i < count; i++) {
      add(new CoreExternType.Func(typeAt(in)), spaces.functions, caps.functions(), "functions", in);
    }
  }

  private void tables(Cursor in) throws InvalidComponentException {
    int count = in.count("tables");
    for (int i = 0; i < count; i++) {
      if (in.peek("a table") == 0x40) {
        throw in.unsupported(
            UnsupportedFeature.TYPED_REFERENCES, "a table with an initial value", in.position());
      }
      spaces.tables.add(CoreTypes.tableType(in));
    }
  }

  private void globals(Cursor in) throws InvalidComponentException {
    int count = in.count("globals");
    for (int i = 0; i < count; i++) {
      CoreExternType.Global global = CoreTypes.globalType(in);
      ConstantExpression.check(in, spaces, work, global.type());
      add(global, spaces.globals, caps.globals(), "globals", in);
    }
  }

  private void start(Cursor in) throws InvalidComponentException {
    int at = in.position();
    CoreFuncType type = CoreSpaces.pick(spaces.functions, "function", in).type();
    if (!type.parameters().isEmpty() || !type.results().isEmpty()) {
      throw in.invalid("the start function has the type " + type + " instead of [] -> []", at);
    }
  }

  private void exports(Cursor in) throws InvalidComponentException {
    Set<String> names = new HashSet<>();
    int count = in.count("exports");
    for (int i = 0; i < count; i++) {
      int at = in.position();
      String name = in.name("export's name");
      if (!names.add(name)) {
        throw in.invalid("the core module exports \"" + name + "\" twice", at);
      }
      at = in.position();
      int kind = in.u8("the kind of an export");
      CoreExternType type =
          switch (kind) {
            case 0x00 -> spaces.functions.get(spaces.pickReferable(in));
            case 0x01 -> CoreSpaces.pick(spaces.tables, "table", in);
            case 0x02 -> CoreSpaces.pick(spaces.memories, "memory", in);
            case 0x03 -> CoreSpaces.pick(spaces.globals, "global", in);
            default -> throw notKind(kind, "export", in, at);
          };
      exports.add(new CoreModule.Export(name, type));
    }
  }

  private void code(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int count = in.count("function bodies");
    int declared = spaces.functions.size() - importedFunctions;
    if (count != declared) {
      throw in.invalid(
          "the core module has " + declared + " functions, but " + count + " bodies", at);
    }
    for (int i = 0; i < count; i++) {
      Cursor body = in.slice(in.u32("the size of a function body"), "core function body");
      int function = importedFunctions + i;
      List<CoreValType> locals = locals(body, function);
      frames.add(locals.size() + CodeChecker.check(body, spaces, caps, work, function, locals));
      body.finish();
    }
  }

  private List<CoreValType> locals(Cursor in, int function) throws InvalidComponentException {
    List<CoreValType> locals = new ArrayList<>(spaces.functions.get(function).type().parameters());
    int at = in.position();
    int runs = in.count("runs of locals");
    for (int i = 0; i < runs; i++) {
      long length = in.u32("a number of locals");
      CoreValType type = CoreTypes.valType(in);
      if (locals.size() + length > caps.locals()) {
        throw in.invalid("a core function has more than " + caps.locals() + " locals", at);
      }
      locals.addAll(Collections.nCopies((int) length, type));
    }
    return locals;
  }

  private CoreFuncType typeAt(Cursor in) throws InvalidComponentException {
    return CoreSpaces.pick(spaces.types, "type", in);
  }

  private static InvalidComponentException notKind(int kind, String what, Cursor in, int at) {
    return in.invalid(String.format("0x%02x is not the kind of an %s", kind, what), at);
  }

  private static <T> void add(T item, List<T> space, int most, String what, Cursor in)
      throws InvalidComponentException {
    space.add(item);
    if (space.size() > most) {
      throw in.invalid("the core module has more than " + most + " " + what, in.position());
    }
  }
}
