package io.calcitewasm.component.check;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.aliasCore;
import static io.calcitewasm.component.Wasm.aliasExport;
import static io.calcitewasm.component.Wasm.aliasOuter;
import static io.calcitewasm.component.Wasm.aliases;
import static io.calcitewasm.component.Wasm.canons;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.componentOf;
import static io.calcitewasm.component.Wasm.coreInstances;
import static io.calcitewasm.component.Wasm.coreTypes;
import static io.calcitewasm.component.Wasm.declareAlias;
import static io.calcitewasm.component.Wasm.declareExport;
import static io.calcitewasm.component.Wasm.exportOf;
import static io.calcitewasm.component.Wasm.exports;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instanceOf;
import static io.calcitewasm.component.Wasm.instanceType;
import static io.calcitewasm.component.Wasm.instances;
import static io.calcitewasm.component.Wasm.leb;
import static io.calcitewasm.component.Wasm.libraryInstance;
import static io.calcitewasm.component.Wasm.lower;
import static io.calcitewasm.component.Wasm.moduleOf;
import static io.calcitewasm.component.Wasm.nested;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.subResource;
import static io.calcitewasm.component.Wasm.typeEq;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import org.junit.jupiter.api.Test;

/** Index spaces: every index refers to something that stands before it, and of the right kind. */
class IndicesTest {

  @Test
  void indicesBeyondTheirSpaceAreRefused() {
    assertRefused(
        component(types(of(0x70, 5))), "type index 5 is out of range: there are 0 so far");
    assertRefused(component(imports(importOf("f", funcOf(7)))), "type index 7 is out of range");
    assertRefused(component(exports(exportOf("f", 0x01, 3))), "function index 3 is out of range");
    assertRefused(component(instances(of(0x00, 2, vec()))), "component index 2 is out of range");
    assertRefused(
        component(coreInstances(of(0x00, 2, vec()))), "core module index 2 is out of range");
    assertRefused(
        component(coreInstances(of(0x01, vec(of("x", 0x02, 4))))),
        "core memory index 4 is out of range");
    assertRefused(component(canons(lower(0))), "function index 0 is out of range");
    assertRefused(component(aliases(aliasExport(1, 0, "x"))), "instance index 0 is out of range");
    assertRefused(
        component(aliases(aliasCore(0, 0, "x"))), "core instance index 0 is out of range");
    assertRefused(
        component(imports(importOf("m", moduleOf(0)))), "core type index 0 is out of range");
  }

  @Test
  void aDefinitionCannotReferToItself() {
    assertRefused(
        component(types(of(0x70, 0))), "type index 0 is out of range: there are 0 so far");
  }

  @Test
  void theOffsetIsThatOfTheDefinition() {
    assertRefused(component(types(U32), types(of(0x70, 9))), "type index 9")
        .satisfies(e -> assertThat(e.offset()).isEqualTo(15))
        .satisfies(e -> assertThat(e.section()).isEqualTo("type section"));
  }

  @Test
  void typesMustBeOfTheRightKind() {
    assertRefused(
        component(types(U32), imports(importOf("f", funcOf(0)))),
        "type index 0 is a primitive type, not a function type");
    assertRefused(
        component(types(U32), imports(importOf("i", instanceOf(0)))), "not a instance type");
    assertRefused(
        component(types(U32), imports(importOf("c", componentOf(0)))), "not a component type");
    assertRefused(
        component(types(procedure(), of(0x70, 0))),
        "type index 0 is a function type, not a value type");
    assertRefused(
        component(types(U32, of(0x69, 0))),
        "type index 0 is a primitive type, not a resource type");
    assertRefused(
        component(coreTypes(of(0x60, vec(), vec())), imports(importOf("m", moduleOf(0)))),
        "core type index 0 is a function type, not a module type");
  }

