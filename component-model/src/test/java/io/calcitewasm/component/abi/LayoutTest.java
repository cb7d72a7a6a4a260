package io.calcitewasm.component.abi;

import static io.calcitewasm.component.model.PrimitiveType.F32;
import static io.calcitewasm.component.model.PrimitiveType.F64;
import static io.calcitewasm.component.model.PrimitiveType.S64;
import static io.calcitewasm.component.model.PrimitiveType.STRING;
import static io.calcitewasm.component.model.PrimitiveType.U16;
import static io.calcitewasm.component.model.PrimitiveType.U32;
import static io.calcitewasm.component.model.PrimitiveType.U8;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.ValType.Case;
import io.calcitewasm.component.model.ValType.Field;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sizes, alignments and core types as CanonicalABI.md lays them down. */
final class LayoutTest {
  private static final AbiCompiler COMPILER = new AbiCompiler(resource -> ResourceSite.HOST);

  private static void assertLayout(ValType type, int size, int alignment, String flat) {
    Layout layout = COMPILER.compile(type).layout();
    assertThat(layout.size()).as("size of %s", type).isEqualTo(size);
    assertThat(layout.alignment()).as("alignment of %s", type).isEqualTo(alignment);
    assertThat(layout.flat().types()).as("core types of %s", type).hasToString(flat);
  }

  private static ValType variant(ValType... payloads) {
    List<Case> cases = List.of(payloads).stream().map(p -> new Case("c", Optional.of(p))).toList();
    return new ValType.VariantType(cases);
  }

  @Test
  void recordsAlignTheirFieldsAndTheirEnd() {
    assertLayout(new ValType.TupleType(List.of(U8, U32, U8)), 12, 4, "[i32, i32, i32]");
    assertLayout(new ValType.TupleType(List.of(U8, S64, U16)), 24, 8, "[i32, i64, i32]");
    assertLayout(new ValType.TupleType(List.of(STRING, U8)), 12, 4, "[i32, i32, i32]");
  }

  @Test
  void variantsHaveRoomForEveryCase() {
    assertLayout(variant(U8, F64), 16, 8, "[i32, i64]");
    assertLayout(variant(U32, F32), 8, 4, "[i32, i32]");
    assertLayout(variant(F32, S64), 16, 8, "[i32, i64]");
    assertLayout(variant(F32, STRING, F64), 16, 8, "[i32, i64, i32]");
    assertLayout(new ValType.OptionType(U8), 2, 1, "[i32, i32]");
    assertLayout(new ValType.OptionType(F32), 8, 4, "[i32, f32]");
    assertLayout(new ValType.ResultType(Optional.empty(), Optional.empty()), 1, 1, "[i32]");
  }

  @Test
  void discriminantsAndFlagsAreAsWideAsTheyNeed() {
    assertLayout(new ValType.EnumType(Collections.nCopies(256, "x")), 1, 1, "[i32]");
    assertLayout(new ValType.EnumType(Collections.nCopies(257, "x")), 2, 2, "[i32]");
    assertLayout(new ValType.EnumType(Collections.nCopies(65_537, "x")), 4, 4, "[i32]");
    assertLayout(new ValType.FlagsType(Collections.nCopies(8, "x")), 1, 1, "[i32]");
    assertLayout(new ValType.FlagsType(Collections.nCopies(9, "x")), 2, 2, "[i32]");
    assertLayout(new ValType.FlagsType(Collections.nCopies(17, "x")), 4, 4, "[i32]");
  }

  @Test
  void sixteenCoreValuesAreFlatAndSeventeenAreNot() {
    assertThat(signature(16).liftType()).hasToString("[" + "i32 ".repeat(15) + "i32] -> [i64]");
    assertThat(signature(17).liftType()).hasToString("[i32] -> [i64]");
  }

  @Test
  void aResultOfSeveralCoreValuesGoesThroughMemory() {
    AbiSignature text = COMPILER.signature(new FuncType(List.of(), Optional.of(STRING)));
    assertThat(text.liftType()).hasToString("[] -> [i32]");
    assertThat(text.lowerType()).hasToString("[i32] -> []");
    AbiSignature nothing = COMPILER.signature(new FuncType(List.of(), Optional.empty()));
    assertThat(nothing.lowerType()).hasToString("[] -> []");
  }

  @Test
  void everyStringAndListIsAllocatedOnceAndAtItsExactSize() {
    FakeGuest guest = new FakeGuest();
    AbiSignature signature =
        COMPILER.signature(
            new FuncType(
                List.of(new Field("s", STRING), new Field("l", new ValType.ListType(STRING))),
                Optional.empty()));
    signature.lowerArguments(
        guest.context(StringEncoding.UTF8), new Object[] {"grüß", List.of("", "b")});
    // The string, the list and its two strings, one of which is empty.
    assertThat(guest.allocations()).isEqualTo(4);
  }

  private static AbiSignature signature(int parameters) {
    return COMPILER.signature(
        new FuncType(
            Collections.nCopies(parameters, new Field("p", PrimitiveType.U8)), Optional.of(S64)));
  }
}
