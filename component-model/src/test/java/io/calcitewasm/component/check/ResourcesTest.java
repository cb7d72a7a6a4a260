package io.calcitewasm.component.check;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.aliasExport;
import static io.calcitewasm.component.Wasm.aliasOuter;
import static io.calcitewasm.component.Wasm.aliases;
import static io.calcitewasm.component.Wasm.canons;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.componentOf;
import static io.calcitewasm.component.Wasm.componentType;
import static io.calcitewasm.component.Wasm.declareAlias;
import static io.calcitewasm.component.Wasm.declareExport;
import static io.calcitewasm.component.Wasm.declareImport;
import static io.calcitewasm.component.Wasm.declareType;
import static io.calcitewasm.component.Wasm.exportAs;
import static io.calcitewasm.component.Wasm.exportOf;
import static io.calcitewasm.component.Wasm.exports;
import static io.calcitewasm.component.Wasm.func;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instanceOf;
import static io.calcitewasm.component.Wasm.instanceType;
import static io.calcitewasm.component.Wasm.instances;
import static io.calcitewasm.component.Wasm.libraryInstance;
import static io.calcitewasm.component.Wasm.lift;
import static io.calcitewasm.component.Wasm.nested;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.subResource;
import static io.calcitewasm.component.Wasm.typeEq;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import org.junit.jupiter.api.Test;

/** Resource types are abstract and generative (Explainer.md, "Type Checking"). */
class ResourcesTest {
  private static final int FUNC = 1;
  private static final int TYPE = 3;
  private static final int INSTANCE = 5;
  private static final byte[] RESOURCE = of(0x3f, 0x7f, 0x00);

  /** A component that imports resource "r" and a function "f" taking one. */
  private static byte[] taking() {
    return component(
        imports(importOf("r", subResource())),
        types(of(0x69, 0), procedure("x", 1)),
        imports(importOf("f", funcOf(2))));
  }

  /** Two resource types, and a function that takes the first. */
  private static byte[] twoResources() {
    return of(
        imports(importOf("a", subResource()), importOf("b", subResource())),
        types(of(0x69, 0), procedure("x", 2)),
        imports(importOf("g", funcOf(3))));
  }

  @Test
  void theArgumentStandsForTheImportedResource() throws InvalidComponentException {
    Component.read(
        component(
            twoResources(),
            nested(taking()),
            instances(of(0x00, 0, vec(of("r", TYPE, 0), of("f", FUNC, 0))))));
  }

  @Test
  void anotherResourceIsRefused() {
    assertRefused(
        component(
            twoResources(),
            nested(taking()),
            instances(of(0x00, 0, vec(of("r", TYPE, 1), of("f", FUNC, 0))))),
        "argument \"f\", parameter \"x\": expected resource b, found another resource a");
  }

  @Test
  void twoImportsOfOneTypeBringDifferentResources() {
    byte[] type =
        instanceType(
            declareExport("r", subResource()),
            declareType(of(0x69, 0)),
            declareType(procedure("x", 1)),
            declareExport("f", funcOf(2)));
    assertRefused(
        component(
            types(type),
            imports(importOf("i", instanceOf(0)), importOf("j", instanceOf(0))),
            aliases(aliasExport(TYPE, 0, "r"), aliasExport(FUNC, 1, "f")),
            nested(taking()),
            instances(of(0x00, 0, vec(of("r", TYPE, 1), of("f", FUNC, 0))))),
        "expected resource r, found another resource r");
  }

  @Test
  void theResourceOfAnInstanceGoesWithItsFunctions() throws InvalidComponentException {
    byte[] type =
        instanceType(
            declareExport("r", subResource()),
            declareType(of(0x69, 0)),
            declareType(procedure("x", 1)),
            declareExport("f", funcOf(2)));
    Component.read(
        component(
            types(type),
            imports(importOf("i", instanceOf(0))),
            aliases(aliasExport(TYPE, 0, "r"), aliasExport(FUNC, 0, "f")),
            nested(taking()),
            instances(of(0x00, 0, vec(of("r", TYPE, 1), of("f", FUNC, 0)))),
            nested(component(types(type), imports(importOf("i", instanceOf(0))))),
            instances(of(0x00, 1, vec(of("i", INSTANCE, 0))))));
  }

