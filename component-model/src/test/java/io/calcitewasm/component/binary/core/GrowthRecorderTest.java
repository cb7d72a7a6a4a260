package io.calcitewasm.component.binary.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Wasm;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreGlobal;
import io.calcitewasm.component.core.CoreInstance;
import io.calcitewasm.component.core.CoreModule;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.core.GraalWasmEngine;
import io.calcitewasm.component.core.MemoryKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GrowthRecorderTest {
  private static final CoreFuncType GROW =
      new CoreFuncType(List.of(CoreValType.I32), List.of(CoreValType.I32));

  private static byte[] body(Object... code) {
    byte[] bytes = Wasm.of(code);
    return Wasm.of(Wasm.leb(bytes.length), bytes);
  }

  /** Two memories of at most 2 pages, each with a function that grows it. */
  private static byte[] twoMemories(Object... extraSections) {
    return Wasm.module(
        Wasm.custom("before", 1, 2, 3),
        Wasm.section(1, Wasm.vec(Wasm.of(0x60, 1, 0x7f, 1, 0x7f))),
        Wasm.section(3, Wasm.vec(0, 0)),
        Wasm.section(5, Wasm.vec(Wasm.of(1, 1, 2), Wasm.of(1, 1, 2))),
        Wasm.of(extraSections),
        Wasm.section(7, Wasm.vec(Wasm.of("first", 0, 0), Wasm.of("second", 0, 1))),
        Wasm.section(
            10,
            Wasm.vec(
                body(0, 0x20, 0, 0x40, 0, 0x0b), body(1, 200, 1, 0x7f, 0x20, 0, 0x40, 1, 0x0b))),
        Wasm.custom("after", 4));
  }

  @Test
  void aModuleThatNeverGrowsStaysAsItIs() throws Exception {
    byte[] still =
        Wasm.module(
            Wasm.section(1, Wasm.vec(Wasm.of(0x60, 0, 1, 0x7f))),
            Wasm.section(3, Wasm.vec(0)),
            Wasm.section(5, Wasm.vec(Wasm.of(0, 1))),
            Wasm.section(10, Wasm.vec(body(0, 0x3f, 0, 0x0b))));
    assertThat(GrowthRecorder.record(still)).isEmpty();
  }

  @Test
  void refusalsOfEveryMemoryAreCountedAndAnswersStay() throws Exception {
    assertCounts(GrowthRecorder.record(twoMemories()).orElseThrow());
  }

  @Test
  void globalsOfTheModuleKeepTheirPlaces() throws Exception {
    byte[] global = Wasm.section(6, Wasm.vec(Wasm.of(0x7f, 0, 0x41, 7, 0x0b)));
    assertCounts(GrowthRecorder.record(twoMemories((Object) global)).orElseThrow());
  }

  @Test
  void customSectionsComeThrough() throws Exception {
    byte[] recording = GrowthRecorder.record(twoMemories()).orElseThrow();
    CoreCaps caps = new CoreCaps(100, 100, 1000, 100, 100);
    io.calcitewasm.component.binary.core.CoreModule read =
        CoreModuleReader.read(recording, 0, recording.length, caps);
    assertThat(read.customSections()).extracting("name").containsExactly("before", "after");
    assertThat(read.exports())
        .extracting("name")
        .containsExactly("first", "second", GrowthRecorder.REFUSALS, GrowthRecorder.MEMORY);
  }

  private static void assertCounts(byte[] recording) throws Exception {
    try (GraalWasmEngine engine = new GraalWasmEngine(MemoryKind.HEAP);
        CoreStore store = engine.openStore()) {
      CoreModule module = engine.parse(recording);
      store.run(
          () -> {
            CoreInstance instance = store.instantiate(module, Map.of());
            CoreFunction first = store.function(instance.export("first"), GROW);
            CoreFunction second = store.function(instance.export("second"), GROW);
            CoreGlobal refusals = store.global(instance.export(GrowthRecorder.REFUSALS));
            assertThat(first.call(1)).isEqualTo(1);
            assertThat(refusals.getInt()).isZero();
            assertThat((int) first.call(1)).isEqualTo(-1);
            assertThat((int) second.call(5)).isEqualTo(-1);
            assertThat(refusals.getInt()).isEqualTo(2);
            assertThat(second.call(1)).isEqualTo(1);
            assertThat((int) second.call(0)).isEqualTo(2);
            assertThat(refusals.getInt()).isEqualTo(2);
            return null;
          });
    }
  }
}
