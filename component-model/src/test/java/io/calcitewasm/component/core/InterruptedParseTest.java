package io.calcitewasm.component.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.TrapException.Kind;
import io.calcitewasm.component.Wasm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row loops and host functions have modules parsed inside a call, which can be interrupted. */
@Timeout(60)
final class InterruptedParseTest {
  private static final int ROUNDS = 100;

  /** A valid module, different for each number. */
  private static byte[] module(int number) {
    return Wasm.module(Wasm.custom("number", Wasm.leb(number)));
  }

  @Test
  void anInterruptWhileModulesAreParsedIsNoFaultOfTheirs() throws Exception {
    try (GraalWasmEngine engine = new GraalWasmEngine(MemoryKind.HEAP)) {
      for (int round = 0; round < ROUNDS; round++) {
        try (CoreStore store = engine.openStore()) {
          TrapException trap =
              catchThrowableOfType(
                  TrapException.class, () -> store.run(() -> parseUntilInterrupted(engine, store)));
          assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
        }
        assertThat(Thread.interrupted()).isFalse();
        assertThat(engine.parse(module(0))).isNotNull();
      }
    }
  }

  private static Void parseUntilInterrupted(CoreEngine engine, CoreStore store) {
    store.interrupt();
    for (int number = 0; true; number++) {
      try {
        engine.parse(module(number));
      } catch (CoreModuleException e) {
        throw new AssertionError("told as a fault of the module", e);
      }
    }
  }
}
