package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a module count how often a {@code memory.grow} of its own was refused, in a global that it
 * exports. Without that nobody but the guest knows. Each {@code memory.grow} becomes a call of a
 * function added at the end, so no index changes; everything else is copied byte for byte.
 */
public final class GrowthRecorder {
  /** The exported global, an i32. */
  public static final String REFUSALS = "calcite-wasm:refused-growths";

  /** The module's own first memory, exported beside the count if it has one. */
  public static final String MEMORY = "calcite-wasm:memory";

  private static final int MEMORY_GROW = 0x40;

  /** One {@code memory.grow} in the module. */
  private record Growth(int start, int end, int memory) {}

  private GrowthRecorder() {}

  /**
   * A copy that counts, or nothing if the module has nothing to count.
   *
   * @param module a module that {@link CoreModuleReader} has read
   * @throws InvalidComponentException if it is malformed nevertheless
   */
  public static Optional<byte[]> record(byte[] module) throws InvalidComponentException {
    ModuleExtension extension = new ModuleExtension(module);
    List<Growth> growths = new ArrayList<>();
    extension.eachInstruction(
        (opcode, start, end) -> {
          if (opcode == MEMORY_GROW) {
            Cursor immediate = new Cursor(module, start + 1, end, "memory.grow");
            growths.add(new Growth(start, end, immediate.index("memory index")));
          }
        });
    if (growths.isEmpty() || extension.exports(REFUSALS) || extension.exports(MEMORY)) {
      return Optional.empty();
    }
    int refusals = extension.addGlobal(CoreValType.I32);
    extension.export(REFUSALS, ModuleExtension.GLOBAL, refusals);
    if (exportsMemory(extension)) {
      extension.export(MEMORY, ModuleExtension.MEMORY, 0);
    }
    Map<Integer, Integer> growers = new HashMap<>();
    for (Growth growth : growths) {
      int grower =
          growers.computeIfAbsent(
              growth.memory,
              memory -> extension.addFunction(UndoCode.GROW, growing(memory, refusals)));
      extension.replace(growth.start, growth.end, new CodeWriter().op(0x10, grower).code());
    }
    return Optional.of(extension.write());
  }

  private static boolean exportsMemory(ModuleExtension extension) {
    return extension.importedMemories() == 0 && extension.memories() > 0;
  }

  /** Grows a memory, counts a refusal, and returns what {@code memory.grow} gave. */
  private static byte[] growing(int memory, int refusals) {
    return new CodeWriter()
        .get(0)
        .op(MEMORY_GROW, memory)
        .tee(0)
        .i32(-1)
        .op(0x46) // i32.eq
        .op(0x04, 0x40) // if
        .op(0x23, refusals) // global.get
        .i32(1)
        .op(0x6a) // i32.add
        .op(0x24, refusals) // global.set
        .op(0x0b)
        .get(0)
        .body(List.of());
  }
}
