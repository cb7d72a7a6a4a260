package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.Wasm.custom;
import static io.calcitewasm.component.Wasm.leb;
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.ComponentReader;
import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.guest.Guests;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Changed copies of core modules: what is not concerned stays byte for byte. */
class CoreModuleRewriterTest {
  private static final byte[] BEFORE = custom("before", 1, 2, 3);
  private static final byte[] AFTER = custom("after", 4, 5);

  @Test
  void aMemoryWithoutMaximumGetsOne() throws InvalidComponentException {
    byte[] module = module(BEFORE, section(5, vec(of(0x00, 17))), AFTER);
    assertThat(CoreModuleRewriter.capMemory(module, 2_048))
        .isEqualTo(module(BEFORE, section(5, vec(of(0x01, 17, leb(2_048)))), AFTER));
  }

  @Test
  void aSmallerMaximumStays() throws InvalidComponentException {
    byte[] module = module(section(5, vec(of(0x01, 1, 3))));
    assertThat(CoreModuleRewriter.capMemory(module, 2_048)).isEqualTo(module);
  }

  @Test
  void aLargerMaximumShrinksButNeverBelowTheMinimum() throws InvalidComponentException {
    byte[] module = module(section(5, vec(of(0x01, 1, leb(65_536)), of(0x00, 30))));
    assertThat(CoreModuleRewriter.capMemory(module, 20))
        .isEqualTo(module(section(5, vec(of(0x01, 1, 20), of(0x01, 30, 30)))));
  }

  @Test
  void aPaddedSizeIsNoTrouble() throws InvalidComponentException {
    // Linkers leave room: the size 3 in five bytes.
    byte[] module = module(of(5, 0x83, 0x80, 0x80, 0x80, 0x00, 1, 0x00, 1), AFTER);
    assertThat(CoreModuleRewriter.capMemory(module, 9))
        .isEqualTo(module(section(5, vec(of(0x01, 1, 9))), AFTER));
  }

  @Test
  void aModuleWithoutMemoryIsCopied() throws InvalidComponentException {
    byte[] module = module(BEFORE, AFTER);
    assertThat(CoreModuleRewriter.capMemory(module, 1)).isEqualTo(module).isNotSameAs(module);
  }

  @Test
  void tablesAreCappedWithTheirInitialValues() throws InvalidComponentException {
    byte[] initialised = of(0x40, 0x00, 0x70, 0x00, 2, 0xd0, 0x70, 0x0b);
    byte[] module = module(section(4, vec(of(0x6f, 0x00, 1), initialised)), AFTER);
    assertThat(CoreModuleRewriter.capTables(module, 10))
        .isEqualTo(
            module(
                section(
                    4,
                    vec(
                        of(0x6f, 0x01, 1, 10),
                        of(0x40, 0x00, 0x70, 0x01, 2, 10, 0xd0, 0x70, 0x0b))),
                AFTER));
  }

  @Test
  void aRealModuleDiffersInItsMemorySectionOnly() throws InvalidComponentException {
    byte[] file = Guests.bytes("components/text");
    Definition.CoreModule definition =
        ComponentReader.read(file, Caps.DEFAULT).definitions().stream()
            .filter(Definition.CoreModule.class::isInstance)
            .map(Definition.CoreModule.class::cast)
            .findFirst()
            .orElseThrow();
    byte[] module = Arrays.copyOfRange(file, definition.start(), definition.end());
    byte[] capped = CoreModuleRewriter.capMemory(module, 2_048);

    var before = CoreSection.split(module, 0, module.length);
    var after = CoreSection.split(capped, 0, capped.length);
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).id() != CoreSection.MEMORY) {
        assertThat(bytes(capped, after.get(i))).isEqualTo(bytes(module, before.get(i)));
      }
    }
    CoreCaps caps = new CoreCaps(10_000, 50_000, 1_000, 10_000, 1_000);
    assertThat(CoreModuleReader.read(capped, 0, capped.length, caps).memories())
        .allSatisfy(memory -> assertThat(memory.limits().maximum()).hasValue(2_048));
  }

  private static byte[] bytes(byte[] module, CoreSection section) {
    return Arrays.copyOfRange(module, section.start(), section.end());
  }
}
