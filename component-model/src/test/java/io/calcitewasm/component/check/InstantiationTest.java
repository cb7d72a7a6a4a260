package io.calcitewasm.component.check;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.STRING;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.aliasExport;
import static io.calcitewasm.component.Wasm.aliases;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.componentOf;
import static io.calcitewasm.component.Wasm.componentType;
import static io.calcitewasm.component.Wasm.coreInstances;
import static io.calcitewasm.component.Wasm.coreModule;
import static io.calcitewasm.component.Wasm.coreTypes;
import static io.calcitewasm.component.Wasm.declareExport;
import static io.calcitewasm.component.Wasm.declareImport;
import static io.calcitewasm.component.Wasm.declareType;
import static io.calcitewasm.component.Wasm.exportAs;
import static io.calcitewasm.component.Wasm.exports;
import static io.calcitewasm.component.Wasm.func;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instanceOf;
import static io.calcitewasm.component.Wasm.instanceType;
import static io.calcitewasm.component.Wasm.instances;
import static io.calcitewasm.component.Wasm.library;
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.moduleOf;
import static io.calcitewasm.component.Wasm.nested;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.record;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.typeEq;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.model.ExternType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Arguments of instantiations are subtypes of the imports they stand for. */
class InstantiationTest {
  private static final int FUNC = 1;
  private static final int TYPE = 3;
  private static final int COMPONENT = 4;
  private static final int INSTANCE = 5;

  /** {@code (instantiate 0 (with "x" (sort index)))}. */
  private static byte[] with(int sort, int index) {
    return of(0x00, 0, vec(of("x", sort, index)));
  }

  /** A component that has imported {@code given} and gives it to one that imports {@code asked}. */
  private static byte[] giving(byte[] given, byte[] asked) {
    return component(
        types(given),
        imports(importOf("x", importAs(given))),
        nested(component(types(asked), imports(importOf("x", importAs(asked))))),
        instances(of(0x00, sort(given) == COMPONENT ? 1 : 0, vec(of("x", sort(given), 0)))));
  }

  private static byte[] importAs(byte[] type) {
    return switch (type[0]) {
      case 0x40 -> funcOf(0);
      case 0x41 -> componentOf(0);
      default -> instanceOf(0);
    };
  }

  private static int sort(byte[] type) {
    return switch (type[0]) {
      case 0x40 -> FUNC;
      case 0x41 -> COMPONENT;
      default -> INSTANCE;
    };
  }

  @Test
  void equalFunctionTypesMatch() throws InvalidComponentException {
    Component.read(giving(func(U32, "s", STRING), func(U32, "s", STRING)));
  }

  @Test
  void functionTypesMatchInEveryDetail() {
    assertRefused(
        giving(func(U32, "s", STRING), func(U32, "s", U32)),
        "argument \"x\", parameter \"s\": expected u32, found string");
    assertRefused(
        giving(func(U32, "s", STRING), func(U32, "t", STRING)),
        "argument \"x\": expected a parameter \"t\", found \"s\"");
    assertRefused(
        giving(func(U32, "s", STRING), func(U32)),
        "argument \"x\": expected 0 parameters, found 1");
    assertRefused(
        giving(func(U32), procedure()), "argument \"x\", result: expected nothing, found u32");
    assertRefused(
        giving(procedure(), func(U32)), "argument \"x\", result: expected u32, found nothing");
  }

  @Test
  void argumentsAreOfTheSortThatIsImported() {
    assertRefused(
        component(
            types(procedure()),
            nested(component(types(procedure()), imports(importOf("x", funcOf(0))))),
            instances(with(TYPE, 0))),
        "argument \"x\": expected function, found function type");
  }

  @Test
  void everyImportNeedsAnArgument() {
    assertRefused(
        component(
            nested(component(types(procedure()), imports(importOf("x", funcOf(0))))),
            instances(of(0x00, 0, vec()))),
        "the component imports \"x\", but there is no such argument");
  }

  @Test
  void argumentsStandOnceAndExist() {
    byte[] given = of(types(procedure()), imports(importOf("x", funcOf(0))));
    assertRefused(
        component(
            given,
            nested(component()),
            instances(of(0x00, 0, vec(of("x", FUNC, 0), of("x", FUNC, 0))))),
        "the argument \"x\" stands twice");
    assertRefused(
        component(given, nested(component()), instances(with(FUNC, 4))),
        "function index 4 is out of range");
    assertRefused(
        component(nested(component()), instances(of(0x00, 0, vec(of("x", 0x00, 0x02, 0))))),
        "a core memory cannot be imported, exported or passed between components");
  }

  @Test
  void argumentsThatNobodyAskedForAreIgnored() throws InvalidComponentException {
    Component.read(
        component(
            types(procedure()),
            imports(importOf("x", funcOf(0))),
            nested(component()),
            instances(with(FUNC, 0))));
  }

