package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import org.junit.jupiter.api.Test;

/** What the memories and tables of all core instances may hold together. */
final class GrowthShareTest {

  /** {@code (memory (export "m") 1) (func (export "grow-all") (result i32) …)}. */
  private static final byte[] GROWING =
      Wasm.module(
          Wasm.section(1, Wasm.vec(Wasm.of(0x60, 0, 1, 0x7f))),
          Wasm.section(3, Wasm.vec(0)),
          Wasm.section(5, Wasm.vec(Wasm.of(0, 1))),
          Wasm.section(7, Wasm.vec(Wasm.of("grow-all", 0, 0))),
          Wasm.section(
              10,
              Wasm.vec(
                  Wasm.of(
                      // (loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                      // (memory.size)
                      16,
                      0,
                      0x03,
                      0x40,
                      0x41,
                      1,
                      0x40,
                      0,
                      0x41,
                      0x7f,
                      0x47,
                      0x0d,
                      0,
                      0x0b,
                      0x3f,
                      0,
                      0x0b))));

  @Test
  void oneMemoryMayHaveEverything() {
    assertThat(pagesOfEach(1, 64)).containsExactly(64L);
  }

  @Test
  void severalMemoriesDivideWhatIsLeft() {
    assertThat(pagesOfEach(3, 64)).containsExactly(21L, 21L, 21L);
  }

  @Test
  void memoriesThatDoNotFitFromTheStartAreRefused() {
    TrapException trap = catchThrowableOfType(TrapException.class, () -> pagesOfEach(3, 2));
    assertThat(trap.kind()).isEqualTo(Kind.GUEST);
    assertThat(trap.memoryRefused()).isTrue();
    assertThat(trap).hasMessageContaining("start with 196608 bytes, more than the 131072 allowed");
  }

  /** Grows the memories of several instances of one module, one after the other. */
  private static Long[] pagesOfEach(int instances, int pages) {
    Object[] core = new Object[instances];
    Object[] aliases = new Object[instances];
    Object[] lifts = new Object[instances];
    Object[] exports = new Object[instances];
    for (int i = 0; i < instances; i++) {
      core[i] = Wasm.of(0x00, 0x00, 0);
      aliases[i] = Wasm.of(0x00, 0x00, 0x01, i, "grow-all");
      lifts[i] = Wasm.of(0x00, 0x00, i, 0, 0);
      exports[i] = Wasm.of(0x00, "grow-" + (char) ('a' + i), 0x01, i, 0x00);
    }
    byte[] component =
        Wasm.component(
            Wasm.section(1, (Object) GROWING),
            Wasm.section(2, Wasm.vec(core)),
            Wasm.section(6, Wasm.vec(aliases)),
            Wasm.section(7, Wasm.vec(Wasm.of(0x40, 0, 0x00, Wasm.U32))),
            Wasm.section(8, Wasm.vec(lifts)),
            Wasm.section(11, Wasm.vec(exports)));
    try {
      LinkedComponent linked =
          Guest.engine().link(Component.read(component), Linker.builder().build());
      InstanceOptions options = InstanceOptions.DEFAULT.withMemoryBytes(pages * 65_536L);
      try (Instance instance = linked.instantiate(options)) {
        Long[] grown = new Long[instances];
        for (int i = 0; i < instances; i++) {
          grown[i] = (Long) instance.function("", "grow-" + (char) ('a' + i)).call();
        }
        return grown;
      }
    } catch (InvalidComponentException | LinkException e) {
      throw new AssertionError(e);
    }
  }
}
