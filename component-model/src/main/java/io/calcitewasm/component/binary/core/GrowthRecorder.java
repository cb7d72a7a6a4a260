package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a module count how often a {@code memory.grow} of its own was refused, in a global that it
 * exports. Without that nobody but the guest knows. Each {@code memory.grow} becomes a call of a
 * function added at the end, so no index changes; everything else is copied byte for byte.
 */
public final class GrowthRecorder {
  /** The exported global, an i32. */
  public static final String REFUSALS = "calcite-wasm:refused-growths";

  /** One {@code memory.grow} in the module. */
  private record Growth(int start, int end, int memory) {}

  /** One function body, from the byte behind its size. */
  private record Body(int start, int end, List<Growth> growths) {}

  private final byte[] module;
  private final List<CoreSection> sections;
  private final List<Body> bodies = new ArrayList<>();

  /** Memories that are grown; the function for the i-th is the i-th added. */
  private final List<Integer> memories = new ArrayList<>();

  private int types;
  private int functions;
  private int globals;
  private boolean nameTaken;

  private GrowthRecorder(byte[] module) throws InvalidComponentException {
    this.module = module;
    this.sections = CoreSection.split(module, 0, module.length);
    for (CoreSection section : sections) {
      survey(section.id(), section.cursor(module));
    }
  }

  /**
   * A copy that counts, or nothing if the module has nothing to count.
   *
   * @param module a module that {@link CoreModuleReader} has read
   * @throws InvalidComponentException if it is malformed nevertheless
   */
  public static Optional<byte[]> record(byte[] module) throws InvalidComponentException {
    GrowthRecorder recorder = new GrowthRecorder(module);
    return recorder.memories.isEmpty() || recorder.nameTaken
        ? Optional.empty()
        : Optional.of(recorder.rewritten());
  }

  private void survey(int id, Cursor in) throws InvalidComponentException {
    switch (id) {
      case CoreSection.TYPE -> types = in.count("types");
      case CoreSection.IMPORT -> {
        int count = in.count("imports");
        for (int i = 0; i < count; i++) {
          imported(in);
        }
      }
      case CoreSection.FUNCTION -> functions += in.count("functions");
      case CoreSection.GLOBAL -> globals += in.count("globals");
      case CoreSection.EXPORT -> {
        int count = in.count("exports");
        for (int i = 0; i < count; i++) {
          nameTaken |= in.name("export's name").equals(REFUSALS);
          in.u8("the kind of an export");
          in.u32("an index");
        }
      }
      case CoreSection.CODE -> {
        int count = in.count("function bodies");
        for (int i = 0; i < count; i++) {
          bodies.add(body(in.slice(in.u32("the size of a function body"), "core function body")));
        }
      }
      default -> {}
    }
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
      case 0x02 -> CoreTypes.memoryType(in);
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

  private Body body(Cursor in) throws InvalidComponentException {
    int start = in.position();
    int runs = in.count("runs of locals");
    for (int i = 0; i < runs; i++) {
      in.u32("a number of locals");
      CoreTypes.valType(in);
    }
    List<Growth> growths = new ArrayList<>();
    Instructions.expression(
        in,
        Integer.MAX_VALUE,
        (opcode, from, to) -> {
          if (opcode == 0x40) {
            int memory = new Cursor(module, from + 1, to, "memory.grow").index("memory index");
            growths.add(new Growth(from, to, memory));
            if (!memories.contains(memory)) {
              memories.add(memory);
            }
          }
        });
    return new Body(start, in.end(), growths);
  }

  private byte[] rewritten() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(module.length + 256);
    out.write(module, 0, sections.getFirst().start());
    boolean hasGlobals = false;
    boolean hasExports = false;
    for (CoreSection section : sections) {
      if (!hasGlobals && follows(section, CoreSection.GLOBAL)) {
        section(out, CoreSection.GLOBAL, extended(0, new byte[0], 1, global()));
        hasGlobals = true;
      }
      if (!hasExports && follows(section, CoreSection.EXPORT)) {
        section(out, CoreSection.EXPORT, extended(0, new byte[0], 1, export()));
        hasExports = true;
      }
      switch (section.id()) {
        case CoreSection.TYPE ->
            section(out, section.id(), extended(section, 1, new byte[] {0x60, 1, I32, 1, I32}));
        case CoreSection.FUNCTION ->
            section(out, section.id(), extended(section, memories.size(), functionTypes()));
        case CoreSection.GLOBAL -> {
          section(out, section.id(), extended(section, 1, global()));
          hasGlobals = true;
        }
        case CoreSection.EXPORT -> {
          section(out, section.id(), extended(section, 1, export()));
          hasExports = true;
        }
        case CoreSection.CODE -> section(out, section.id(), code());
        default -> out.write(module, section.start(), section.end() - section.start());
      }
    }
    return out.toByteArray();
  }

