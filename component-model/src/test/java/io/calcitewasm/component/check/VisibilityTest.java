package io.calcitewasm.component.check;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.STRING;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.aliasExport;
import static io.calcitewasm.component.Wasm.aliases;
import static io.calcitewasm.component.Wasm.canons;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.componentType;
import static io.calcitewasm.component.Wasm.declareExport;
import static io.calcitewasm.component.Wasm.declareType;
import static io.calcitewasm.component.Wasm.exportAs;
import static io.calcitewasm.component.Wasm.exportOf;
import static io.calcitewasm.component.Wasm.exports;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instanceOf;
import static io.calcitewasm.component.Wasm.instanceType;
import static io.calcitewasm.component.Wasm.instances;
import static io.calcitewasm.component.Wasm.libraryInstance;
import static io.calcitewasm.component.Wasm.lift;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.record;
import static io.calcitewasm.component.Wasm.typeEq;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** External visibility of types: what imports and exports use has a name outside. */
class VisibilityTest {
  private static final int FUNC = 1;
  private static final int TYPE = 3;
  private static final int INSTANCE = 5;
  private static final String HIDDEN = "uses a type that has no name outside the component";

  private static Stream<byte[]> typesThatNeedAName() {
    return Stream.of(
        record("a", U32),
        of(0x71, vec(of("a", 1, U32, 0))),
        of(0x6e, vec("a")),
        of(0x6d, vec("a")));
  }

  private static Stream<byte[]> typesThatDoNot() {
    return Stream.of(
        of(0x70, STRING), of(0x6f, vec(U32, U32)), of(0x6b, U32), of(0x6a, 1, U32, 0), of(U32));
  }

  @ParameterizedTest
  @MethodSource("typesThatNeedAName")
  void importedFunctionsUseImportedTypes(byte[] type) throws InvalidComponentException {
    assertRefused(
        component(types(type, procedure("x", 0)), imports(importOf("f", funcOf(1)))), HIDDEN);
    assertRefused(
        component(types(type, of(0x70, 0), procedure("x", 1)), imports(importOf("f", funcOf(2)))),
        HIDDEN);
    Component.read(
        component(
            types(type),
            imports(importOf("t", typeEq(0))),
            types(procedure("x", 1)),
            imports(importOf("f", funcOf(2)))));
  }

  @ParameterizedTest
  @MethodSource("typesThatDoNot")
  void otherTypesNeedNoName(byte[] type) throws InvalidComponentException {
    Component.read(component(types(type, procedure("x", 0)), imports(importOf("f", funcOf(1)))));
  }

  @Test
  void exportedFunctionsUseExportedOrImportedTypes() throws InvalidComponentException {
    byte[] function = of(libraryInstance(), types(record("a", U32), procedure("x", 0)));
    assertRefused(component(function, canons(lift(2, 1)), exports(exportOf("f", FUNC, 0))), HIDDEN);
    Component.read(
        component(
            function,
            canons(lift(2, 1)),
            exports(exportOf("t", TYPE, 0)),
            types(procedure("x", 2)),
            exports(exportAs("f", FUNC, 0, funcOf(3)))));
    // The name that was exported is the new one, not the old one.
    assertRefused(
        component(
            function, canons(lift(2, 1)), exports(exportOf("t", TYPE, 0), exportOf("f", FUNC, 0))),
        HIDDEN);
  }

  @Test
  void importsDoNotUseExportedTypes() {
    assertRefused(
        component(
            types(record("a", U32)),
            exports(exportOf("t", TYPE, 0)),
            types(procedure("x", 1)),
            imports(importOf("f", funcOf(2)))),
        HIDDEN);
  }

  @Test
  void typesOfImportedInstancesAreVisible() throws InvalidComponentException {
    byte[] type =
        instanceType(
            declareType(record("a", U32)),
            declareExport("t", typeEq(0)),
            declareType(procedure("x", 1)),
            declareExport("f", funcOf(2)));
    Component.read(
        component(
            types(type),
            imports(importOf("i", instanceOf(0))),
            aliases(aliasExport(TYPE, 0, "t")),
            types(procedure("x", 1)),
            imports(importOf("f", funcOf(2))),
            exports(exportOf("g", FUNC, 0))));
  }

  @Test
  void instancesNameTheirTypesThemselves() {
    byte[] hiding =
        instanceType(
            declareType(record("a", U32)),
            declareType(procedure("x", 0)),
            declareExport("f", funcOf(1)));
    assertRefused(component(types(hiding), imports(importOf("i", instanceOf(0)))), HIDDEN);
  }

  @Test
  void componentTypesAreHeldToTheSame() {
    assertRefused(
        component(
            types(
                componentType(
                    declareType(record("a", U32)),
                    declareType(procedure("x", 0)),
                    declareExport("f", funcOf(1))))),
        HIDDEN);
  }

  @Test
  void exportedTypesUseVisibleTypes() {
    assertRefused(
        component(types(record("a", U32), record("b", 0)), exports(exportOf("t", TYPE, 1))),
        HIDDEN);
  }

  @Test
  void aBundleMayBeExportedWithItsTypes() throws InvalidComponentException {
    byte[] bundled =
        of(libraryInstance(), types(record("a", U32), procedure("x", 0)), canons(lift(2, 1)));
    Component.read(
        component(
            bundled,
            instances(of(0x01, vec(of(0, "t", TYPE, 0), of(0, "f", FUNC, 0)))),
            exports(exportOf("i", INSTANCE, 0))));
    assertRefused(
        component(
            bundled,
            instances(of(0x01, vec(of(0, "f", FUNC, 0)))),
            exports(exportOf("i", INSTANCE, 0))),
        HIDDEN);
  }
}
