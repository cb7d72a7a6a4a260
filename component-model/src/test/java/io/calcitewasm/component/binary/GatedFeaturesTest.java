package io.calcitewasm.component.binary;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.UnsupportedFeature.COMPACT_IMPORTS;
import static io.calcitewasm.component.UnsupportedFeature.CUSTOM_PAGE_SIZES;
import static io.calcitewasm.component.UnsupportedFeature.EXCEPTIONS;
import static io.calcitewasm.component.UnsupportedFeature.GARBAGE_COLLECTION;
import static io.calcitewasm.component.UnsupportedFeature.MEMORY64;
import static io.calcitewasm.component.UnsupportedFeature.OWN_GLOBALS_IN_CONSTANTS;
import static io.calcitewasm.component.UnsupportedFeature.STACK_SWITCHING;
import static io.calcitewasm.component.UnsupportedFeature.THREADS;
import static io.calcitewasm.component.UnsupportedFeature.TYPED_REFERENCES;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.coreModule;
import static io.calcitewasm.component.Wasm.coreTypes;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.Wasm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asynchronous or behind a feature gate is refused by its name. */
class GatedFeaturesTest {

  @ParameterizedTest
  @CsvSource({
    "0x05, task.cancel", "0x09, task.return", "0x0a, context.get", "0x0d, subtask.drop",
    "0x0e, stream.new", "0x15, future.new", "0x1c, error-context.new", "0x1f, waitable-set.new",
    "0x24, backpressure.inc", "0x26, thread.index", "0x40, thread.spawn-ref"
  })
  void asynchronousBuiltInsAreRefusedByName(String opcode, String name) {
    assertRefused(
        component(section(8, vec(Integer.decode(opcode)))),
        "(the canonical built-in " + name + "), which are not supported");
  }

  @Test
  void asynchronousOptionsAreRefused() {
    assertRefused(
        component(section(8, vec(of(0x01, 0x00, 0, vec(0x06))))), "canonical option async");
    assertRefused(
        component(section(8, vec(of(0x01, 0x00, 0, vec(of(0x07, 0)))))),
        "canonical option callback");
  }

  @Test
  void asynchronousTypesAreRefused() {
    assertRefused(component(types(of(0x43, vec(), 1, 0))), "async function type");
    assertRefused(component(types(of(0x66, 0))), "a stream type");
    assertRefused(component(types(of(0x65, 0))), "a future type");
  }

  @Test
  void asynchronousNamesAreRefused() {
    assertRefused(
        component(types(procedure()), imports(of(0x00, "[async]f", 0x01, 0))),
        "asynchronous functions (the name \"[async]f\")");
  }

  @Test
  void gatedTypesAreRefused() {
    assertRefused(component(types(of(0x63, U32, U32))), "maps (a map type)");
    assertRefused(component(types(0x64)), "error contexts");
    assertRefused(component(types(of(0x70, 0x64))), "error contexts");
    assertRefused(component(types(of(0x67, U32, 4))), "lists of fixed length");
  }

  @Test
  void valuesAndStartFunctionsAreRefused() {
    assertRefused(
        component(section(12, vec())), "values and component start functions (a value section)");
    assertRefused(component(section(9, 0, vec(), 0)), "(a start section)");
    assertRefused(component(imports(of(0x00, "v", 0x02, 0x01, U32))), "(a value's type)");
    assertRefused(component(section(11, vec(of(0x00, "v", 0x02, 0, 0)))), "(the sort value)");
  }

  @Test
  void nestedNamespacesAreRefused() {
    assertRefused(
        component(types(procedure()), imports(of(0x00, "a:b:c/d", 0x01, 0))),
        "nested namespaces and packages");
  }

  @Test
  void garbageCollectedTypesAreRefused() {
    assertRefused(component(coreTypes(of(0x5f, vec()))), "garbage collection");
    assertRefused(component(coreTypes(of(0x60, vec(0x64, 0x70), vec()))), "typed references");
  }

  @ParameterizedTest
  @CsvSource({
    "url=<https://example.org/a.wasm>",
    "relative-url=<a.wasm>",
    "'url=<https://example.org>,integrity=<sha256-AAAA>'",
    "integrity=<sha256-AAAA>",
    "locked-dep=<a:b@1.2.3>",
    "unlocked-dep=<a:b@{>=1.2.3}>",
  })
  void namesThatLocateADependencyAreRefusedByName(String name) {
    assertRefused(
        component(types(procedure()), imports(of(0x00, name, 0x01, 0))),
        "names that locate a dependency (the name \"" + name + "\"), which are not supported");
  }

  @Test
  void canonicalOptionsOfGarbageCollectionAreRefused() {
    assertRefused(
        component(section(8, vec(of(0x01, 0x00, 0, vec(0x09))))),
        "garbage collection (the canonical option gc)");
    assertRefused(
        component(section(8, vec(of(0x01, 0x00, 0, vec(of(0x08, 0)))))),
        "garbage collection (the canonical option core-type)");
  }

  @Test
  void featuresOfCoreModulesAreRefusedByName() {
    assertFeature(CUSTOM_PAGE_SIZES, section(5, vec(of(0x08, 1, 0))));
    assertFeature(MEMORY64, section(5, vec(of(0x04, 1))));
    assertFeature(THREADS, section(5, vec(of(0x03, 1, 1))));
    assertFeature(GARBAGE_COLLECTION, section(1, vec(of(0x5f, vec()))));
    assertFeature(STACK_SWITCHING, section(1, vec(of(0x5d, 0))));
    assertFeature(TYPED_REFERENCES, section(4, vec(of(0x63, 0, 0, 1))));
    assertFeature(EXCEPTIONS, section(13, vec(of(0, 0))));
    assertFeature(
        EXCEPTIONS,
        of(section(1, vec(of(0x60, vec(), vec()))), section(2, vec(of("a", "b", 4, 0, 0)))));
    assertFeature(TYPED_REFERENCES, section(4, vec(of(0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b))));
    assertFeature(
        OWN_GLOBALS_IN_CONSTANTS,
        section(6, vec(of(0x7f, 0, 0x41, 1, 0x0b), of(0x7f, 0, 0x23, 0, 0x0b))));
    assertFeature(COMPACT_IMPORTS, section(2, vec(of("a", "", 0x7f, 0))));
  }

  private static void assertFeature(UnsupportedFeature feature, byte[] sections) {
    assertRefused(component(coreModule(Wasm.module(sections))), "it uses " + feature.words())
        .satisfies(e -> assertThat(e.unsupportedFeature()).contains(feature));
  }

  @Test
  void whatIsPlainlyInvalidIsNoFeature() {
    assertRefused(component(section(99)), "no section of kind 99")
        .satisfies(e -> assertThat(e.unsupportedFeature()).isEmpty());
  }
}
