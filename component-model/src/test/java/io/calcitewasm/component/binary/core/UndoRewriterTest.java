package io.calcitewasm.component.binary.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreInstance;
import io.calcitewasm.component.core.CoreMemory;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.core.GraalWasmEngine;
import io.calcitewasm.component.core.MemoryKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random guests that are undone are as they were, and answer as fresh ones do. */
final class UndoRewriterTest {
  private static final CoreFuncType NOTHING = new CoreFuncType(List.of(), List.of());
  private static final CoreFuncType ANSWER = new CoreFuncType(List.of(), List.of(CoreValType.I32));

  private static final int CALLS = 400;

  /** So many calls share what the log lists. */
  private static final int CALLS_OF_LOG = 7;

  @Test
  void everyByteAndGlobalOfARandomGuestGoesBack() throws Exception {
    try (GraalWasmEngine engine = new GraalWasmEngine(MemoryKind.DIRECT)) {
      int changing = 0;
      for (int seed = 0; seed < 150; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] module = RandomGuest.module(random);
        CoreModuleReader.read(
            module, 0, module.length, new CoreCaps(1_000, 1_000, 1_000, 1_000, 1_000));
        changing += check(engine, module, seed, seed < 10 ? CALLS : 80) ? 1 : 0;
      }
      assertThat(changing).isGreaterThan(100);
    }
  }

  @Test
  void rangesThatOverlapAreCopiedAsTheyWere() throws Exception {
    ModuleExtension module = ModuleExtension.empty();
    module.export("memory", ModuleExtension.MEMORY, module.addMemory(1, 1));
    CodeWriter copy = new CodeWriter().get(0).get(1).get(2).copy(0, 0);
    CoreFuncType type =
        new CoreFuncType(List.of(CoreValType.I32, CoreValType.I32, CoreValType.I32), List.of());
    module.export("f", ModuleExtension.FUNCTION, module.addFunction(type, copy.body(List.of())));
    byte[] bytes = ((UndoRewriter.Undoable) UndoRewriter.rewrite(module.write(), 64)).module();
    SplittableRandom random = new SplittableRandom(3);
    try (GraalWasmEngine engine = new GraalWasmEngine(MemoryKind.DIRECT);
        CoreStore store = engine.openStore()) {
      io.calcitewasm.component.core.CoreModule parsed = engine.parse(bytes);
      int _ =
          store.run(
              () -> {
                CoreInstance instance = store.instantiate(parsed, Map.of());
                CoreMemory memory = store.memory(instance.export("memory"));
                byte[] expected = new byte[(int) memory.size()];
                random.nextBytes(expected);
                memory.write(0, expected);
                store.function(instance.export(UndoLog.MARK), NOTHING).call();
                byte[] marked = expected.clone();
                CoreFunction f = store.function(instance.export("f"), type);
                for (int count = 0; count <= 40; count++) {
                  for (int i = 0; i < 60; i++) {
                    // The last bytes of the memory, too.
                    int to = expected.length - count - random.nextInt(50);
                    int from = expected.length - count - random.nextInt(50);
                    System.arraycopy(expected, from, expected, to, count);
                    f.call(to, from, count);
                  }
                  assertThat(content(memory)).as("%d bytes", count).isEqualTo(expected);
                }
                assertThat(store.function(instance.export(UndoLog.UNDO), ANSWER).call()).isZero();
                assertThat(content(memory)).isEqualTo(marked);
                return 0;
              });
    }
  }

  /** Whether calls changed memory at all. */
  private static boolean check(GraalWasmEngine engine, byte[] module, int seed, int calls)
      throws Exception {
    UndoRewriter.Undoable undoable = (UndoRewriter.Undoable) UndoRewriter.rewrite(module, 64);
    io.calcitewasm.component.core.CoreModule rewritten = engine.parse(undoable.module());
    io.calcitewasm.component.core.CoreModule original = engine.parse(module);
    SplittableRandom random = new SplittableRandom(seed);
    try (CoreStore store = engine.openStore()) {
      return store.run(
          () -> {
            CoreInstance instance = store.instantiate(rewritten, Map.of());
            CoreFunction f = store.function(instance.export("f"), RandomGuest.TYPE);
            CoreFunction undo = store.function(instance.export(UndoLog.UNDO), ANSWER);
            CoreFunction forget = store.function(instance.export(UndoLog.FORGET), NOTHING);
            CoreMemory memory = store.memory(instance.export(UndoLog.MEMORY));
            long[] before = {random.nextInt(), random.nextInt()};
            long[] arguments = {random.nextInt(), random.nextInt()};
            f.call(before);
            store.function(instance.export(UndoLog.MARK), NOTHING).call();
            byte[] marked = content(memory);
            CoreFunction fresh =
                store.function(store.instantiate(original, Map.of()).export("f"), RandomGuest.TYPE);
            fresh.call(before);
            long expected = fresh.call(arguments);
            assertThat(f.call(arguments)).as("seed %d", seed).isEqualTo(expected);
            boolean changed = !Arrays.equals(content(memory), marked);
            boolean undone = undo.call() == 0;
            for (int call = 0; undone && call < calls; call++) {
              assertThat(Arrays.mismatch(marked, content(memory)))
                  .as("seed %d, call %d: the first byte that differs", seed, call)
                  .isEqualTo(-1);
              assertThat(f.call(arguments)).as("seed %d, call %d", seed, call).isEqualTo(expected);
              undone = undo.call() == 0;
              f.call(random.nextInt(), random.nextInt());
              undone &= undo.call() == 0;
              if (call % CALLS_OF_LOG == 0) {
                forget.call();
              }
            }
            return changed;
          });
    }
  }

  private static byte[] content(CoreMemory memory) {
    byte[] content = new byte[(int) memory.size()];
    memory.read(0, content);
    return content;
  }
}
