package io.calcitewasm.component;

import static io.calcitewasm.component.Wasm.STRING;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.U8;
import static io.calcitewasm.component.Wasm.aliasExport;
import static io.calcitewasm.component.Wasm.aliasOuter;
import static io.calcitewasm.component.Wasm.aliases;
import static io.calcitewasm.component.Wasm.canons;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.coreModule;
import static io.calcitewasm.component.Wasm.custom;
import static io.calcitewasm.component.Wasm.declareAlias;
import static io.calcitewasm.component.Wasm.declareExport;
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
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.nested;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.record;
import static io.calcitewasm.component.Wasm.subResource;
import static io.calcitewasm.component.Wasm.typeEq;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.TypeName;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.guest.Guests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a component tells about itself before anything of it runs. */
class ComponentTest {
  private static final int FUNC = 1;
  private static final int TYPE = 3;
  private static final int INSTANCE = 5;

  private static final ValType DATE_STRUCTURE =
      new ValType.RecordType(
          List.of(
              new ValType.Field("year", PrimitiveType.U32),
              new ValType.Field("month", PrimitiveType.U8)));
  private static final ValType DATE =
      new ValType.NamedType(new TypeName("calcite:extension/types@0.1.0", "date"), DATE_STRUCTURE);

  /** Instance type with a date: {@code (export "date" (type (eq (record …))))}. */
  private static final byte[] TYPES =
      instanceType(declareType(record("year", U32, "month", U8)), declareExport("date", typeEq(0)));

  private static FuncType function(
      Map<String, ExternType> externs, String instance, String function) {
    return externs.get(instance) instanceof ExternType.Instance i
            && i.exports().get(function) instanceof ExternType.Func f
        ? f.type()
        : fail("no function " + function + " in " + instance);
  }

  @Test
  void importsAndExportsKeepTheOrderOfTheFile() throws InvalidComponentException {
    Component component =
        Component.read(
            component(
                types(func(U32, "s", STRING)),
                imports(
                    importOf("z", funcOf(0)), importOf("a", funcOf(0)), importOf("m", funcOf(0))),
                exports(exportOf("y", FUNC, 0), exportOf("b", FUNC, 1))));
    assertThat(component.imports().keySet()).containsExactly("z", "a", "m");
    assertThat(component.exports().keySet()).containsExactly("y", "b");
    assertThat(component.exports().get("y"))
        .isEqualTo(
            new ExternType.Func(
                new FuncType(
                    List.of(new ValType.Field("s", PrimitiveType.STRING)),
                    Optional.of(PrimitiveType.U32))));
  }

  @Test
  void aTypeIsKnownByTheInterfaceThatExportsIt() throws InvalidComponentException {
    byte[] api =
        instanceType(
            declareAlias(aliasOuter(TYPE, 1, 1)),
            declareExport("date", typeEq(0)),
            declareType(func(U32, "d", 1)),
            declareExport("f", funcOf(2)));
    Component component =
        Component.read(
            component(
                types(TYPES),
                imports(importOf("calcite:extension/types@0.1.0", instanceOf(0))),
                aliases(aliasExport(TYPE, 0, "date")),
                types(api),
                imports(importOf("a:b/api", instanceOf(2)))));

    // A `use` keeps the first name.
    assertThat(component.imports().get("a:b/api"))
        .isInstanceOfSatisfying(
            ExternType.Instance.class,
            i -> assertThat(i.exports().get("date")).isEqualTo(new ExternType.Type(DATE)));
    assertThat(function(component.imports(), "a:b/api", "f").parameters())
        .containsExactly(new ValType.Field("d", DATE));
  }

  /** What wit-component makes: the exported interface is an instance of a component around it. */
  @Test
  void namesComeThroughTheComponentsThatToolsPutAroundInterfaces()
      throws InvalidComponentException {
    byte[] shim =
        component(
            types(record("year", U32, "month", U8)),
            imports(importOf("import-type-date", typeEq(0))),
            types(func(U32, "d", 1)),
            imports(importOf("import-func-f", funcOf(2))),
            exports(exportOf("date", TYPE, 1)),
            types(func(U32, "d", 3)),
            exports(exportAs("f", FUNC, 0, funcOf(4))));
    Component component =
        Component.read(
            component(
                types(TYPES),
                imports(importOf("calcite:extension/types@0.1.0", instanceOf(0))),
                aliases(aliasExport(TYPE, 0, "date")),
                types(func(U32, "d", 1)),
                libraryInstance(),
                canons(lift(1, 2)),
                nested(shim),
                instances(
                    of(
                        0x00,
                        0,
                        vec(of("import-type-date", TYPE, 1), of("import-func-f", FUNC, 0)))),
                exports(exportOf("a:b/api", INSTANCE, 1))));

    assertThat(function(component.exports(), "a:b/api", "f").parameters())
        .containsExactly(new ValType.Field("d", DATE));
  }

