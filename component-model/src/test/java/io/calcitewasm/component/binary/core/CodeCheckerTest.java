package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.Wasm.leb;
import static io.calcitewasm.component.Wasm.module;
import static io.calcitewasm.component.Wasm.of;
import static io.calcitewasm.component.Wasm.section;
import static io.calcitewasm.component.Wasm.vec;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Core code is typed before the engine sees it, and what the engine lacks is refused by name. */
final class CodeCheckerTest {
  private static final CoreCaps CAPS = new CoreCaps(100, 100, 1000, 100, 100);
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;
  private static final int FUNCREF = 0x70;

  /** Function 0: (i32, i64) → i32. One memory, table, mutable and constant global, segment each. */
  private static byte[] withBody(Object... instructions) {
    byte[] code = of(vec(), of(instructions), 0x0b);
    return module(
        section(1, vec(of(0x60, vec(I32, I64), vec(I32)), of(0x60, vec(), vec()))),
        section(3, vec(0, 1)),
        section(4, vec(of(FUNCREF, 0, 1))),
        section(5, vec(of(0, 1))),
        section(6, vec(of(I32, 1, 0x41, 0, 0x0b), of(I64, 0, 0x42, 0, 0x0b))),
        section(9, vec(of(0x00, 0x41, 0, 0x0b, vec(1)))),
        section(12, 1),
        section(10, vec(of(leb(code.length), code), of(2, vec(), 0x0b))),
        section(11, vec(of(0x01, vec()))));
  }

  private static void accepts(Object... instructions) {
    byte[] module = withBody(instructions);
    assertThatCode(() -> CoreModuleReader.read(module, 0, module.length, CAPS))
        .doesNotThrowAnyException();
  }

  private static void refuses(String words, Object... instructions) {
    byte[] module = withBody(instructions);
    assertThatExceptionOfType(InvalidComponentException.class)
        .isThrownBy(() -> CoreModuleReader.read(module, 0, module.length, CAPS))
        .withMessageContaining(words)
        .withMessageContaining("byte offset");
  }

  @Test
  void operandsMustHaveTheTypesThatInstructionsTake() {
    accepts(0x20, 0, 0x20, 0, 0x6a);
    refuses(
        "core function 0 is invalid: the instruction 0x6a needs a value of type i32 where the stack"
            + " holds one of i64",
        of(0x20, 0, 0x20, 1, 0x6a));
    refuses("the instruction 0x6a needs a value that the stack does not hold", 0x20, 0, 0x6a);
  }

  @Test
  void aFunctionLeavesItsResultsAndNothingElse() {
    refuses("needs a value that the stack does not hold");
    refuses("needs a value of type i32", 0x20, 1);
    refuses("ends a block with 1 values too many", 0x20, 0, 0x20, 0);
  }

  @Test
  void unreachableCodeIsTypedAsFarAsItCanBe() {
    accepts(0x00);
    accepts(0x00, 0x6a);
    accepts(0x00, 0xd1);
    accepts(0x20, 0, 0x0f, 0x1b);
    refuses("needs a value of type i32 where the stack holds one of i64", 0x00, 0x42, 0, 0x6a);
    refuses("ends a block with 1 values too many", 0x00, 0x41, 0, 0x41, 0);
  }

  @Test
  void branchesCarryWhatTheirLabelsTake() {
    accepts(0x02, I32, 0x41, 1, 0x0c, 0, 0x0b);
    accepts(0x03, 0x40, 0x0c, 0, 0x0b, 0x20, 0);
    refuses("needs a value", 0x02, I32, 0x0c, 0, 0x0b);
    refuses("goes to label 2, but only 2 blocks are open", 0x02, 0x40, 0x0c, 2, 0x0b, 0x20, 0);
    refuses(
        "goes to labels that take different numbers of values",
        of(0x02, 0x40, 0x41, 1, 0x41, 1, 0x0e, vec(0), 1, 0x0b, 0x20, 0));
  }

  @Test
  void anIfWithResultsNeedsAnElse() {
    accepts(0x20, 0, 0x04, I32, 0x41, 1, 0x05, 0x41, 2, 0x0b);
    refuses("ends an if without else", 0x20, 0, 0x04, I32, 0x41, 1, 0x0b);
    refuses("stands outside an if", 0x02, 0x40, 0x05, 0x0b, 0x20, 0);
  }

  @Test
  void indicesOfCodeMustExist() {
    refuses("function index 9 is out of range", 0x10, 9);
    refuses("local index 2 is out of range", 0x20, 2);
    refuses("global index 2 is out of range", 0x23, 2);
    refuses("table index 1 is out of range", 0x20, 0, 0x25, 1, 0x1a, 0x20, 0);
    refuses("memory index 1 is out of range", 0x3f, 1);
    refuses("type index 5 of a block is out of range", 0x02, 5, 0x0b, 0x20, 0);
    refuses("names data segment 1 of 1", 0xfc, 9, 1, 0x20, 0);
    refuses("element segment index 1 is out of range", 0xfc, 13, 1, 0x20, 0);
  }

  @Test
  void constantGlobalsStayConstant() {
    accepts(0x41, 1, 0x24, 0, 0x20, 0);
    refuses("sets a global that cannot be changed", 0x42, 1, 0x24, 1, 0x20, 0);
  }

