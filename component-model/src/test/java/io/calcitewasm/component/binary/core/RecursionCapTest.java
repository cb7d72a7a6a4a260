package io.calcitewasm.component.binary.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreModule;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.core.GraalWasmEngine;
import io.calcitewasm.component.core.MemoryKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecursionCapTest {
  private static final CoreFuncType TYPE =
      new CoreFuncType(List.of(CoreValType.I32), List.of(CoreValType.I32));

  /** Two functions: the first counts down by calling itself, the second calls the first. */
  private static byte[] countDown(String exportedAlso) {
    ModuleExtension module = ModuleExtension.empty();
    CodeWriter down =
        new CodeWriter()
            .get(0)
            .op(0x04, 0x7f) // if
            .get(0)
            .i32(1)
            .op(0x6b) // i32.sub
            .op(0x10, 0) // call
            .op(0x05) // else
            .i32(7)
            .op(0x0b);
    module.addFunction(TYPE, down.body(List.of()));
    int second = module.addFunction(TYPE, new CodeWriter().get(0).op(0x10, 0).body(List.of()));
    module.export("f", ModuleExtension.FUNCTION, second);
    module.export(exportedAlso, ModuleExtension.FUNCTION, second);
    return module.write();
  }

  private static byte[] capped(byte[] module, int stack) throws Exception {
    Recursion recursion =
        new Recursion(new int[] {0, Recursion.NONE}, Map.of(), new boolean[0], stack);
    return RecursionCap.rewrite(module, recursion, List.of(3, 2));
  }

  private static byte[] body(byte[] module, int number) throws Exception {
    ModuleSurvey.Body body = new ModuleSurvey(module).bodies.get(number);
    return Arrays.copyOfRange(module, body.start(), body.end());
  }

  @Test
  void onlyFunctionsThatCanComeBackAreChanged() throws Exception {
    byte[] module = countDown("g");
    byte[] capped = capped(module, 1_000);
    CoreCaps caps = new CoreCaps(100, 100, 100, 100, 100);
    CoreModuleReader.read(capped, 0, capped.length, caps);
    assertThat(body(capped, 0)).isNotEqualTo(body(module, 0));
    assertThat(body(capped, 1)).isEqualTo(body(module, 1));
  }

  @Test
  void theCallThatWouldTakeTooMuchTrapsWhateverTheGuestExports() throws Exception {
    int deep = 100;
    for (String exported : List.of("g", RecursionCap.EXHAUSTED, RecursionCap.EXHAUSTED + "'")) {
      byte[] capped = capped(countDown(exported), deep * RecursionCap.cost(3));
      try (GraalWasmEngine engine = new GraalWasmEngine(MemoryKind.HEAP);
          CoreStore store = engine.openStore()) {
        CoreModule parsed = engine.parse(capped);
        CoreFunction f =
            store.run(() -> store.function(store.instantiate(parsed, Map.of()).export("f"), TYPE));
        for (int i = 0; i < 10; i++) {
          assertThat(store.run(() -> f.call(deep))).isEqualTo(7);
        }
        TrapException trap =
            catchThrowableOfType(TrapException.class, () -> store.run(() -> f.call(deep + 1)));
        assertThat(trap).isNotNull();
        assertThat(trap.kind()).isEqualTo(TrapException.Kind.STACK);
      }
    }
  }
}
