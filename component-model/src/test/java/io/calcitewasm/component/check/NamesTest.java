package io.calcitewasm.component.check;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.func;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instanceOf;
import static io.calcitewasm.component.Wasm.instanceType;
import static io.calcitewasm.component.Wasm.instances;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.record;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.subResource;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of imports, exports, fields, cases, labels and parameters. */
class NamesTest {
  private static byte[] importing(String... names) {
    Object[] all = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      all[i] = importOf(names[i], funcOf(0));
    }
    return component(types(procedure()), imports(all));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a-b-c",
        "a1-2-3",
        "A",
        "A-B-C",
        "is-XML",
        "a11-w0rds",
        "m1x3d-4CR0NYMS",
        "a:b/c",
        "wasi:http/types@0.2.1",
        "a:b/C",
        "a-b:c-d/e-F@1.0.0-rc.1+build.5",
        "a:b/c@1",
        "a:b/c@0.2",
        "a:b/c@0.0.7",
        "a:b/c@0.0.0"
      })
  void wellFormedNamesAreAccepted(String name) throws InvalidComponentException {
    assertThat(Component.read(importing(name)).imports()).containsOnlyKeys(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1a",
        "a_b",
        "a-",
        "-a",
        "a--b",
        "aB",
        "Ab",
        "é",
        "a b",
        "a.b",
        "[method]a",
        "[method]a.",
        "[static].b",
        "[constructor]",
        "[other]a",
        "[constructor]1",
        "a:b",
        "a/b",
        ":b/c",
        "a:/c",
        "a:b/",
        "A:b/c",
        "a:B/c",
        "a:b/c d"
      })
  void otherNamesAreRefused(String name) {
    assertRefused(importing(name), "is not a name for an import or export");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b/c@",
        "a:b/c@1.0",
        "a:b/c@0",
        "a:b/c@0.0",
        "a:b/c@1.2.3.4",
        "a:b/c@1.0.0-",
        "a:b/c@1.0.0+",
        "a:b/c@01.0.0",
        "a:b/c@v1.0.0",
        "a:b/c@1.0.0-01"
      })
  void otherVersionsAreRefused(String name) {
    assertRefused(importing(name), "where a semantic version should be");
  }

  @ParameterizedTest
  @CsvSource({"a, a", "a, A", "a-b, a-B", "a:b/c, a:b/C"})
  void namesMustDifferInMoreThanCase(String first, String second) {
    assertRefused(
        importing(first, second), first.equals(second) ? "stands twice" : "are too similar");
  }

  @Test
  void importsAndExportsHaveNamesOfTheirOwn() throws InvalidComponentException {
    Component.read(
        component(
            types(procedure()),
            imports(importOf("a", funcOf(0))),
            section(11, vec(of(0x00, "a", 1, 0, 0)))));
  }

  @Test
  void aMethodNamedLikeItsResourceClashesAndAConstructorDoesNot() throws InvalidComponentException {
    byte[] resource = imports(importOf("a", subResource()));
    byte[] functions = types(of(0x68, 0), of(0x69, 0), procedure("self", 1), func(2));
    Component.read(component(resource, functions, imports(importOf("[constructor]a", funcOf(4)))));
    assertRefused(
        component(resource, functions, imports(importOf("[method]a.a", funcOf(3)))),
        "the import names \"a\" and \"[method]a.a\" are too similar");
    assertRefused(
        component(
            resource,
            functions,
            imports(importOf("[method]a.b", funcOf(3)), importOf("[static]a.B", funcOf(3)))),
        "are too similar");
  }

  @Test
  void constructorsReturnTheirResource() throws InvalidComponentException {
    byte[] resources = imports(importOf("a", subResource()), importOf("b", subResource()));
    byte[] own = types(of(0x69, 0), func(2), func(U32), of(0x6a, 1, 2, 0), func(5), procedure());
    Component.read(component(resources, own, imports(importOf("[constructor]a", funcOf(3)))));
    Component.read(component(resources, own, imports(importOf("[constructor]a", funcOf(6)))));
    assertRefused(
        component(resources, own, imports(importOf("[constructor]b", funcOf(3)))),
        "\"[constructor]b\" must return own<b>");
    assertRefused(
        component(resources, own, imports(importOf("[constructor]a", funcOf(4)))),
        "\"[constructor]a\" must return own<a>");
    assertRefused(
        component(resources, own, imports(importOf("[constructor]a", funcOf(7)))),
        "\"[constructor]a\" must return own<a>");
    assertRefused(
        component(imports(importOf("[constructor]a", subResource()))),
        "is named like a function and is a resource type");
  }

  @Test
  void methodsTakeTheirResourceFirst() throws InvalidComponentException {
    byte[] resource = imports(importOf("a", subResource()));
    byte[] functions =
        types(
            of(0x68, 0),
            procedure("self", 1),
            procedure("it", 1),
            procedure(),
            of(0x69, 0),
            procedure("self", 5));
    Component.read(component(resource, functions, imports(importOf("[method]a.f", funcOf(2)))));
    for (int wrong : new int[] {3, 4, 6}) {
      assertRefused(
          component(resource, functions, imports(importOf("[method]a.f", funcOf(wrong)))),
          "\"[method]a.f\" must take self: borrow<a> first");
    }
  }

  @Test
  void staticFunctionsNeedTheirResourceBeforeThem() throws InvalidComponentException {
    byte[] function = types(procedure());
    Component.read(
        component(
            function, imports(importOf("a", subResource()), importOf("[static]a.f", funcOf(0)))));
    assertRefused(
        component(function, imports(importOf("[static]a.f", funcOf(0)))),
        "belongs to the resource \"a\", which stands nowhere before it");
  }

  @Test
  void bundlesGiveResourcesNoName() {
    assertRefused(
        component(
            imports(importOf("a", subResource())),
            types(of(0x68, 0), procedure("self", 1)),
            imports(importOf("f", funcOf(2))),
            instances(of(0x01, vec(of(0, "a", 3, 0), of(0, "[method]a.f", 1, 0))))),
        "must take self: borrow<a> first");
  }

  @Test
  void labelsAreKebabCaseAndUnique() {
    assertRefused(component(types(record("a_b", U32))), "the field \"a_b\" is not in kebab-case");
    assertRefused(component(types(record("a", U32, "A", U32))), "the field \"A\" stands twice");
    assertRefused(
        component(types(of(0x71, vec(of("a", 0, 0), of("a", 0, 0))))),
        "the case \"a\" stands twice");
    assertRefused(component(types(of(0x6e, vec("x", "X")))), "the flag \"X\" stands twice");
    assertRefused(component(types(of(0x6d, vec("x", "x")))), "the label \"x\" stands twice");
    assertRefused(
        component(types(procedure("a", U32, "a", U32))), "the parameter \"a\" stands twice");
    assertRefused(component(types(procedure("", U32))), "the parameter \"\" is not in kebab-case");
  }

  @Test
  void onlyInstancesUnderPlainNamesImplementInterfaces() throws InvalidComponentException {
    byte[] attribute = vec(of(0x00, "a:b/c"));
    byte[] type = types(instanceType(), procedure());
    Component.read(component(type, imports(of(0x02, "x", attribute, instanceOf(0)))));
    assertRefused(
        component(type, imports(of(0x02, "x", attribute, funcOf(1)))),
        "only an instance under a plain name can implement \"a:b/c\"");
    assertRefused(
        component(type, imports(of(0x02, "d:e/f", attribute, instanceOf(0)))),
        "only an instance under a plain name");
    assertRefused(
        component(type, imports(of(0x02, "x", vec(of(0x00, "no")), instanceOf(0)))),
        "\"no\" is not a name");
  }

  @Test
  void aVersionSuffixCompletesAVersion() throws InvalidComponentException {
    byte[] type = types(instanceType());
    Component.read(
        component(type, imports(of(0x02, "a:b/c@0.2", vec(of(0x01, ".6")), instanceOf(0)))));
    assertRefused(
        component(type, imports(of(0x02, "a:b/c@0.2", vec(of(0x01, "6")), instanceOf(0)))),
        "the version suffix \"6\" does not complete the version");
    assertRefused(
        component(type, imports(of(0x02, "a:b/c@0.2.1", vec(of(0x01, ".6")), instanceOf(0)))),
        "does not complete the version");
  }

  @Test
  void namesInMessagesAreShortAndPrintable() {
    assertRefused(importing("a\u001b[31mb"), "\"a\\u{1b}[31mb\" is not a name")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b"));
    assertRefused(importing("_".repeat(50_000)), "…")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_200));
  }

  @Test
  void longNamesAreJudgedQuickly() throws InvalidComponentException {
    Component.read(importing("a:b/c@1.0.0-" + "a.".repeat(40_000) + "a"));
    assertRefused(
        importing("a:b/c@1.0.0-" + "a-".repeat(40_000) + "."), "semantic version should be");
  }
}