  @Test
  void aliasesMustFindTheirExport() {
    byte[] empty = types(instanceType());
    assertRefused(
        component(empty, imports(importOf("i", instanceOf(0))), aliases(aliasExport(1, 0, "x"))),
        "instance 0 has no export \"x\"");
    assertRefused(
        component(libraryInstance(), aliases(aliasCore(0, 0, "x"))),
        "core instance 0 has no export \"x\"");
  }

  @Test
  void aliasesMustNameTheSort() {
    byte[] type = types(instanceType(declareExport("r", subResource())));
    assertRefused(
        component(type, imports(importOf("i", instanceOf(0))), aliases(aliasExport(1, 0, "r"))),
        "the export \"r\" is a resource type, not a function");
    assertRefused(
        component(libraryInstance(), aliases(aliasCore(0x00, 0, "memory"))),
        "the core export \"memory\" is a memory of 1 or more pages, not a core function");
  }

  @Test
  void outerAliasesReachEnclosingScopesOnly() {
    assertRefused(
        component(aliases(aliasOuter(3, 1, 0))),
        "an alias reaches out 1 scopes, but there are only 0");
    assertRefused(
        component(types(U32), nested(component(aliases(aliasOuter(3, 1, 1))))),
        "type index 1 is out of range");
    assertRefused(
        component(nested(component(aliases(aliasOuter(3, (int) 100, 0))))),
        "reaches out 100 scopes");
    assertRefused(
        component(nested(component(aliases(of(3, 2, leb(0x7fff_ffff), 0))))),
        "reaches out 2147483647");
  }

  @Test
  void outerAliasesAreOfFourSorts() {
    assertRefused(
        component(
            types(procedure()),
            imports(importOf("f", funcOf(0))),
            nested(component(aliases(aliasOuter(1, 1, 0))))),
        "a function of an enclosing component cannot be aliased");
    assertRefused(
        component(nested(component()), types(instanceType(declareAlias(aliasOuter(4, 1, 0))))),
        "inside a type, a component cannot be aliased");
    assertRefused(
        component(libraryInstance(), types(instanceType(declareAlias(aliasCore(0, 0, "one"))))),
        "inside a type, exports of core instances cannot be aliased");
    assertRefused(
        component(
            types(
                instanceType(
                    of(0x01, instanceType(of(0x01, procedure()), declareExport("f", funcOf(0)))),
                    declareExport("i", instanceOf(0)),
                    declareAlias(aliasExport(1, 0, "f"))))),
        "inside a type, a function cannot be aliased");
  }

  @Test
  void outerAliasesOfTypesAndComponentsAreValid() throws InvalidComponentException {
    Component.read(
        component(
            types(U32),
            nested(component()),
            nested(
                component(
                    aliases(aliasOuter(3, 1, 0), aliasOuter(4, 1, 0)),
                    types(of(0x70, 0)),
                    instances(of(0x00, 0, vec()))))));
  }

  @Test
  void typesWithResourcesDoNotCrossComponents() throws InvalidComponentException {
    byte[] resource = imports(importOf("r", subResource()));
    assertRefused(
        component(resource, nested(component(aliases(aliasOuter(3, 1, 0))))),
        "a type that uses resources cannot be aliased by a component inside");
    assertRefused(
        component(resource, types(of(0x69, 0)), nested(component(aliases(aliasOuter(3, 1, 1))))),
        "a type that uses resources cannot be aliased");
    // Into a type it may go.
    Component.read(component(resource, types(instanceType(declareAlias(aliasOuter(3, 1, 0))))));
  }

  @Test
  void importsAndExportsEnterTheirIndexSpace() throws InvalidComponentException {
    Component component =
        Component.read(
            component(
                types(procedure()),
                imports(importOf("f", funcOf(0))),
                exports(exportOf("g", 1, 0), exportOf("h", 1, 1)),
                types(U32),
                exports(exportOf("t", 3, 1)),
                types(of(0x70, 2)),
                imports(importOf("u", typeEq(1)))));
    assertThat(component.exports()).containsOnlyKeys("g", "h", "t");
    assertThat(component.imports()).containsOnlyKeys("f", "u");
  }
}
