package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.Wasm.leb;
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.Wasm;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is read of core modules, and what is refused before the core engine sees it. */
class CoreModuleReaderTest {
  private static final CoreCaps CAPS = new CoreCaps(10, 5, 20, 3, 6);
  private static final byte[] NOTHING_TO_NOTHING = section(1, vec(of(0x60, vec(), vec())));

  private static CoreModule read(byte[] bytes) throws InvalidComponentException {
    return CoreModuleReader.read(bytes, 0, bytes.length, CAPS);
  }

  private static void assertRefused(byte[] bytes, String words) {
    assertThatExceptionOfType(InvalidComponentException.class)
        .isThrownBy(() -> read(bytes))
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.offset()).isBetween(0L, (long) bytes.length));
  }

  private static byte[] oneFunction(Object... body) {
    byte[] bytes = of(body);
    return module(
        NOTHING_TO_NOTHING, section(3, vec(0)), section(10, vec(of(leb(bytes.length), bytes))));
  }

  @Test
  void importsAndExportsAreToldWithTheirTypes() throws InvalidComponentException {
    byte[] bytes =
        module(
            section(1, vec(of(0x60, vec(0x7f, 0x7e), vec(0x7c)))),
            section(
                2,
                vec(
                    of("m", "f", 0x00, 0),
                    of("m", "t", 0x01, 0x70, 0x01, 1, 9),
                    of("m", "g", 0x03, 0x7f, 1))),
            section(3, vec(0)),
            section(5, vec(of(0x00, 2))),
            section(
                7, vec(of("f", 0x00, 1), of("t", 0x01, 0), of("mem", 0x02, 0), of("g", 0x03, 0))),
            section(10, vec(of(3, 0, 0x00, 0x0b))),
            section(0, "note", 1, 2, 3));
    CoreFuncType function =
        new CoreFuncType(List.of(CoreValType.I32, CoreValType.I64), List.of(CoreValType.F64));

    CoreModule module = read(bytes);

    assertThat(module.imports())
        .containsExactly(
            new CoreModule.Import("m", "f", new CoreExternType.Func(function)),
            new CoreModule.Import(
                "m",
                "t",
                new CoreExternType.Table(
                    CoreValType.FUNCREF, new CoreExternType.Limits(1, OptionalLong.of(9)))),
            new CoreModule.Import("m", "g", new CoreExternType.Global(CoreValType.I32, true)));
    assertThat(module.exports())
        .extracting(CoreModule.Export::name)
        .containsExactly("f", "t", "mem", "g");
    assertThat(module.exports().getFirst().type()).hasToString("Func[type=[i32 i64] -> [f64]]");
    assertThat(module.tables()).isEmpty();
    assertThat(module.memories())
        .containsExactly(
            new CoreExternType.Memory(new CoreExternType.Limits(2, OptionalLong.empty())));
    assertThat(module.customSections()).extracting(CoreModule.Custom::name).containsExactly("note");
  }

  @Test
  void sectionsStandOnceAndInOrder() {
    assertRefused(
        module(section(5, vec()), section(5, vec())),
        "the core module's memory section stands twice or out of order");
    assertRefused(
        module(section(5, vec()), section(1, vec())),
        "the core module's type section stands twice or out of order");
    assertRefused(module(section(14, 0)), "no section of kind 14 in a core module");
  }

  @Test
  void functionsNeedBodies() {
    assertRefused(
        module(NOTHING_TO_NOTHING, section(3, vec(0))), "declares functions and has no code");
    assertRefused(
        module(NOTHING_TO_NOTHING, section(3, vec(0)), section(10, vec())),
        "has 1 functions, but 0 bodies");
  }

  @Test
  void indicesMustExist() {
    assertRefused(module(section(3, vec(4))), "type index 4 is out of range");
    assertRefused(module(section(7, vec(of("x", 0x02, 0)))), "memory index 0 is out of range");
  }

  @Test
  void exportNamesAreUnique() {
    assertRefused(
        module(section(5, vec(of(0, 1))), section(7, vec(of("x", 0x02, 0), of("x", 0x02, 0)))),
        "exports \"x\" twice");
  }

  @Test
  void tooManyFunctionsAreRefused() {
    assertRefused(
        module(NOTHING_TO_NOTHING, section(3, vec(0, 0, 0, 0, 0, 0))), "more than 5 functions");
  }

  @Test
  void tooManyGlobalsAreRefused() {
    byte[] global = of(0x7f, 0, 0x41, 0, 0x0b);
    assertRefused(module(section(6, vec(global, global, global, global))), "more than 3 globals");
  }

  @Test
  void tooManyTypesAreRefused() {
    Object[] types = new Object[11];
    Arrays.fill(types, of(0x60, vec(), vec()));
    assertRefused(module(section(1, vec(types))), "more than 10 types");
  }

  @Test
  void localsAreCountedWithParametersAndRuns() throws InvalidComponentException {
    read(oneFunction(vec(of(20, 0x7f)), 0x0b));
    assertRefused(oneFunction(vec(of(21, 0x7f)), 0x0b), "more than 20 locals");
    assertRefused(
        oneFunction(vec(of(leb(0xffff_ffffL), 0x7f), of(leb(0xffff_ffffL), 0x7f)), 0x0b),
        "more than 20 locals");
    assertRefused(
        module(
            section(1, vec(of(0x60, vec(0x7f, 0x7f), vec()))),
            section(3, vec(0)),
            section(10, vec(of(4, vec(of(19, 0x7f)), 0x0b)))),
        "more than 20 locals");
  }

  @Test
  void whatACallHoldsIsCountedInParametersLocalsAndOperands() throws InvalidComponentException {
    byte[] two = of(vec(of(3, 0x7f)), 0x41, 1, 0x41, 2, 0x6a, 0x41, 3, 0x41, 4, 0x6a, 0x6a, 0x1a);
    CoreModule module =
        read(
            module(
                section(1, vec(of(0x60, vec(0x7f, 0x7f), vec()))),
                section(3, vec(0, 0)),
                section(10, vec(of(2, vec(), 0x0b), of(leb(two.length + 1), two, 0x0b)))));
    assertThat(module.frames()).containsExactly(2, 2 + 3 + 3);
  }

  @Test
  void blocksMayNestOnlySoDeep() throws InvalidComponentException {
    assertThat(nested(5)).isNotEmpty();
    read(oneFunction(vec(), nested(5)));
    assertRefused(oneFunction(vec(), nested(6)), "blocks are nested deeper than 6");
  }

  private static byte[] nested(int depth) {
    byte[] body = of();
    for (int i = 0; i < depth; i++) {
      body = of(0x02, 0x40, body, 0x0b);
    }
    return of(body, 0x0b);
  }

  @Test
  void theRewriterPassesOverEveryKindOfImmediate() throws InvalidComponentException {
    byte[] body =
        of(
            of(0x02, 0x7f, 0x41, leb(1), 0x0c, 0, 0x0b, 0x1a),
            of(0x03, 0x40, 0x0b, 0x04, 0x40, 0x05, 0x0b),
            of(0x0e, vec(0, 1), 0, 0x11, 0, 0, 0x1c, vec(0x7f)),
            of(0x28, 2, leb(70_000), 0x36, 0x42, 1, 0, 0x3f, 0),
            of(0x41, 0x7f, 0x42, 0x80, 0x80, 0x7f, 0x43, 1, 2, 3, 4, 0x44, 1, 2, 3, 4, 5, 6, 7, 8),
            of(0xd0, 0x70, 0xd1, 0xd2, 0, 0x20, 0, 0x26, 0),
            of(0xfc, 0, 0xfc, 8, 0, 0, 0xfc, 9, 0, 0xfc, 10, 0, 0, 0xfc, 11, 0, 0xfc, 17, 0),
            of(0xfd, 12, new byte[16], 0xfd, 0, 0, 0, 0xfd, 21, 3, 0xfd, 84, 0, 0, 1),
            of(0xfd, leb(0x100), 0xfe, 3, 0, 0xfe, 0x10, 2, 0),
            of(0x1f, 0x40, vec(of(0, 0, 0), of(2, 0)), 0x0b, 0x06, 0x40, 0x07, 0, 0x18, 0),
            of(0x12, 0, 0x13, 0, 0, 0x08, 0, 0x0a, 0x45, 0xc4, 0x0b));
    Cursor in = new Cursor(body, 0, body.length, "code");
    Instructions.expression(in, 10);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void unknownInstructionsAreRefusedByTheirCode() {
    assertRefused(oneFunction(vec(), 0xfc, 40, 0x0b), "there is no instruction 0xfc 0x28");
    assertRefused(oneFunction(vec(), 0xc5, 0x0b), "there is no instruction 0xc5");
    assertRefused(oneFunction(vec(), 0x02, 0x41, 0x0b, 0x0b), "0x41 is not a core value type");
  }

  @Test
  void aBodyMustEndWithItsLastBlock() {
    assertRefused(oneFunction(vec(), 0x0b, 0x0b), "the core function body has 1 bytes left over");
    assertRefused(
        oneFunction(vec(), 0x01), "the core function body ends where an instruction should stand");
  }

  @Test
  void limitsBeyondTheSpecificationAreRefused() {
    assertRefused(module(section(5, vec(of(0x00, leb(65_537))))), "limits beyond 65536");
    assertRefused(module(section(5, vec(of(0x01, 2, 1)))), "maximum is below its minimum");
    assertRefused(module(section(5, vec(of(0x04, 1)))), "64-bit memories and tables (a memory)");
    assertRefused(module(section(5, vec(of(0x03, 1, 2)))), "threads (a shared memory)");
    assertRefused(module(section(4, vec(of(0x7f, 0x00, 1)))), "a table of i32");
  }

  @Test
  void aHeaderOfAnotherKindIsRefused() {
    assertRefused(Wasm.component(), "this core module is not of version 1");
    assertRefused(of(1, 2, 3, 4, 5, 6, 7, 8), "does not start with \\0asm");
    assertRefused(of(0), "the core module ends where the header of a core module should stand");
  }
}