  /** Value types are equal when they are written the same. */
  @Nested
  class ValueTypes {
    private void mismatch(byte[] given, byte[] asked, String words) {
      assertRefused(
          component(
              types(given),
              nested(component(types(asked), imports(importOf("x", typeEq(0))))),
              instances(with(TYPE, 0))),
          words);
    }

    @Test
    void aTypeMatchesItsCopy() throws InvalidComponentException {
      byte[] type = record("a", U32, "b", STRING);
      Component.read(
          component(
              types(type),
              nested(component(types(type), imports(importOf("x", typeEq(0))))),
              instances(with(TYPE, 0))));
    }

    @Test
    void differencesAreNamed() {
      mismatch(record("a", U32), record("a", STRING), "\"a\": expected string, found u32");
      mismatch(record("a", U32), record("b", U32), "expected a record of [b], found one of [a]");
      mismatch(of(0x70, U32), of(0x6b, U32), "expected option, found list");
      mismatch(of(0x70, U32), of(0x70, STRING), "element 0: expected string, found u32");
      mismatch(
          of(0x6f, vec(U32, U32)), of(0x6f, vec(U32)), "expected a tuple of 1, found one of 2");
      mismatch(of(0x6d, vec("a")), of(0x6d, vec("b")), "expected a enum of [b], found one of [a]");
      mismatch(of(0x6d, vec("a")), of(0x6e, vec("a")), "expected flags, found enum");
      mismatch(
          of(0x71, vec(of("a", 1, U32, 0))),
          of(0x71, vec(of("a", 0, 0))),
          "\"a\": expected nothing, found u32");
      mismatch(of(0x6a, 1, U32, 0), of(0x6a, 0, 1, U32), "element 0: expected nothing, found u32");
      mismatch(of(U32), of(STRING), "expected string, found u32");
    }
  }

  /** Instances may export more than is asked for. */
  @Nested
  class Instances {
    private final byte[] f = declareExport("f", funcOf(0));
    private final byte[] g = declareExport("g", funcOf(0));
    private final byte[] type = declareType(procedure());

    @Test
    void moreExportsInAnyOrderMatch() throws InvalidComponentException {
      Component.read(giving(instanceType(type, g, f), instanceType(type, f)));
      Component.read(giving(instanceType(type, g, f), instanceType(type, f, g)));
    }

    @Test
    void fewerExportsDoNot() {
      assertRefused(
          giving(instanceType(type, f), instanceType(type, f, g)),
          "argument \"x\": the export \"g\" is missing");
    }

    @Test
    void exportsOfAnotherTypeDoNot() {
      assertRefused(
          giving(instanceType(type, f), instanceType(declareType(func(U32)), f)),
          "argument \"x\", export \"f\", result: expected u32, found nothing");
    }
  }

  /** Components may import less and export more than is asked for. */
  @Nested
  class Components {
    private final byte[] type = declareType(procedure());
    private final byte[] wishA = declareImport("a", funcOf(0));
    private final byte[] wishB = declareImport("b", funcOf(0));
    private final byte[] f = declareExport("f", funcOf(0));

    @Test
    void fewerImportsAndMoreExportsMatch() throws InvalidComponentException {
      Component.read(giving(componentType(type, wishA, f), componentType(type, wishA, wishB)));
    }

    @Test
    void importsThatNobodyProvidesDoNot() {
      assertRefused(
          giving(componentType(type, wishA), componentType(type)),
          "argument \"x\": it imports \"a\", which nobody promised to provide");
    }

    @Test
    void importsOfAnotherTypeDoNot() {
      assertRefused(
          giving(componentType(type, wishA), componentType(declareType(func(U32)), wishA)),
          "argument \"x\", import \"a\", result: expected nothing, found u32");
    }

    @Test
    void missingExportsDoNot() {
      assertRefused(
          giving(componentType(type), componentType(type, f)),
          "argument \"x\": the export \"f\" is missing");
    }
  }

  /** Core modules: the same, with the rules of core types. */
  @Nested
  class CoreModules {
    private final byte[] noFunction = of(0x01, 0x60, vec(), vec());

    @Test
    void argumentsProvideWhatTheModuleImports() throws InvalidComponentException {
      byte[] wishing =
          module(
              section(1, vec(of(0x60, vec(), vec()))),
              section(2, vec(of("lib", "none", 0x00, 0), of("lib", "memory", 0x02, 0x00, 1))));
      Component.read(
          component(
              coreModule(library()),
              coreModule(wishing),
              coreInstances(of(0x00, 0, vec()), of(0x00, 1, vec(of("lib", 0x12, 0))))));
      assertRefused(
          component(coreModule(wishing), coreInstances(of(0x00, 0, vec()))),
          "the core module imports \"lib\" \"none\", but there is no argument \"lib\"");
      assertRefused(
          component(
              coreModule(wishing),
              coreInstances(of(0x01, vec()), of(0x00, 0, vec(of("lib", 0x12, 0))))),
          "the core module imports \"lib\" \"none\", which the argument does not export");
    }

