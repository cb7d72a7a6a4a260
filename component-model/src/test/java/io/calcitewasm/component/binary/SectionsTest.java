package io.calcitewasm.component.binary;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.STRING;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.coreInstances;
import static io.calcitewasm.component.Wasm.coreTypes;
import static io.calcitewasm.component.Wasm.custom;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instances;
import static io.calcitewasm.component.Wasm.leb;
import static io.calcitewasm.component.Wasm.nested;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.procedure;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import org.junit.jupiter.api.Test;

/** Malformed sections: each is refused with its name and the byte where the trouble is. */
class SectionsTest {

  @Test
  void aSectionLongerThanTheFileIsRefused() {
    assertRefused(
            component(7, leb(500), 1, 2),
            "the type section is said to be 500 bytes long, but only 2 bytes are left")
        .satisfies(e -> assertThat(e.offset()).isEqualTo(11));
  }

  @Test
  void aSectionWithBytesLeftOverIsRefused() {
    assertRefused(
            component(section(10, vec(), 0, 0)),
            "the import section has 2 bytes left over at its end")
        .satisfies(e -> assertThat(e.section()).isEqualTo("import section"));
  }

  @Test
  void aSectionThatEndsInsideADefinitionIsRefused() {
    assertRefused(
        component(section(7, 1, 0x70)), "the type section ends where a value type should stand");
  }

  @Test
  void anUnknownSectionIsRefused() {
    assertRefused(component(section(13, 0)), "there is no section of kind 13 in a component");
  }

  @Test
  void moreElementsThanBytesAreRefusedBeforeTheyCostMemory() {
    assertRefused(
        component(section(7, leb(4_000_000_000L))),
        "the type section announces 4000000000 types, but only 0 bytes are left");
  }

  @Test
  void anOverlongIntegerIsRefused() {
    assertRefused(
        component(section(7, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00)),
        "number of types is longer than a 32-bit integer can be");
    assertRefused(
        component(section(7, 0xff, 0xff, 0xff, 0xff, 0x7f)),
        "number of types does not fit in 32 bits");
  }

  @Test
  void aNameThatIsNotUtf8IsRefused() {
    assertRefused(component(section(0, 2, 0xc3, 0x28)), "the section's name is not UTF-8");
    // A surrogate in three bytes.
    assertRefused(component(section(0, 3, 0xed, 0xa0, 0x80)), "the section's name is not UTF-8");
  }

  @Test
  void aNameLongerThanItsSectionIsRefused() {
    assertRefused(
        component(section(0, 50, 'a' + 0)),
        "the section's name is said to be 50 bytes long, but only 1 bytes are left");
  }

  @Test
  void aCustomSectionMayHoldAnything() throws InvalidComponentException {
    Component component = Component.read(component(custom("any", 0xff, 0x00, 0xfe)));
    assertThat(component.customSections()).hasSize(1);
    assertThat(component.customSections().getFirst().content()).containsExactly(0xff, 0x00, 0xfe);
  }

  @Test
  void anUnknownTypeIsRefusedByItsByte() {
    assertRefused(component(types(0x50)), "0x50 is not a type");
    assertRefused(component(types(of(0x70, 0x50))), "0x50 is not a type");
  }

  @Test
  void typesWithoutElementsAreRefused() {
    assertRefused(component(types(of(0x72, vec()))), "a record without elements");
    assertRefused(component(types(of(0x71, vec()))), "a variant without elements");
    assertRefused(component(types(of(0x6f, vec()))), "a tuple without elements");
    assertRefused(component(types(of(0x6e, vec()))), "a flags type without elements");
    assertRefused(component(types(of(0x6d, vec()))), "an enum without elements");
  }

