package io.calcitewasm.component.check;

import static io.calcitewasm.component.Refusal.assertRefused;
import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.aliasOuter;
import static io.calcitewasm.component.Wasm.aliases;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.componentOf;
import static io.calcitewasm.component.Wasm.componentType;
import static io.calcitewasm.component.Wasm.coreInstances;
import static io.calcitewasm.component.Wasm.coreModule;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instances;
import static io.calcitewasm.component.Wasm.leb;
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.nested;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.use;
import static io.calcitewasm.component.Wasm.vec;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small files that ask for much: refused in less than a second, whatever they ask for. */
@Timeout(2)
class CapsTest {
  private static final byte[] INSTANTIATE_0 = of(0x00, 0, vec());

  private static Object[] times(int count, Object item) {
    Object[] items = new Object[count];
    Arrays.fill(items, item);
    return items;
  }

  @Test
  void instancesAreCountedAsTheyAreMade() throws InvalidComponentException {
    Component.read(component(nested(component()), instances(times(999, INSTANTIATE_0))));
    assertRefused(
        component(nested(component()), instances(times(1_000, INSTANTIATE_0))),
        "would make more than 1000 instances");
  }

  @Test
  void instancesOfInstancesAreCounted() {
    // Ten of ten of ten … nine levels deep.
    byte[] bomb = component();
    for (int level = 0; level < 9; level++) {
      bomb = component(nested(bomb), instances(times(10, INSTANTIATE_0)));
    }
    assertRefused(bomb, "would make more than 1000 instances");
  }

  @Test
  void instancesOfAliasedComponentsAreCounted() {
    // Component n instantiates component n-1 twice, which it reaches by an outer alias.
    Object[] sections = new Object[61];
    sections[0] = nested(component());
    for (int i = 1; i <= 60; i++) {
      sections[i] =
          nested(component(aliases(aliasOuter(4, 1, i - 1)), instances(times(2, INSTANTIATE_0))));
    }
    assertRefused(
        component(of(sections), instances(of(0x00, 60, vec()))),
        "would make more than 1000 instances");
  }

  @Test
  void instancesOfComponentArgumentsAreCounted() {
    // A component that instantiates its argument 50 times, given one that does it 50 times itself.
    byte[] empty = types(componentType());
    byte[] fifty =
        component(
            empty, imports(importOf("c", componentOf(0))), instances(times(50, INSTANTIATE_0)));
    byte[] many = component(nested(component()), instances(times(50, INSTANTIATE_0)));
    assertRefused(
        component(nested(many), nested(fifty), instances(of(0x00, 1, vec(of("c", 4, 0))))),
        "would make more than 1000 instances");
  }

  @Test
  void componentsNestOnlySoDeep() throws InvalidComponentException {
    Component.read(deep(100));
    assertRefused(deep(101), "components are nested deeper than 100");
  }

  private static byte[] deep(int depth) {
    byte[] component = component();
    for (int i = 0; i < depth; i++) {
      component = component(nested(component));
    }
    return component;
  }

  @Test
  void aMillionNestedTypesAreRefused() {
    byte[] nest = new byte[3 * 1_000_000 + 16];
    Arrays.fill(nest, (byte) 0x42);
    for (int i = 0; i + 2 < nest.length; i += 3) {
      nest[i] = 0x42;
      nest[i + 1] = 1;
      nest[i + 2] = 1;
    }
    assertRefused(component(section(7, 1, nest)), "types are nested deeper than 100");
  }

  @Test
  void chainsOfTypesAreNotDeeperThanNestedOnes() {
    Object[] chain = new Object[200];
    chain[0] = of(0x70, U32);
    for (int i = 1; i < chain.length; i++) {
      chain[i] = of(0x70, use(i - 1));
    }
    assertRefused(component(types(chain)), "types are nested deeper than 100");
  }