    private void mismatch(byte[] wish, String words) {
      assertRefused(
          component(
              coreModule(library()),
              coreModule(
                  module(section(1, vec(of(0x60, vec(), vec(0x7f)))), section(2, vec(wish)))),
              coreInstances(of(0x00, 0, vec()), of(0x00, 1, vec(of("lib", 0x12, 0))))),
          words);
    }

    @Test
    void coreTypesMustMatch() {
      mismatch(
          of("lib", "none", 0x00, 0), "expected a function [] -> [i32], found a function [] -> []");
      mismatch(
          of("lib", "none", 0x03, 0x7f, 0), "expected a global i32, found a function [] -> []");
      mismatch(
          of("lib", "memory", 0x02, 0x00, 2),
          "expected a memory of 2 or more pages, found a memory of 1 or more pages");
      mismatch(
          of("lib", "memory", 0x02, 0x01, 1, 2),
          "expected a memory of 1 to 2 pages, found a memory of 1 or more pages");
    }

    @Test
    void moduleTypesAreCheckedWithTheirImportsAndExports() throws InvalidComponentException {
      byte[] asked =
          component(
              coreTypes(of(0x50, vec(noFunction, of(0x03, "none", 0x00, 0)))),
              imports(importOf("x", moduleOf(0))));
      Component.read(
          component(
              coreModule(library()),
              nested(asked),
              instances(of(0x00, 0, vec(of("x", 0x00, 0x11, 0))))));
      byte[] more =
          component(
              coreTypes(of(0x50, vec(noFunction, of(0x03, "more", 0x00, 0)))),
              imports(importOf("x", moduleOf(0))));
      assertRefused(
          component(
              coreModule(library()),
              nested(more),
              instances(of(0x00, 0, vec(of("x", 0x00, 0x11, 0))))),
          "argument \"x\": the core export \"more\" is missing");
      byte[] wishing =
          module(section(1, vec(of(0x60, vec(), vec()))), section(2, vec(of("a", "b", 0x00, 0))));
      assertRefused(
          component(
              coreModule(wishing),
              nested(asked),
              instances(of(0x00, 0, vec(of("x", 0x00, 0x11, 0))))),
          "the core module imports \"a\" \"b\", which nobody promised to provide");
    }

    @Test
    void namesAreUnique() {
      assertRefused(
          component(coreTypes(of(0x50, vec(noFunction, of(3, "a", 0, 0), of(3, "a", 0, 0))))),
          "the core export \"a\" stands twice");
      byte[] wish = of("a", "b", 0x00, 0);
      assertRefused(
          component(
              coreModule(
                  module(section(1, vec(of(0x60, vec(), vec()))), section(2, vec(wish, wish))))),
          "the core module imports \"a\" \"b\" twice");
      assertRefused(
          component(
              coreModule(library()),
              coreInstances(
                  of(0x00, 0, vec()), of(0x00, 0, vec(of("a", 0x12, 0), of("a", 0x12, 0))))),
          "the argument \"a\" stands twice");
    }

    @Test
    void moduleTypesHoldNoModuleTypes() {
      assertRefused(
          component(coreTypes(of(0x50, vec(of(0x01, 0x50, vec()))))),
          "garbage collection (core type 0x50)");
      assertRefused(
          component(coreTypes(of(0x50, vec()), of(0x50, vec(of(0x02, 0x10, 0x01, 1, 0))))),
          "a core module type cannot alias core module types");
    }
  }

  /** Types ascribed to exports. */
  @Nested
  class Ascription {
    @Test
    void anExportMayHaveASupertype() throws InvalidComponentException {
      byte[] type = declareType(procedure());
      Component component =
          Component.read(
              component(
                  types(
                      instanceType(
                          type, declareExport("f", funcOf(0)), declareExport("g", funcOf(0))),
                      instanceType(type, declareExport("f", funcOf(0)))),
                  imports(importOf("i", instanceOf(0))),
                  exports(exportAs("j", INSTANCE, 0, instanceOf(1))),
                  aliases(aliasExport(FUNC, 1, "f"))));
      assertThat(component.exports().get("j"))
          .isInstanceOfSatisfying(
              ExternType.Instance.class, i -> assertThat(i.exports()).containsOnlyKeys("f"));
    }

    @Test
    void anotherTypeIsRefused() {
      assertRefused(
          component(
              types(procedure(), func(U32)),
              imports(importOf("f", funcOf(0))),
              exports(exportAs("g", FUNC, 0, funcOf(1)))),
          "export \"g\", result: expected u32, found nothing");
    }
  }
}
