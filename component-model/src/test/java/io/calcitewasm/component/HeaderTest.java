package io.calcitewasm.component;

import static io.calcitewasm.component.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The first eight bytes of a file. */
class HeaderTest {

  @Test
  void anEmptyComponentIsValid() throws InvalidComponentException {
    Component component = Component.read(Wasm.component());
    assertThat(component.imports()).isEmpty();
    assertThat(component.exports()).isEmpty();
    assertThat(component.size()).isEqualTo(8);
  }

  @Test
  void anEmptyFileIsRefusedByName() {
    assertRefused(new byte[0], "the file is empty");
  }

  @Test
  void aFileThatIsNotWebAssemblyIsRefused() {
    assertRefused("PK\3\4 a zip file".getBytes(StandardCharsets.UTF_8), "not WebAssembly");
  }

  @Test
  void textIsToldApartFromBinary() {
    assertRefused(
        "(component)".getBytes(StandardCharsets.UTF_8), "this is WebAssembly text; translate it");
    assertRefused(
        "\n;; a comment\n(module)".getBytes(StandardCharsets.UTF_8), "this is WebAssembly text");
    assertRefused("package a:b;".getBytes(StandardCharsets.UTF_8), "this is WIT");
  }

  @Test
  void aCoreModuleIsRefusedWithAWayOut() {
    assertRefused(
        Wasm.module(), "this is a core WebAssembly module; a component is needed: build it for");
  }

  @Test
  void olderVersionsAreRefusedByNumber() {
    assertRefused(
        Wasm.of(0x00, 0x61, 0x73, 0x6d, 0x0a, 0x00, 0x01, 0x00),
        "this is a component in version 0xa of the binary format; version 0xd is read here");
  }

  @Test
  void unknownLayersAreRefused() {
    assertRefused(Wasm.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x07, 0x00), "the unknown layer 7");
  }

  @Test
  void aTruncatedHeaderIsRefusedWhereItEnds() {
    for (int length = 1; length < 8; length++) {
      int end = length;
      assertRefused(java.util.Arrays.copyOf(Wasm.component(), length), "ends inside its header")
          .satisfies(e -> assertThat(e.offset()).isEqualTo(end))
          .satisfies(e -> assertThat(e.section()).isEqualTo("header"));
    }
  }

  @Test
  void aFileBeyondTheCapIsRefusedUnread() {
    Caps caps = new Caps(100, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertRefused(new byte[101], caps, "the file is 101 bytes long; at most 100 are accepted");
  }
}