  @Test
  void typesThatDoubleAreRefused() {
    Object[] doubling = new Object[60];
    doubling[0] = of(0x6f, vec(U32, U32));
    for (int i = 1; i < doubling.length; i++) {
      doubling[i] = of(0x6f, vec(i - 1, i - 1));
    }
    assertRefused(component(types(doubling)), "the type is larger than 1000000 nodes");
    for (int i = 1; i < doubling.length; i++) {
      doubling[i] = of(0x71, vec(of("a", 1, i - 1, 0), of("b", 1, i - 1, 0)));
    }
    assertRefused(component(types(doubling)), "the type is larger than 1000000 nodes");
  }

  @Test
  void typesAreCountedOverTheWholeFile() throws InvalidComponentException {
    Component.read(component(types(times(10_000, U32))));
    assertRefused(component(types(times(10_001, U32))), "more than 10000 types");
    assertRefused(
        component(types(times(9_000, U32)), nested(component(types(times(1_001, U32))))),
        "more than 10000 types");
  }

  @Test
  void coreModulesAreCountedOverTheWholeFile() throws InvalidComponentException {
    byte[] module = coreModule(module());
    Component.read(component(of(times(200, module))));
    assertRefused(component(of(times(201, module))), "more than 200 core modules");
    assertRefused(
        component(of(times(150, module)), nested(component(of(times(51, module))))),
        "more than 200 core modules");
  }

  @Test
  void memoriesAreSummedOverInstances() throws InvalidComponentException {
    byte[] module = coreModule(module(section(5, vec(of(0x00, leb(1_024))))));
    Component.read(component(module, coreInstances(times(2, INSTANTIATE_0))));
    assertRefused(
        component(module, coreInstances(times(3, INSTANTIATE_0))),
        "the component's memories start with more than 134217728 bytes");
    assertRefused(
        component(module, coreInstances(INSTANTIATE_0)),
        Caps.DEFAULT.withMemoryBytes(1 << 20),
        "memories start with more than 1048576 bytes");
  }

  @Test
  void aHundredLargeMemoriesAreRefused() {
    byte[] module = coreModule(module(section(5, vec(times(100, of(0x00, leb(65_536)))))));
    assertRefused(component(module, coreInstances(INSTANTIATE_0)), "memories start with more");
  }

  @Test
  void tablesAreSummedOverInstances() throws InvalidComponentException {
    byte[] module = coreModule(module(section(4, vec(of(0x70, 0x00, leb(50_000))))));
    Component.read(component(module, coreInstances(times(2, INSTANTIATE_0))));
    assertRefused(
        component(module, coreInstances(times(3, INSTANTIATE_0))),
        "the component's tables start with more than 100000 entries");
  }

  @Test
  void modulesThatNobodyInstantiatesCostNothing() throws InvalidComponentException {
    Component.read(
        component(
            coreModule(module(section(5, vec(of(0x00, leb(65_536)))))),
            nested(
                component(
                    coreModule(module(section(5, vec(of(0x00, leb(65_536)))))),
                    coreInstances(INSTANTIATE_0)))));
  }

  @Test
  void aMegabyteOfAliasesIsReadQuickly() throws InvalidComponentException {
    Component.read(component(types(U32), aliases(times(250_000, aliasOuter(3, 0, 0)))));
  }

  @Test
  void aMegabyteOfDefinitionsHasAnEnd() {
    assertRefused(
        component(aliases(times(1_000_001, aliasOuter(3, 0, 0)))), "more than 1000000 definitions");
  }

  @Test
  void wideInstancesInChainsAreRefused() {
    // Every component instantiates the one before and exports the instance ten times.
    byte[] seed = component();
    Object[] sections = new Object[40];
    sections[0] = nested(seed);
    for (int i = 1; i < sections.length; i++) {
      Object[] exports = new Object[10];
      for (int k = 0; k < exports.length; k++) {
        exports[k] = of(0x00, "e" + k, 5, 0, 0);
      }
      sections[i] =
          nested(
              component(
                  aliases(aliasOuter(4, 1, i - 1)),
                  instances(INSTANTIATE_0),
                  section(11, vec(exports))));
    }
    assertRefused(component(of(sections)), "the type is larger than 1000000 nodes");
  }
}