  @Test
  void eachInstanceBringsResourcesOfItsOwn() {
    byte[] maker =
        component(
            libraryInstance(),
            types(RESOURCE),
            exports(exportOf("r", TYPE, 0)),
            types(of(0x69, 1), procedure("x", 2)),
            canons(lift(2, 3)),
            exports(exportOf("f", FUNC, 0)));
    byte[] instantiateTwice =
        of(
            nested(maker),
            instances(of(0x00, 0, vec()), of(0x00, 0, vec())),
            aliases(aliasExport(TYPE, 0, "r"), aliasExport(FUNC, 1, "f")));
    assertRefused(
        component(
            instantiateTwice,
            nested(taking()),
            instances(of(0x00, 1, vec(of("r", TYPE, 0), of("f", FUNC, 0))))),
        "found another resource");
  }

  @Test
  void aResourceMustBeExportedBeforeFunctionsThatUseIt() throws InvalidComponentException {
    byte[] defined = of(libraryInstance(), types(RESOURCE, of(0x69, 0), procedure("x", 1)));
    assertRefused(
        component(defined, canons(lift(2, 2)), exports(exportOf("f", FUNC, 0))),
        "the export \"f\" uses a type that has no name outside the component");
    // Under its exported name it may be used, by the function or by its ascribed type.
    Component.read(
        component(
            defined,
            exports(exportOf("r", TYPE, 0)),
            types(of(0x69, 3), procedure("x", 4)),
            canons(lift(2, 2)),
            exports(exportAs("f", FUNC, 0, funcOf(5)))));
  }

  @Test
  void importsDoNotUseOwnResources() {
    assertRefused(
        component(
            types(RESOURCE, of(0x69, 0), procedure("x", 1)), imports(importOf("f", funcOf(2)))),
        "the import \"f\" uses a type that has no name outside");
    assertRefused(
        component(
            types(
                RESOURCE,
                componentType(declareAlias(aliasOuter(3, 1, 0)), declareImport("r", typeEq(0)))),
            imports(importOf("c", componentOf(1)))),
        "an import uses a resource type of the component's own");
  }

  @Test
  void resourcesAreDefinedInComponentsOnly() {
    assertRefused(
        component(types(instanceType(declareType(RESOURCE)))),
        "resources can be defined in components only");
    assertRefused(
        component(types(componentType(declareType(RESOURCE)))),
        "resources can be defined in components only");
  }

  @Test
  void equalBoundsNameTheSameResource() throws InvalidComponentException {
    Component.read(
        component(
            imports(importOf("a", subResource()), importOf("b", typeEq(0))),
            types(of(0x69, 1), procedure("x", 2)),
            imports(importOf("g", funcOf(3))),
            nested(taking()),
            instances(of(0x00, 0, vec(of("r", TYPE, 0), of("f", FUNC, 0))))));
  }

  @Test
  void anAscribedResourceIsAnotherOne() {
    byte[] hiding =
        of(types(RESOURCE), exports(exportOf("a", TYPE, 0), exportAs("b", TYPE, 0, subResource())));
    byte[] equal = component(imports(importOf("r", subResource()), importOf("s", typeEq(0))));
    assertRefused(
        component(
            nested(component(hiding)),
            instances(of(0x00, 0, vec())),
            aliases(aliasExport(TYPE, 0, "a"), aliasExport(TYPE, 0, "b")),
            nested(equal),
            instances(of(0x00, 1, vec(of("r", TYPE, 0), of("s", TYPE, 1))))),
        "argument \"s\": expected resource");
  }

  @Test
  void componentTypesAreComparedWithTheirOwnResources() throws InvalidComponentException {
    byte[] type =
        componentType(
            declareImport("r", subResource()),
            declareType(of(0x69, 0)),
            declareType(func(1)),
            declareExport("s", subResource()),
            declareExport("f", funcOf(2)));
    Component.read(
        component(
            types(type),
            imports(importOf("c", componentOf(0))),
            nested(component(types(type), imports(importOf("c", componentOf(0))))),
            instances(of(0x00, 1, vec(of("c", 4, 0))))));
  }
}
