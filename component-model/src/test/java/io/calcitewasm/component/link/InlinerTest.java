package io.calcitewasm.component.link;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.Guest;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.Linker;
import io.calcitewasm.component.Wasm;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class InlinerTest {

  @Test
  void manyInstancesOfALongComponentAreRefusedBeforeTheyCostGigabytes() throws Exception {
    // 7,000 aliases of one core function, 450 times.
    Object[] aliases = new Object[7_000];
    Arrays.fill(aliases, Wasm.of(0x00, 0x00, 0x01, 0, "f"));
    byte[] module =
        Wasm.module(
            Wasm.section(1, Wasm.vec(Wasm.of(0x60, 0, 0))),
            Wasm.section(3, Wasm.vec(0)),
            Wasm.section(7, Wasm.vec(Wasm.of("f", 0, 0))),
            Wasm.section(10, Wasm.vec(Wasm.of(2, 0, 0x0b))));
    byte[] inner =
        Wasm.component(
            Wasm.section(1, (Object) module),
            Wasm.section(2, Wasm.vec(Wasm.of(0x00, 0, 0))),
            Wasm.section(6, Wasm.vec(aliases)));
    Object[] instances = Collections.nCopies(450, (Object) Wasm.of(0x00, 0, 0)).toArray();
    byte[] outer =
        Wasm.component(Wasm.section(4, (Object) inner), Wasm.section(5, Wasm.vec(instances)));
    Component component = Component.read(outer);
    assertThatExceptionOfType(InvalidComponentException.class)
        .isThrownBy(() -> Guest.engine().link(component, Linker.builder().build()))
        .withMessageContaining("repeats itself too often to be linked");
  }
}
