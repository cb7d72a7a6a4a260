package io.calcitewasm.component.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Wasm;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both kinds of memory read and write the same. */
final class MemoryKindTest {
  private static final CoreFuncType GROW =
      new CoreFuncType(List.of(CoreValType.I32), List.of(CoreValType.I32));

  /** {@code (memory (export "m") 1) (func (export "grow") (param i32) (result i32) …)}. */
  private static final byte[] MODULE =
      Wasm.module(
          Wasm.section(1, Wasm.vec(Wasm.of(0x60, 1, 0x7f, 1, 0x7f))),
          Wasm.section(3, Wasm.vec(0)),
          Wasm.section(5, Wasm.vec(Wasm.of(0, 1))),
          Wasm.section(7, Wasm.vec(Wasm.of("m", 2, 0), Wasm.of("grow", 0, 0))),
          Wasm.section(10, Wasm.vec(Wasm.of(6, 0, 0x20, 0, 0x40, 0, 0x0b))));

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(MemoryKind kind) throws Exception {
    try (GraalWasmEngine engine = new GraalWasmEngine(kind);
        CoreStore store = engine.openStore()) {
      CoreModule module = engine.parse(MODULE);
      store.run(
          () -> {
            CoreInstance instance = store.instantiate(module, Map.of());
            CoreMemory memory = store.memory(instance.export("m"));
            CoreFunction grow = store.function(instance.export("grow"), GROW);
            assertThat(memory.size()).isEqualTo(65_536);
            Random random = new Random(1);
            for (int length : new int[] {0, 1, 7, 8, 9, 100, 5_000}) {
              byte[] bytes = new byte[length];
              random.nextBytes(bytes);
              memory.write(65_536 - length, bytes);
              byte[] back = new byte[length];
              memory.read(65_536 - length, back);
              assertThat(back).isEqualTo(bytes);
            }
            memory.write(10, new byte[] {42});
            assertThat(grow.call(3)).isEqualTo(1);
            assertThat(memory.size()).isEqualTo(4 * 65_536);
            memory.write(200_000, new byte[] {7, 8, 9});
            byte[] back = new byte[3];
            memory.read(200_000, back);
            assertThat(back).containsExactly(7, 8, 9);
            byte[] kept = new byte[1];
            memory.read(10, kept);
            assertThat(kept).containsExactly(42);
            return null;
          });
    }
  }
}