  private static final byte I32 = 0x7f;

  /** Whether a section of the kind would have to stand before this one. */
  private static boolean follows(CoreSection section, int kind) {
    return switch (section.id()) {
      case CoreSection.START,
          CoreSection.ELEMENT,
          CoreSection.DATA_COUNT,
          CoreSection.CODE,
          CoreSection.DATA ->
          true;
      case CoreSection.EXPORT -> kind == CoreSection.GLOBAL;
      default -> false;
    };
  }

  private byte[] functionTypes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < memories.size(); i++) {
      CoreModuleRewriter.unsigned(out, types);
    }
    return out.toByteArray();
  }

  /** {@code (global (mut i32) (i32.const 0))}. */
  private static byte[] global() {
    return new byte[] {I32, 1, 0x41, 0, 0x0b};
  }

  private byte[] export() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] name = REFUSALS.getBytes(StandardCharsets.UTF_8);
    CoreModuleRewriter.unsigned(out, name.length);
    out.writeBytes(name);
    out.write(0x03);
    CoreModuleRewriter.unsigned(out, globals);
    return out.toByteArray();
  }

  private byte[] code() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoreModuleRewriter.unsigned(out, bodies.size() + memories.size());
    for (Body body : bodies) {
      sized(out, rewritten(body));
    }
    for (int memory : memories) {
      sized(out, growing(memory));
    }
    return out.toByteArray();
  }

  private byte[] rewritten(Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int done = body.start();
    for (Growth growth : body.growths()) {
      out.write(module, done, growth.start() - done);
      out.write(0x10);
      CoreModuleRewriter.unsigned(out, functions + memories.indexOf(growth.memory()));
      done = growth.end();
    }
    out.write(module, done, body.end() - done);
    return out.toByteArray();
  }

  /** Grows a memory, counts a refusal, and returns what {@code memory.grow} gave. */
  private byte[] growing(int memory) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0x20, 0, 0x40}); // no locals; local.get 0; memory.grow
    CoreModuleRewriter.unsigned(out, memory);
    out.writeBytes(
        new byte[] {0x22, 0, 0x41, 0x7f, 0x46, 0x04, 0x40}); // local.tee 0; -1; i32.eq; if
    out.write(0x23); // global.get
    CoreModuleRewriter.unsigned(out, globals);
    out.writeBytes(new byte[] {0x41, 1, 0x6a, 0x24}); // i32.const 1; i32.add; global.set
    CoreModuleRewriter.unsigned(out, globals);
    out.writeBytes(new byte[] {0x0b, 0x20, 0, 0x0b}); // end; local.get 0; end
    return out.toByteArray();
  }

  private byte[] extended(CoreSection section, int more, byte[] items) {
    int count = 0;
    int position = section.content();
    for (int shift = 0; ; shift += 7) {
      int b = module[position++];
      count |= (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    byte[] old = Arrays.copyOfRange(module, position, section.end());
    return extended(count, old, more, items);
  }

  private static byte[] extended(int count, byte[] old, int more, byte[] items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoreModuleRewriter.unsigned(out, count + more);
    out.writeBytes(old);
    out.writeBytes(items);
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
}
