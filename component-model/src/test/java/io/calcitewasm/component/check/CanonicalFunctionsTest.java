package io.calcitewasm.component.check;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.STRING;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.canons;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.coreInstances;
import static io.calcitewasm.component.Wasm.coreModule;
import static io.calcitewasm.component.Wasm.func;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.libraryInstance;
import static io.calcitewasm.component.Wasm.lift;
import static io.calcitewasm.component.Wasm.lower;
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.subResource;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import org.junit.jupiter.api.Test;

/** Lifting, lowering and resource built-ins (CanonicalABI.md, "Canonical Definitions"). */
class CanonicalFunctionsTest {
  private static final byte[] MEMORY = of(0x03, 0);
  private static final byte[] REALLOC = of(0x04, 0);

  // Core functions of the library.
  private static final int TWO = 1;
  private static final int ONE = 2;
  private static final int NONE = 3;

  private static byte[] lifting(byte[] type, int coreFunc, Object... options) {
    return component(libraryInstance(), types(type), canons(lift(coreFunc, 0, options)));
  }

  private static byte[] lowering(byte[] type, Object... options) {
    return component(
        libraryInstance(),
        types(type),
        imports(importOf("f", funcOf(0))),
        canons(lower(0, options)));
  }

  @Test
  void liftedFunctionsHaveTheFlattenedType() throws InvalidComponentException {
    Component.read(lifting(func(U32, "a", U32, "b", U32), TWO));
    assertRefused(
        lifting(func(U32, "a", U32), TWO),
        "core function 1 has the type [i32 i32] -> [i32], but to be lifted it needs [i32] -> [i32]");
  }

  @Test
  void stringsNeedMemoryAndRealloc() throws InvalidComponentException {
    byte[] type = func(STRING, "s", STRING);
    Component.read(lifting(type, TWO, MEMORY, REALLOC));
    assertRefused(lifting(type, TWO, MEMORY), "needs the canonical option realloc");
    assertRefused(
        lifting(type, TWO, REALLOC), "the canonical option realloc needs the option memory too");
    assertRefused(lifting(func(STRING, "a", U32, "b", U32), TWO), "the canonical option memory");
    Component.read(lifting(func(STRING, "a", U32, "b", U32), TWO, MEMORY));
  }

  @Test
  void loweredStringsNeedMemoryAndReturnedOnesRealloc() throws InvalidComponentException {
    Component.read(lowering(procedure("s", STRING), MEMORY));
    assertRefused(lowering(procedure("s", STRING)), "the canonical option memory");
    Component.read(lowering(func(STRING), MEMORY, REALLOC));
    assertRefused(lowering(func(STRING), MEMORY), "the canonical option realloc");
  }

  @Test
  void moreThanSixteenParametersGoThroughMemory() throws InvalidComponentException {
    Object[] parameters = new Object[34];
    for (int i = 0; i < 17; i++) {
      parameters[2 * i] = "p" + i;
      parameters[2 * i + 1] = U32;
    }
    byte[] type = procedure(parameters);
    Component.read(lifting(type, ONE, MEMORY, REALLOC));
    assertRefused(lifting(type, ONE, MEMORY), "the canonical option realloc");
    Component.read(lowering(type, MEMORY));
    assertRefused(lowering(type), "the canonical option memory");
  }

  @Test
  void loweredFunctionsHaveTheFlattenedType() throws InvalidComponentException {
    byte[] module =
        module(
            section(1, vec(of(0x60, vec(0x7f, 0x7f, 0x7f), vec()))),
            section(2, vec(of("m", "f", 0x00, 0))));
    byte[] bundle = of(0x01, vec(of("f", 0x00, 4)));
    byte[] instantiate = of(0x00, 1, vec(of("m", 0x12, 1)));
    // A string in, a string out: pointer, length and the place for the result.
    Component.read(
        component(
            libraryInstance(),
            types(func(STRING, "s", STRING)),
            imports(importOf("f", funcOf(0))),
            canons(lower(0, MEMORY, REALLOC)),
            coreModule(module),
            coreInstances(bundle, instantiate)));
    assertRefused(
        component(
            libraryInstance(),
            types(func(U32, "s", STRING)),
            imports(importOf("f", funcOf(0))),
            canons(lower(0, MEMORY, REALLOC)),
            coreModule(module),
            coreInstances(bundle, instantiate)),
        "expected a function [i32 i32 i32] -> [], found a function [i32 i32] -> [i32]");
  }

  @Test
  void postReturnTakesWhatTheFunctionReturned() throws InvalidComponentException {
    byte[] type = func(STRING, "a", U32, "b", U32);
    Component.read(lifting(type, TWO, MEMORY, of(0x05, ONE)));
    assertRefused(
        lifting(type, TWO, MEMORY, of(0x05, NONE)),
        "post-return needs a core function of type [i32] -> [], but core function 3 has [] -> []");
    assertRefused(
        lowering(procedure(), of(0x05, NONE)),
        "a lowered function cannot have the canonical option post-return");
  }

  @Test
  void reallocHasItsOwnType() {
    assertRefused(
        lifting(procedure(), NONE, MEMORY, of(0x04, NONE)),
        "realloc needs a core function of type [i32 i32 i32 i32] -> [i32]");
  }

  @Test
  void optionsReferToWhatExists() {
    assertRefused(lifting(procedure(), NONE, of(0x03, 5)), "core memory index 5 is out of range");
    assertRefused(
        lifting(procedure(), NONE, MEMORY, of(0x04, 9)), "core function index 9 is out of range");
  }

  @Test
  void onlyFunctionTypesAreLifted() {
    assertRefused(
        component(libraryInstance(), types(U32), canons(lift(NONE, 0))),
        "type index 0 is a primitive type, not a function type");
  }

  @Test
  void newAndRepAreForOwnResourcesOnly() throws InvalidComponentException {
    byte[] defined = types(of(0x3f, 0x7f, 0x00));
    Component.read(component(defined, canons(of(0x02, 0), of(0x03, 0), of(0x04, 0))));
    byte[] imported = imports(importOf("r", subResource()));
    Component.read(component(imported, canons(of(0x03, 0))));
    assertRefused(
        component(imported, canons(of(0x02, 0))),
        "resource.new is for resource types that the component itself defines");
    assertRefused(component(imported, canons(of(0x04, 0))), "resource.rep is for resource types");
    assertRefused(component(types(U32), canons(of(0x03, 0))), "not a resource type");
  }

  @Test
  void destructorsTakeARepresentation() throws InvalidComponentException {
    Component.read(component(libraryInstance(), types(of(0x3f, 0x7f, 0x01, ONE))));
    assertRefused(
        component(libraryInstance(), types(of(0x3f, 0x7f, 0x01, TWO))),
        "a destructor must have the type [i32] -> []");
  }

  @Test
  void borrowsAreNotReturned() {
    assertRefused(
        component(imports(importOf("r", subResource())), types(of(0x68, 0), func(1))),
        "a function cannot return borrowed handles");
    assertRefused(
        component(imports(importOf("r", subResource())), types(of(0x68, 0), of(0x70, 1), func(2))),
        "a function cannot return borrowed handles");
  }
}
