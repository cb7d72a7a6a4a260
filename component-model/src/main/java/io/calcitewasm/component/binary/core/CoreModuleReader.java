package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what linking and caps need from a core module: types, counts, sizes and the nesting of its
 * code. That its code is well typed is left to the core engine, which sees no byte before the caps
 * have held.
 */
public final class CoreModuleReader {
  private final byte[] bytes;
  private final CoreCaps caps;

  private final List<CoreFuncType> types = new ArrayList<>();
  private final List<CoreExternType> functions = new ArrayList<>();
  private final List<CoreExternType> tables = new ArrayList<>();
  private final List<CoreExternType> memories = new ArrayList<>();
  private final List<CoreExternType> globals = new ArrayList<>();
  private final List<CoreExternType> tags = new ArrayList<>();
  private final List<CoreModule.Import> imports = new ArrayList<>();
  private final List<CoreModule.Export> exports = new ArrayList<>();
  private final List<CoreModule.Custom> customs = new ArrayList<>();
  private int importedFunctions;
  private int importedTables;
  private int importedMemories;

  private CoreModuleReader(byte[] bytes, CoreCaps caps) {
    this.bytes = bytes;
    this.caps = caps;
  }

  /**
   * Reads the core module in {@code bytes[start..end)}.
   *
   * @throws InvalidComponentException if it is malformed in what is read here, or exceeds the caps
   */
  public static CoreModule read(byte[] bytes, int start, int end, CoreCaps caps)
      throws InvalidComponentException {
    return new CoreModuleReader(bytes, caps).module(start, end);
  }

  private CoreModule module(int start, int end) throws InvalidComponentException {
    boolean code = false;
    for (CoreSection section : CoreSection.split(bytes, start, end)) {
      section(section.id(), section.cursor(bytes));
      code |= section.id() == CoreSection.CODE;
    }
    if (!code && functions.size() > importedFunctions) {
      throw new InvalidComponentException(
          "the core module declares functions and has no code section", end, "core module");
    }
    return new CoreModule(
        imports,
        exports,
        defined(CoreExternType.Table.class, tables, importedTables),
        defined(CoreExternType.Memory.class, memories, importedMemories),
        customs);
  }

  private static <T> List<T> defined(Class<T> sort, List<CoreExternType> all, int imported) {
    return all.subList(imported, all.size()).stream().map(sort::cast).toList();
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
          memories.add(CoreTypes.memoryType(in));
        }
      }
      case CoreSection.TAG -> {
        int count = in.count("tags");
        for (int i = 0; i < count; i++) {
          tags.add(tag(in));
        }
      }
      case CoreSection.GLOBAL -> {
        int count = in.count("globals");
        for (int i = 0; i < count; i++) {
          add(CoreTypes.globalType(in), globals, caps.globals(), "globals", in);
          Instructions.expression(in, caps.blockNesting());
        }
      }
      case CoreSection.EXPORT -> exports(in);
      case CoreSection.CODE -> code(in);
      default -> in.skip(in.remaining(), "its content");
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
      types.add(CoreTypes.funcType(in));
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
              add(func, functions, caps.functions(), "functions", in);
              importedFunctions++;
              yield func;
            }
            case 0x01 -> {
              CoreExternType.Table table = CoreTypes.tableType(in);
              tables.add(table);
              importedTables++;
              yield table;
            }
            case 0x02 -> {
              CoreExternType.Memory memory = CoreTypes.memoryType(in);
              memories.add(memory);
              importedMemories++;
              yield memory;
            }
            case 0x03 -> {
              CoreExternType.Global global = CoreTypes.globalType(in);
              add(global, globals, caps.globals(), "globals", in);
              yield global;
            }
            case 0x04 -> {
              CoreExternType.Tag tag = tag(in);
              tags.add(tag);
              yield tag;
            }
            default ->
                throw in.invalid(String.format("0x%02x is not the kind of an import", kind), at);
          };
      imports.add(new CoreModule.Import(module, name, type));
    }
  }

  private void functions(Cursor in) throws InvalidComponentException {
    int count = in.count("functions");
    for (int i = 0; i < count; i++) {
      add(new CoreExternType.Func(typeAt(in)), functions, caps.functions(), "functions", in);
    }
  }

  private void tables(Cursor in) throws InvalidComponentException {
    int count = in.count("tables");
    for (int i = 0; i < count; i++) {
      boolean initialised = in.peek("a table") == 0x40;
      if (initialised) {
        in.skip(1, "a table");
        int at = in.position();
        if (in.u8("a table") != 0x00) {
          throw in.invalid("a table with an initial value starts with 0x40 0x00", at);
        }
      }
      tables.add(CoreTypes.tableType(in));
      if (initialised) {
        Instructions.expression(in, caps.blockNesting());
      }
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
            case 0x00 -> pick(functions, "function", in);
            case 0x01 -> pick(tables, "table", in);
            case 0x02 -> pick(memories, "memory", in);
            case 0x03 -> pick(globals, "global", in);
            case 0x04 -> pick(tags, "tag", in);
            default ->
                throw in.invalid(String.format("0x%02x is not the kind of an export", kind), at);
          };
      exports.add(new CoreModule.Export(name, type));
    }
  }

  private void code(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int count = in.count("function bodies");
    if (count != functions.size() - importedFunctions) {
      throw in.invalid(
          "the core module has "
              + (functions.size() - importedFunctions)
              + " functions, but "
              + count
              + " bodies",
          at);
    }
    for (int i = 0; i < count; i++) {
      Cursor body = in.slice(in.u32("the size of a function body"), "core function body");
      CoreExternType.Func type = (CoreExternType.Func) functions.get(importedFunctions + i);
      locals(body, type.type().parameters().size());
      Instructions.expression(body, caps.blockNesting());
      body.finish();
    }
  }

  private void locals(Cursor in, int parameters) throws InvalidComponentException {
    long locals = parameters;
    int at = in.position();
    int runs = in.count("runs of locals");
    for (int i = 0; i < runs; i++) {
      locals += in.u32("a number of locals");
      CoreTypes.valType(in);
      if (locals > caps.locals()) {
        throw in.invalid("a core function has more than " + caps.locals() + " locals", at);
      }
    }
  }

  private CoreExternType.Tag tag(Cursor in) throws InvalidComponentException {
    CoreTypes.tagAttribute(in);
    return new CoreExternType.Tag(typeAt(in));
  }

  private CoreFuncType typeAt(Cursor in) throws InvalidComponentException {
    return pick(types, "type", in);
  }

  private static <T> T pick(List<T> space, String what, Cursor in)
      throws InvalidComponentException {
    int at = in.position();
    int index = in.index(what + " index");
    if (index >= space.size()) {
      throw in.invalid(
          what
              + " index "
              + index
              + " is out of range: the core module has "
              + space.size()
              + " so far",
          at);
    }
    return space.get(index);
  }

  private static void add(
      CoreExternType item, List<CoreExternType> space, int most, String what, Cursor in)
      throws InvalidComponentException {
    space.add(item);
    if (space.size() > most) {
      throw in.invalid("the core module has more than " + most + " " + what, in.position());
    }
  }
}
