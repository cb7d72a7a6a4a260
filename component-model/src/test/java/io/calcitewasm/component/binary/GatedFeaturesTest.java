package io.calcitewasm.component.binary;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.coreTypes;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;

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
}
