package io.calcitewasm.component;

import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.canons;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.exportOf;
import static io.calcitewasm.component.Wasm.exports;
import static io.calcitewasm.component.Wasm.libraryInstance;
import static io.calcitewasm.component.Wasm.lift;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.use;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.WitPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Types of hundreds of bytes in the file that have hundreds of thousands of parts. */
@Timeout(20)
class HugeTypesTest {
  private static final int FUNC = 0x01;
  private static final int DOUBLINGS = 17;

  /** A function of one parameter: 131,072 numbers in tuples of tuples. */
  private static byte[] hostile() {
    Object[] defined = new Object[DOUBLINGS + 1];
    defined[0] = of(0x6f, vec(U32, U32));
    for (int i = 1; i < DOUBLINGS; i++) {
      defined[i] = of(0x6f, vec(use(i - 1), use(i - 1)));
    }
    defined[DOUBLINGS] = procedure("x", use(DOUBLINGS - 1));
    return component(
        libraryInstance(),
        types(defined),
        canons(lift(2, DOUBLINGS, of(0x03, 0), of(0x04, 0))),
        exports(exportOf("f", FUNC, 0)));
  }

  @Test
  void aFunctionOfOneHasNoRowLoop() throws Exception {
    Component component = Component.read(hostile());
    LinkedComponent linked = Guest.engine().link(component, Linker.builder().build());
    try (Instance instance = linked.instantiate(InstanceOptions.DEFAULT.withManyCalls())) {
      assertThat(instance.rowDriver("", "f")).isEmpty();
    }
    assertThat(component.exports().get("f"))
        .isInstanceOfSatisfying(
            ExternType.Func.class,
            function ->
                assertThat(WitPrinter.shortFunction("f", function.type())).isEqualTo("f: func(…)"));
  }
}