  @Test
  void onlyFunctionsNamedInSegmentsOrExportsCanBeReferredTo() {
    accepts(0xd2, 1, 0xd1);
    refuses("refers to function 0, which is neither exported nor in a segment", 0xd2, 0, 0xd1);
  }

  @Test
  void memoryAccessesStayWithinTheirNaturalAlignment() {
    accepts(0x20, 0, 0x28, 2, 0);
    refuses("asks for an alignment of 2^3, above the natural one", 0x20, 0, 0x28, 3, 0);
    refuses("an offset does not fit in 32 bits", 0x20, 0, 0x28, 2, leb(1L << 32));
  }

  @Test
  void vectorsAreTypedToo() {
    accepts(0x20, 0, 0xfd, 17, 0xfd, 27, 3);
    refuses("lane 4 of 4 does not exist", 0x20, 0, 0xfd, 17, 0xfd, 27, 4);
    refuses("needs a value of type v128", 0x20, 0, 0xfd, 77, 0xfd, 83);
    refuses("there is no instruction 0xfd 0x9a", 0xfd, leb(154));
  }

  @Test
  void referencesAreSelectedByTheirTypeOnly() {
    refuses("selects references", 0xd2, 1, 0xd2, 1, 0x41, 0, 0x1b, 0xd1);
    accepts(0xd2, 1, 0xd2, 1, 0x41, 0, 0x1c, vec(FUNCREF), 0xd1);
    refuses("selects between i64 and i32", 0x20, 1, 0x20, 0, 0x41, 0, 0x1b);
  }

  @ParameterizedTest
  @CsvSource({
    "12,TAIL_CALLS,tail calls (the instruction 0x12)",
    "15,TAIL_CALLS,tail calls (the instruction 0x15)",
    "14,TYPED_REFERENCES,typed references (the instruction 0x14)",
    "06,EXCEPTIONS,exceptions (the instruction 0x06)",
    "08,EXCEPTIONS,exceptions (the instruction 0x08)",
    "1f,EXCEPTIONS,exceptions (the instruction 0x1f)",
    "fb,GARBAGE_COLLECTION,garbage collection (the instruction 0xfb)",
    "fe,THREADS,threads (the instruction 0xfe)",
    "e0,STACK_SWITCHING,stack switching (the instruction 0xe0)",
  })
  void whatTheEngineLacksIsRefusedByName(String opcode, UnsupportedFeature feature, String words) {
    byte[] module = withBody(Integer.parseInt(opcode, 16), 0, 0);
    assertThatExceptionOfType(InvalidComponentException.class)
        .isThrownBy(() -> CoreModuleReader.read(module, 0, module.length, CAPS))
        .withMessageStartingWith("it uses " + words + ", which are not supported")
        .matches(e -> e.unsupportedFeature().orElseThrow() == feature);
  }

  @Test
  void relaxedVectorsAndWideArithmeticAreRefusedByName() {
    refuses("relaxed vector instructions (0xfd 0x100)", 0xfd, leb(0x100));
    refuses("wide arithmetic (0xfc 0x13)", 0xfc, 0x13);
  }

  @Test
  void initialValuesAreConstantAndOfTheirGlobalsType() {
    refusesModule("needs a value of type i32", section(6, vec(of(I32, 0, 0x42, 0, 0x0b))));
    refusesModule(
        "the instruction 0x10 is not constant", section(6, vec(of(I32, 0, 0x10, 0, 0x0b))));
    refusesModule(
        "reads a global that can change",
        section(6, vec(of(I32, 1, 0x41, 0, 0x0b), of(I32, 0, 0x23, 0, 0x0b))));
  }

  @Test
  void segmentsFillWhatExists() {
    refusesModule(
        "fills memory 0, which does not exist", section(11, vec(of(0, 0x41, 0, 0x0b, 0))));
    refusesModule("fills table 0, which does not exist", section(9, vec(of(0, 0x41, 0, 0x0b, 0))));
    refusesModule(
        "announces 2 data segments, the data section has 1",
        of(section(12, 2), section(11, vec(of(1, vec())))));
  }

  @Test
  void aStartFunctionTakesAndGivesNothing() {
    refusesModule(
        "the start function has the type [i32] -> []",
        of(
            section(1, vec(of(0x60, vec(I32), vec()))),
            section(3, vec(0)),
            section(8, 0),
            section(10, vec(of(2, vec(), 0x0b)))));
  }

  @Test
  void codeThatMovesAThousandValuesAtEveryInstructionIsNotCheckedForSeconds() {
    Object[] many = new Object[1000];
    Arrays.fill(many, I32);
    byte[] calls = new byte[400_000];
    for (int i = 0; i < calls.length; i += 2) {
      calls[i] = 0x10;
    }
    byte[] code = of(vec(), 0x00, calls, 0x0b);
    refusesModule(
        "repeats itself too often to be checked",
        of(
            section(1, vec(of(0x60, vec(many), vec(many)))),
            section(3, vec(0)),
            section(10, vec(of(leb(code.length), code)))));
  }

  private static void refusesModule(String words, byte[] sections) {
    byte[] module = module(sections);
    assertThatExceptionOfType(InvalidComponentException.class)
        .isThrownBy(() -> CoreModuleReader.read(module, 0, module.length, CAPS))
        .withMessageContaining(words);
  }
}