  @Test
  void aTypeOfTheComponentsOwnIsKnownByItsFirstExport() throws InvalidComponentException {
    Component component =
        Component.read(
            component(
                types(record("year", U32, "month", U8)),
                exports(exportOf("day", TYPE, 0)),
                libraryInstance(),
                types(func(U32, "d", 1)),
                canons(lift(1, 2)),
                exports(exportOf("f", FUNC, 0), exportOf("alias", TYPE, 1))));
    ValType day = new ValType.NamedType(new TypeName("", "day"), DATE_STRUCTURE);
    assertThat(component.exports())
        .containsEntry("day", new ExternType.Type(day))
        .containsEntry("alias", new ExternType.Type(day));
    assertThat(component.exports().get("f"))
        .isInstanceOfSatisfying(
            ExternType.Func.class,
            f -> assertThat(f.type().parameters().getFirst().type()).isEqualTo(day));
  }

  @Test
  void primitivesCanHaveNamesToo() throws InvalidComponentException {
    byte[] json = instanceType(declareType(of(STRING)), declareExport("json", typeEq(0)));
    Component component =
        Component.read(component(types(json), imports(importOf("a:b/types", instanceOf(0)))));
    assertThat(component.imports().get("a:b/types"))
        .isEqualTo(
            new ExternType.Instance(
                Map.of(
                    "json",
                    new ExternType.Type(
                        new ValType.NamedType(
                            new TypeName("a:b/types", "json"), PrimitiveType.STRING)))));
  }

  @Test
  void resourcesAreToldByTheirNamesAndKeepTheirIdentity() throws InvalidComponentException {
    Component component =
        Component.read(
            component(
                types(of(0x3f, 0x7f, 0x00)),
                exports(exportOf("counter", TYPE, 0)),
                imports(importOf("other", subResource())),
                exports(exportOf("same", TYPE, 1))));
    assertThat(component.exports().get("counter"))
        .isInstanceOfSatisfying(
            ExternType.Resource.class, r -> assertThat(r.type().name()).isEqualTo("counter"))
        .isEqualTo(component.exports().get("same"))
        .isNotEqualTo(component.imports().get("other"));
  }

  @Test
  void customSectionsComeTopLevelFirst() throws InvalidComponentException {
    Component component =
        Component.read(
            component(
                nested(component(custom("inner", 2))),
                coreModule(module(custom("core", 3, 4))),
                custom("top", 1),
                custom("last", 5)));
    assertThat(component.customSections())
        .extracting(CustomSection::name)
        .containsExactly("top", "last", "inner", "core");
    assertThat(component.customSections())
        .extracting(CustomSection::topLevel)
        .containsExactly(true, true, false, false);
    assertThat(component.customSections().get(3).content()).containsExactly(3, 4);
    assertThat(component.customSections().get(3).offset()).isEqualTo(39);
  }

  @Test
  void theDigestIsThatOfTheBytes() throws InvalidComponentException {
    assertThat(Component.read(component()).sha256())
        .isEqualTo("sha256:24eaf3439a60c96764c4f2c92a0a81b52bd4fe5d5b91f090184a0f6486b1bf29");
  }

  @Test
  void theBytesAreCopied() throws InvalidComponentException {
    byte[] bytes = component(custom("note", 1));
    Component component = Component.read(bytes);
    bytes[bytes.length - 1] = 9;
    assertThat(component.customSections().getFirst().content()).containsExactly(1);
    component.customSections().getFirst().content()[0] = 9;
    assertThat(component.customSections().getFirst().content()).containsExactly(1);
  }

  @Test
  void aRealComponentTellsItsFunctions() throws InvalidComponentException {
    Component text = Component.read(Guests.bytes("components/text"));
    assertThat(text.imports()).isEmpty();
    assertThat(text.exports())
        .containsOnlyKeys("examples:text/strings@0.1.0", "examples:text/splitting@0.1.0");
    assertThat(function(text.exports(), "examples:text/strings@0.1.0", "slugify"))
        .isEqualTo(
            new FuncType(
                List.of(new ValType.Field("s", PrimitiveType.STRING)),
                Optional.of(PrimitiveType.STRING)));
    assertThat(text.customSections().getFirst().name()).isEqualTo("calcite-manifest");
  }
}