  @Test
  void moreThan32FlagsAreRefused() {
    Object[] labels = new Object[33];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = "f" + i;
    }
    assertRefused(component(types(of(0x6e, vec(labels)))), "33 labels; 32 are the most");
  }

  @Test
  void productionsOfOlderDraftsAreRefused() {
    assertRefused(component(types(of(0x71, vec(of("a", 0, 1, 0))))), "cases that refine others");
    assertRefused(component(types(of(0x40, vec(), 0x01, 0x01, "a", U32))), "several named results");
  }

  @Test
  void onlyI32RepresentsResources() {
    assertRefused(component(types(of(0x3f, 0x7e, 0))), "resources represented by i64");
    assertRefused(component(types(of(0x3f, 0x7d, 0))), "not by 0x7d");
  }

  @Test
  void unknownSortsAndFormsAreRefused() {
    assertRefused(component(section(6, vec(of(9, 0, 0, "a")))), "0x09 is not a sort");
    assertRefused(component(section(6, vec(of(0, 9, 1, 0, "a")))), "0x09 is not a core sort");
    assertRefused(
        component(section(6, vec(of(1, 9, 0, "a")))), "0x09 is not the target of an alias");
    assertRefused(component(coreInstances(9)), "0x09 does not start a core instance");
    assertRefused(component(instances(9)), "0x09 does not start an instance");
    assertRefused(component(section(8, vec(0x77))), "0x77 is not a canonical definition");
    assertRefused(component(imports(of(0x09, "a", 1, 0))), "0x09 does not start a name");
    assertRefused(component(imports(of(0x00, "a", 9))), "0x09 is not the type of an import");
    assertRefused(component(imports(of(0x00, "a", 3, 9))), "0x09 is not a type bound");
    assertRefused(
        component(section(11, vec(of(0x00, "a", 1, 0, 9)))), "0x09 stands where 0x00 or 0x01");
    assertRefused(component(coreTypes(0x01)), "0x01 does not start a core type");
    assertRefused(component(types(of(0x42, vec(0x07)))), "0x07 is not a declaration");
    assertRefused(
        component(types(of(0x42, vec(of(0x03, 0x00, "a", 1, 0))))),
        "an instance type cannot declare imports");
  }

  @Test
  void coreModulesTakeInstancesOnly() {
    assertRefused(
        component(section(2, vec(of(0x00, 0, vec(of("a", 0x00, 0)))))),
        "core modules are instantiated with core instances only");
  }

  @Test
  void onlyModulesOfCoreDefinitionsAreImported() {
    assertRefused(
        component(imports(of(0x00, "a", 0x00, 0x02, 0))), "of core definitions only modules");
  }

  @Test
  void anIndexThatNoFileCanHoldIsRefused() {
    assertRefused(
        component(imports(of(0x00, "a", 1, leb(0xffff_ffffL)))),
        "type index 4294967295 is out of range");
    assertRefused(component(types(of(0x70, 0x80, 0x80, 0x80, 0x80, 0x70))), "type index -");
  }

  @Test
  void canonicalOptionsStandOnce() {
    assertRefused(
        component(section(8, vec(of(0x01, 0x00, 0, vec(0x00, 0x01))))),
        "the same canonical option stands twice");
    assertRefused(
        component(section(8, vec(of(0x01, 0x00, 0, vec(of(0x03, 0), of(0x03, 0)))))),
        "the same canonical option stands twice");
    assertRefused(
        component(section(8, vec(of(0x01, 0x00, 0, vec(0x33))))), "0x33 is not a canonical option");
  }

  @Test
  void attributesStandOnce() {
    assertRefused(
        component(
            types(procedure()), imports(of(0x02, "a", vec(of(0x02, "x"), of(0x02, "y")), 0x01, 0))),
        "has the same attribute twice");
    assertRefused(
        component(imports(of(0x02, "a", vec(of(0x09, "x")), 0x01, 0))), "0x09 is not an attribute");
  }

  @Test
  void attributesAreRead() throws InvalidComponentException {
    byte[] bytes =
        component(
            types(procedure()),
            imports(of(0x02, "a", vec(of(0x02, "https://example.org/a")), 0x01, 0)));
    ParsedComponent parsed = ComponentReader.read(bytes, Caps.DEFAULT);
    assertThat(parsed.definitions().get(1))
        .isInstanceOfSatisfying(
            Declaration.Import.class,
            i -> assertThat(i.name().externalId()).contains("https://example.org/a"));
    assertThat(Component.read(bytes).imports()).containsOnlyKeys("a");
  }

  @Test
  void definitionsKeepTheOrderOfTheFile() throws InvalidComponentException {
    ParsedComponent parsed =
        ComponentReader.read(
            component(
                custom("first"),
                types(procedure("s", STRING), of(0x70, U32)),
                imports(importOf("f", of(0x01, 0))),
                nested(component())),
            Caps.DEFAULT);
    assertThat(parsed.definitions())
        .extracting(d -> d.getClass().getSimpleName())
        .containsExactly("Custom", "TypeDef", "TypeDef", "Import", "NestedComponent");
    assertThat(parsed.definitions()).extracting(Definition::offset).isSorted();
  }
}
