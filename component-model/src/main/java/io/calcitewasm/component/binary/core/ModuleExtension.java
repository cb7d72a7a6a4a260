package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a core module with things added and instructions replaced. What is added stands behind
 * what is there, so that no index changes; everything that is not concerned is copied byte for
 * byte. From {@link #empty()} it makes whole modules.
 */
public final class ModuleExtension {
  /** The kind of an exported function. */
  public static final int FUNCTION = 0;

  /** The kind of an exported memory. */
  public static final int MEMORY = 2;

  /** The kind of an exported global. */
  public static final int GLOBAL = 3;

  /** The sections in the order in which they stand. */
  private static final List<Integer> ORDER =
      List.of(
          CoreSection.TYPE,
          CoreSection.IMPORT,
          CoreSection.FUNCTION,
          CoreSection.TABLE,
          CoreSection.MEMORY,
          CoreSection.TAG,
          CoreSection.GLOBAL,
          CoreSection.EXPORT,
          CoreSection.START,
          CoreSection.ELEMENT,
          CoreSection.DATA_COUNT,
          CoreSection.CODE,
          CoreSection.DATA);

  /** Items for the end of a section. */
  private static final class Added {
    private int count;
    private final ByteArrayOutputStream items = new ByteArrayOutputStream();
  }

  /** Code in the place of the instruction in {@code [start, end)}. */
  private record Replacement(int start, int end, byte[] code) {}

  private final byte[] module;
  private final ModuleSurvey survey;
  private final Map<Integer, Added> added = new HashMap<>();
  private final Map<Integer, byte[]> rewrittenSections = new HashMap<>();
  private final List<Replacement> replacements = new ArrayList<>();
  private final Map<CoreFuncType, Integer> addedTypes = new LinkedHashMap<>();

  /**
   * A copy of a module that {@link CoreModuleReader} has read.
   *
   * @throws InvalidComponentException if it is malformed nevertheless
   */
  ModuleExtension(byte[] module) throws InvalidComponentException {
    this.module = module;
    this.survey = new ModuleSurvey(module);
  }

  /** A module without anything. */
  public static ModuleExtension empty() {
    try {
      return new ModuleExtension(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    } catch (InvalidComponentException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells a listener of every instruction of every function body, in order. */
  void eachInstruction(Instructions.Listener listener) throws InvalidComponentException {
    for (ModuleSurvey.Body body : survey.bodies) {
      eachInstruction(body, listener);
    }
  }

  /** Tells a listener of every instruction of one function body, in order. */
  void eachInstruction(ModuleSurvey.Body body, Instructions.Listener listener)
      throws InvalidComponentException {
    Cursor in = new Cursor(module, body.code(), body.end(), "core function body");
    Instructions.expression(in, Integer.MAX_VALUE, listener);
  }

  /** The function bodies in order. */
  List<ModuleSurvey.Body> bodies() {
    return survey.bodies;
  }

  /** Adds locals to a function body, numbered behind those that it has; before any replacement. */
  void addLocals(ModuleSurvey.Body body, List<CoreValType> types) throws InvalidComponentException {
    Cursor in = new Cursor(module, body.start(), body.code(), "core function body");
    int runs = in.count("runs of locals");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoreModuleRewriter.unsigned(out, runs + types.size());
    out.write(module, in.position(), body.code() - in.position());
    for (CoreValType type : types) {
      out.write(1);
      out.write(type.opcode());
    }
    replace(body.start(), body.code(), out.toByteArray());
  }

  /** The section of a kind, or null. */
  @Nullable Cursor section(int id) {
    for (CoreSection section : survey.sections) {
      if (section.id() == id) {
        return section.cursor(module);
      }
    }
    return null;
  }

  /** The globals that the module defines, as it was. */
  List<CoreExternType.Global> definedGlobals() {
    return survey.definedGlobals;
  }

  /** The memories that the module defines, as it was. */
  List<CoreExternType.Memory> definedMemories() {
    return survey.definedMemories;
  }

  /** What the module exports, as it was. */
  List<ModuleSurvey.Export> exports() {
    return survey.exports;
  }

  /** How many globals there are, imported ones included. */
  int globals() {
    return survey.globals;
  }

  /** How many memories are imported. */
  int importedMemories() {
    return survey.importedMemories;
  }

  /** How many memories there are, imported ones included. */
  int memories() {
    return survey.memories;
  }

  /** A type of the module, as it was. */
  CoreFuncType type(int index) {
    return survey.types.get(index);
  }

  /** Whether an export of that name exists. */
  boolean exports(String name) {
    return survey.exportNames.contains(name);
  }

  private Added added(int section) {
    return added.computeIfAbsent(section, id -> new Added());
  }

  private ByteArrayOutputStream add(int section) {
    Added end = added(section);
    end.count++;
    return end.items;
  }

  private int type(CoreFuncType type) {
    return addedTypes.computeIfAbsent(
        type,
        t -> {
          ByteArrayOutputStream out = add(CoreSection.TYPE);
          out.write(0x60);
          valTypes(out, t.parameters());
          valTypes(out, t.results());
          return survey.types.size() + addedTypes.size();
        });
  }

  private static void valTypes(ByteArrayOutputStream out, List<CoreValType> types) {
    CoreModuleRewriter.unsigned(out, types.size());
    types.forEach(type -> out.write(type.opcode()));
  }

  /** Adds a function and returns its index. */
  public int addFunction(CoreFuncType type, byte[] body) {
    int typeIndex = type(type);
    int index = survey.functions + added(CoreSection.FUNCTION).count;
    CoreModuleRewriter.unsigned(add(CoreSection.FUNCTION), typeIndex);
    sized(add(CoreSection.CODE), body);
    return index;
  }

  /** Adds a mutable global that starts as zero or null, and returns its index. */
  int addGlobal(CoreValType type) {
    int index = survey.globals + added(CoreSection.GLOBAL).count;
    ByteArrayOutputStream out = add(CoreSection.GLOBAL);
    out.write(type.opcode());
    out.write(1);
    out.writeBytes(
        switch (type) {
          case I32 -> new byte[] {0x41, 0};
          case I64 -> new byte[] {0x42, 0};
          case F32 -> new byte[] {0x43, 0, 0, 0, 0};
          case F64 -> new byte[] {0x44, 0, 0, 0, 0, 0, 0, 0, 0};
          case V128 -> {
            byte[] zero = new byte[18];
            zero[0] = (byte) 0xfd;
            zero[1] = 12;
            yield zero;
          }
          case FUNCREF, EXTERNREF -> new byte[] {(byte) 0xd0, (byte) type.opcode()};
        });
    out.write(0x0b);
    return index;
  }

  /** Adds a memory of a fixed size in pages and returns its index. */
  int addMemory(int pages) {
    return addMemory(pages, pages);
  }

  /** Adds a memory and returns its index; sizes in pages. */
  public int addMemory(int minimum, int maximum) {
    int index = survey.memories + added(CoreSection.MEMORY).count;
    memoryLimits(add(CoreSection.MEMORY), minimum, maximum);
    return index;
  }

  /** Imports a function, before any is added. Returns its index. */
  public int importFunction(String from, String name, CoreFuncType type) {
    int typeIndex = type(type);
    ByteArrayOutputStream out = add(CoreSection.IMPORT);
    name(out, from);
    name(out, name);
    out.write(0x00);
    CoreModuleRewriter.unsigned(out, typeIndex);
    return survey.functions++;
  }

  /** Imports a memory of any size, into a module that defines none. Returns its index. */
  public int importMemory(String from, String name) {
    ByteArrayOutputStream out = add(CoreSection.IMPORT);
    name(out, from);
    name(out, name);
    out.writeBytes(new byte[] {0x02, 0x00, 0x00});
    survey.memories++;
    return survey.importedMemories++;
  }

  /** Imports a memory of a fixed size in pages; the module must define none. Returns its index. */
  int importMemory(String from, String name, int pages) {
    ByteArrayOutputStream out = add(CoreSection.IMPORT);
    name(out, from);
    name(out, name);
    out.write(0x02);
    memoryLimits(out, pages, pages);
    return survey.importedMemories;
  }

  static void memoryLimits(ByteArrayOutputStream out, long minimum, long maximum) {
    out.write(1);
    CoreModuleRewriter.unsigned(out, minimum);
    CoreModuleRewriter.unsigned(out, maximum);
  }

  /**
   * Adds an export.
   *
   * @param kind {@link #FUNCTION}, {@link #MEMORY} or {@link #GLOBAL}
   */
  public void export(String name, int kind, int index) {
    ByteArrayOutputStream out = add(CoreSection.EXPORT);
    name(out, name);
    out.write(kind);
    CoreModuleRewriter.unsigned(out, index);
  }

  /** Adds bytes that a memory other than the first starts with, at address 0. */
  void addData(int memory, byte[] bytes) {
    ByteArrayOutputStream out = add(CoreSection.DATA);
    out.write(2);
    CoreModuleRewriter.unsigned(out, memory);
    out.writeBytes(new byte[] {0x41, 0, 0x0b});
    sized(out, bytes);
  }

  /** Writes a section anew; what is added to it still comes behind. */
  void rewriteSection(int id, byte[] content) {
    rewrittenSections.put(id, content);
  }

  /** Puts code in the place of an instruction; instructions come in order. */
  void replace(int start, int end, byte[] code) {
    replacements.add(new Replacement(start, end, code));
  }

  /** The copy. */
  public byte[] write() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(module.length + 4096);
    out.write(
        module, 0, survey.sections.isEmpty() ? module.length : survey.sections.getFirst().start());
    int next = 0;
    for (CoreSection section : survey.sections) {
      if (section.id() != CoreSection.CUSTOM) {
        int place = ORDER.indexOf(section.id());
        while (next < place) {
          missing(out, ORDER.get(next++));
        }
        next = place + 1;
      }
      existing(out, section);
    }
    while (next < ORDER.size()) {
      missing(out, ORDER.get(next++));
    }
    return out.toByteArray();
  }

  private void missing(ByteArrayOutputStream out, int id) {
    Added end = added.get(id);
    if (end != null) {
      section(out, id, counted(end.count, new byte[0], end.items.toByteArray()));
    }
  }

  private void existing(ByteArrayOutputStream out, CoreSection section) {
    int id = section.id();
    Added end = added.get(id);
    if (id == CoreSection.CODE) {
      section(out, id, code(end));
    } else if (id == CoreSection.DATA_COUNT && added.containsKey(CoreSection.DATA)) {
      byte[] content = Arrays.copyOfRange(module, section.content(), section.end());
      section(out, id, counted(count(content) + added(CoreSection.DATA).count, content, null));
    } else if (end != null || rewrittenSections.containsKey(id)) {
      byte[] content = rewrittenSections.get(id);
      if (content == null) {
        content = Arrays.copyOfRange(module, section.content(), section.end());
      }
      int more = end == null ? 0 : end.count;
      byte[] items = end == null ? new byte[0] : end.items.toByteArray();
      byte[] old = Arrays.copyOfRange(content, countLength(content), content.length);
      section(out, id, counted(count(content) + more, old, items));
    } else {
      out.write(module, section.start(), section.end() - section.start());
    }
  }

  private byte[] code(@Nullable Added end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int next = 0;
    for (ModuleSurvey.Body body : survey.bodies) {
      ByteArrayOutputStream code = new ByteArrayOutputStream(body.end() - body.start() + 64);
      int done = body.start();
      while (next < replacements.size() && replacements.get(next).start < body.end()) {
        Replacement replacement = replacements.get(next++);
        code.write(module, done, replacement.start - done);
        code.writeBytes(replacement.code);
        done = replacement.end;
      }
      code.write(module, done, body.end() - done);
      sized(out, code.toByteArray());
    }
    int more = end == null ? 0 : end.count;
    byte[] items = end == null ? new byte[0] : end.items.toByteArray();
    return counted(survey.bodies.size() + more, out.toByteArray(), items);
  }

  private static int count(byte[] content) {
    int count = 0;
    for (int i = 0, shift = 0; ; i++, shift += 7) {
      count |= (content[i] & 0x7f) << shift;
      if (content[i] >= 0) {
        return count;
      }
    }
  }

  private static int countLength(byte[] content) {
    int length = 1;
    while (content[length - 1] < 0) {
      length++;
    }
    return length;
  }

  /** A count and its items; {@code more} null means a count without items. */
  private static byte[] counted(int count, byte[] items, byte @Nullable [] more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoreModuleRewriter.unsigned(out, count);
    if (more != null) {
      out.writeBytes(items);
      out.writeBytes(more);
    }
    return out.toByteArray();
  }

  private static void section(ByteArrayOutputStream out, int id, byte[] content) {
    out.write(id);
    sized(out, content);
  }

  private static void sized(ByteArrayOutputStream out, byte[] content) {
    CoreModuleRewriter.unsigned(out, content.length);
    out.writeBytes(content);
  }

  private static void name(ByteArrayOutputStream out, String name) {
    sized(out, name.getBytes(StandardCharsets.UTF_8));
  }
}
