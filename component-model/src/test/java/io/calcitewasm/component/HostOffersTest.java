package io.calcitewasm.component;

import static io.calcitewasm.component.Wasm.U32;
import static io.calcitewasm.component.Wasm.component;
import static io.calcitewasm.component.Wasm.coreTypes;
import static io.calcitewasm.component.Wasm.declareExport;
import static io.calcitewasm.component.Wasm.declareType;
import static io.calcitewasm.component.Wasm.func;
import static io.calcitewasm.component.Wasm.funcOf;
import static io.calcitewasm.component.Wasm.importOf;
import static io.calcitewasm.component.Wasm.imports;
import static io.calcitewasm.component.Wasm.instanceOf;
import static io.calcitewasm.component.Wasm.instanceType;
import static io.calcitewasm.component.Wasm.library;
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.moduleOf;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.subResource;
import static io.calcitewasm.component.Wasm.typeEq;
import static io.calcitewasm.component.Wasm.types;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a host offers must be what a component imports; else it is not linked, and told why. */
final class HostOffersTest {
  private static final byte[] WANTS_A_FUNCTION =
      component(
          types(instanceType(declareType(func(U32, "n", U32)), declareExport("f", funcOf(0)))),
          imports(importOf("host", instanceOf(0))));

  private static LinkedComponent link(byte[] component, HostInterface offer)
      throws LinkException, InvalidComponentException {
    return Guest.engine().link(Component.read(component), Linker.builder().define(offer).build());
  }

  private static FuncType function(PrimitiveType parameter) {
    return new FuncType(List.of(new ValType.Field("n", parameter)), Optional.of(PrimitiveType.U32));
  }

  @Test
  void aFunctionIsOfferedWithTheTypeItDeclaresOnly() throws Exception {
    HostInterface.Builder right =
        HostInterface.builder("host").function("f", function(PrimitiveType.U32), (c, a) -> a[0]);
    assertThat(link(WANTS_A_FUNCTION, right.build())).isNotNull();

    HostInterface.Builder wrong =
        HostInterface.builder("host").function("f", function(PrimitiveType.S64), (c, a) -> 0L);
    assertThatExceptionOfType(LinkException.class)
        .isThrownBy(() -> link(WANTS_A_FUNCTION, wrong.build()))
        .withMessage(
            "import \"host\": the host offers \"f: func(n: s64) -> u32\", the component imports"
                + " \"f: func(n: u32) -> u32\"");
  }

  @Test
  void oneResourceUnderTwoNamesIsOneForTheHostToo() throws Exception {
    byte[] wantsOneTwice =
        component(
            types(instanceType(declareExport("a", subResource()), declareExport("b", typeEq(0)))),
            imports(importOf("host", instanceOf(0))));
    ResourceType one = new ResourceType("one");
    HostInterface same =
        HostInterface.builder("host")
            .resource("a", one, r -> {})
            .resource("b", one, r -> {})
            .build();
    assertThat(link(wantsOneTwice, same)).isNotNull();
    HostInterface different =
        HostInterface.builder("host")
            .resource("a", one, r -> {})
            .resource("b", new ResourceType("other"), r -> {})
            .build();
    assertThatExceptionOfType(LinkException.class)
        .isThrownBy(() -> link(wantsOneTwice, different))
        .withMessageContaining("the resource \"b\" is offered with another type than imported");
  }

  @Test
  void aCoreModuleMustFit() throws Exception {
    byte[] memory = of(0x03, "memory", 0x02, 0x00, 1);
    HostInterface offer =
        HostInterface.builder("")
            .module("m", HostModule.read(library()))
            .instance("i", HostInterface.builder("i").build())
            .build();
    byte[] wantsMemory =
        component(coreTypes(of(0x50, vec(memory))), imports(importOf("m", moduleOf(0))));
    assertThat(link(wantsMemory, offer)).isNotNull();
    byte[] table = of(0x03, "memory", 0x01, 0x70, 0x00, 1);
    byte[] wantsTable =
        component(coreTypes(of(0x50, vec(table))), imports(importOf("m", moduleOf(0))));
    assertThatExceptionOfType(LinkException.class)
        .isThrownBy(() -> link(wantsTable, offer))
        .withMessage(
            "import \"m\": the core module \"m\" does not fit: core export \"memory\": expected a"
                + " table of funcref, 1 or more entries, found a memory of 1 or more pages");
  }

  @Test
  void aCoreModuleOfTheHostsIsValidatedToo() {
    byte[] body = of(vec(), 0x41, 0, 0x0b);
    byte[] leavesAValue =
        module(
            section(1, vec(of(0x60, vec(), vec()))),
            section(3, vec(0)),
            section(10, vec(of(body.length, body))));
    assertThatExceptionOfType(InvalidComponentException.class)
        .isThrownBy(() -> HostModule.read(leavesAValue))
        .withMessageContaining("core function 0 is invalid");
  }

  @Test
  void namesOfModulesAndInstancesAreTakenOnce() throws Exception {
    HostModule module = HostModule.read(library());
    HostInterface.Builder offer = HostInterface.builder("host").module("m", module);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> offer.module("m", module))
        .withMessage("host has two core modules \"m\"");
    HostInterface inner = HostInterface.builder("i").build();
    offer.instance("i", inner);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> offer.instance("i", inner))
        .withMessage("host has two instances \"i\"");
  }
}
