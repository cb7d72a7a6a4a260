package io.calcitewasm.component.check;

import static io.calcitewasm.component.Wasm.STRING;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.aliasExport;
import static io.calcitewasm.component.Wasm.aliases;
import static io.calcitewasm.component.Wasm.canons;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.coreTypes;
import static io.calcitewasm.component.Wasm.custom;
import static io.calcitewasm.component.Wasm.declareExport;
import static io.calcitewasm.component.Wasm.declareType;
import static io.calcitewasm.component.Wasm.exportOf;
import static io.calcitewasm.component.Wasm.exports;
import static io.calcitewasm.component.Wasm.func;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instanceOf;
import static io.calcitewasm.component.Wasm.instanceType;
import static io.calcitewasm.component.Wasm.libraryInstance;
import static io.calcitewasm.component.Wasm.lift;
import static io.calcitewasm.component.Wasm.lower;
import static io.calcitewasm.component.Wasm.moduleOf;
import static io.calcitewasm.component.Wasm.nested;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.record;
import static io.calcitewasm.component.Wasm.subResource;
import static io.calcitewasm.component.Wasm.typeEq;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.guest.Guests;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files end in a component or in an {@link InvalidComponentException} that tells a place
 * inside the file: never in another exception, and never late.
 */
class HostileBytesTest {
  private static final long LATE_NANOS = 1_000_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static void read(byte[] bytes, String what) {
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      Component.read(bytes);
    } catch (InvalidComponentException e) {
      assertThat(e.offset()).as(what).isBetween(0L, (long) bytes.length);
      assertThat(e.section()).as(what).isNotEmpty();
    } catch (RuntimeException | Error e) {
      fail(what, e);
    }
    assertThat(THREADS.getCurrentThreadCpuTime() - start).as(what).isLessThan(LATE_NANOS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fixtures/latin1", "fixtures/nested", "fixtures/resources", "components/text"})
  void aFileCutAnywhereIsRefused(String guest) {
    byte[] bytes = Guests.bytes(guest);
    int step = Math.max(1, bytes.length / 4_000);
    for (int length = 0; length < bytes.length; length += step) {
      byte[] cut = Arrays.copyOf(bytes, length);
      read(cut, guest + " cut to " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixtures/latin1", "fixtures/nested"})
  void anySingleByteMayChange(String guest) {
    byte[] bytes = Guests.bytes(guest);
    for (int at = 0; at < bytes.length; at++) {
      byte original = bytes[at];
      for (int value : new int[] {0x00, 0x7f, 0xff, original ^ 1, original ^ 0x40}) {
        bytes[at] = (byte) value;
        read(bytes, guest + " with " + value + " at " + at);
      }
      bytes[at] = original;
    }
  }

  @Test
  void anyByteMayHaveAnyValue() {
    byte[] bytes = everythingOnce();
    for (int at = 0; at < bytes.length; at++) {
      byte original = bytes[at];
      for (int value = 0; value < 256; value++) {
        bytes[at] = (byte) value;
        read(bytes, value + " at " + at);
      }
      bytes[at] = original;
    }
  }

  /** A valid component with a definition of every kind. */
  private static byte[] everythingOnce() {
    return component(
        custom("note", 1, 2, 3),
        libraryInstance(),
        coreTypes(of(0x50, vec(of(1, 0x60, vec(), vec()), of(3, "none", 0, 0)))),
        types(
            record("a", STRING),
            instanceType(
                declareExport("r", subResource()),
                declareType(of(0x68, 0)),
                declareType(procedure("self", 1)),
                declareExport("[method]r.f", funcOf(2)))),
        imports(
            importOf("t", typeEq(0)),
            importOf("a:b/c@1.0.0", instanceOf(1)),
            importOf("m", moduleOf(0))),
        aliases(aliasExport(3, 0, "r"), aliasExport(1, 0, "[method]r.f")),
        types(func(U32, "x", 2), of(0x3f, 0x7f, 0x01, 2)),
        canons(lift(1, 4, of(0x03, 0), of(0x04, 0)), lower(0), of(0x02, 5), of(0x03, 3)),
        nested(component(types(procedure()), imports(importOf("g", funcOf(0))))),
        exports(exportOf("r", 3, 5)));
  }

  @Test
  void theComponentWithEverythingIsValid() throws InvalidComponentException {
    assertThat(Component.read(everythingOnce()).imports())
        .containsOnlyKeys("t", "a:b/c@1.0.0", "m");
  }

  @Test
  void severalBytesMayChangeAtOnce() {
    byte[] original = Guests.bytes("fixtures/resources");
    Random random = new Random(20_261_121);
    for (int round = 0; round < 1_500; round++) {
      byte[] bytes = original.clone();
      int changes = 1 + random.nextInt(8);
      for (int i = 0; i < changes; i++) {
        bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
      }
      read(bytes, "round " + round);
    }
  }

  @Test
  void anyBytesMayFollowTheHeader() {
    Random random = new Random(42);
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = new byte[8 + random.nextInt(64)];
      random.nextBytes(bytes);
      System.arraycopy(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0}, 0, bytes, 0, 8);
      if (bytes.length > 10) {
        // A section that exists, of a length that fits.
        bytes[8] = (byte) random.nextInt(13);
        bytes[9] = (byte) (bytes.length - 10);
      }
      read(bytes, "round " + round);
    }
  }
}
