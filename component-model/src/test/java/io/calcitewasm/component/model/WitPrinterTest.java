package io.calcitewasm.component.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.guest.Guests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Types as a person would write them in WIT. */
class WitPrinterTest {
  private static final ValType DATE =
      new ValType.NamedType(
          new TypeName("calcite:extension/types@0.1.0", "date"),
          new ValType.RecordType(List.of(new ValType.Field("year", PrimitiveType.S32))));

  private static FuncType function(ValType result, ValType.Field... parameters) {
    return new FuncType(List.of(parameters), Optional.of(result));
  }

  @Test
  void aFunctionIsPrintedWithItsParametersAndResult() {
    assertThat(
            WitPrinter.function(
                "slugify",
                function(PrimitiveType.STRING, new ValType.Field("s", PrimitiveType.STRING))))
        .isEqualTo("slugify: func(s: string) -> string");
    assertThat(WitPrinter.function("ping", new FuncType(List.of(), Optional.empty())))
        .isEqualTo("ping: func()");
  }

  /** Written out, the type would have a million million parts. */
  @Test
  void inAMessageAFunctionOfAHugeTypeIsPrintedWithoutIt() {
    ValType doubling = PrimitiveType.STRING;
    for (int i = 0; i < 40; i++) {
      doubling =
          new ValType.RecordType(
              List.of(new ValType.Field("a", doubling), new ValType.Field("b", doubling)));
    }
    ValType huge = doubling;
    assertThat(WitPrinter.shortFunction("f", function(huge, new ValType.Field("x", huge))))
        .isEqualTo("f: func(…)");
    assertThat(
            WitPrinter.shortFunction(
                "f", function(DATE, new ValType.Field("n".repeat(1_000), PrimitiveType.S8))))
        .isEqualTo("f: func(…)");
    assertThat(WitPrinter.shortFunction("f", function(DATE))).isEqualTo("f: func() -> date");
  }

  @Test
  void keywordsGetAPercentSign() {
    assertThat(
            WitPrinter.function(
                "type", function(PrimitiveType.BOOL, new ValType.Field("from", PrimitiveType.S8))))
        .isEqualTo("%type: func(%from: s8) -> bool");
  }

  @Test
  void typesAreNestedAndNamed() {
    assertThat(WitPrinter.type(new ValType.OptionType(new ValType.ListType(DATE))))
        .isEqualTo("option<list<date>>");
    assertThat(
            WitPrinter.type(new ValType.TupleType(List.of(PrimitiveType.U8, PrimitiveType.CHAR))))
        .isEqualTo("tuple<u8, char>");
    assertThat(WitPrinter.type(DATE.structure())).isEqualTo("record { year: s32 }");
  }

  @Test
  void resultsTellWhatTheyHave() {
    Optional<ValType> none = Optional.empty();
    assertThat(WitPrinter.type(new ValType.ResultType(none, none))).isEqualTo("result");
    assertThat(WitPrinter.type(new ValType.ResultType(Optional.of(DATE), none)))
        .isEqualTo("result<date>");
    assertThat(WitPrinter.type(new ValType.ResultType(none, Optional.of(PrimitiveType.STRING))))
        .isEqualTo("result<_, string>");
    assertThat(
            WitPrinter.type(
                new ValType.ResultType(Optional.of(DATE), Optional.of(PrimitiveType.STRING))))
        .isEqualTo("result<date, string>");
  }

  @Test
  void anInterfaceIsPrintedItemByItem() {
    ResourceType counter = new ResourceType("counter");
    ValType own = new ValType.OwnType(counter);
    ValType.Field self = new ValType.Field("self", new ValType.BorrowType(counter));
    Map<String, ExternType> exports = new LinkedHashMap<>();
    exports.put("date", new ExternType.Type(DATE));
    exports.put(
        "colour",
        new ExternType.Type(
            new ValType.NamedType(
                new TypeName("a:b/c", "colour"), new ValType.EnumType(List.of("red", "use")))));
    exports.put(
        "shape",
        new ExternType.Type(
            new ValType.NamedType(
                new TypeName("a:b/c", "shape"),
                new ValType.VariantType(
                    List.of(
                        new ValType.Case("none", Optional.empty()),
                        new ValType.Case("circle", Optional.of(PrimitiveType.F64)))))));
    exports.put(
        "paint",
        new ExternType.Type(
            new ValType.NamedType(
                new TypeName("a:b/c", "colour"), new ValType.EnumType(List.of("red", "use")))));
    exports.put("counter", new ExternType.Resource(counter));
    exports.put(
        "[constructor]counter",
        new ExternType.Func(function(own, new ValType.Field("start", PrimitiveType.U32))));
    exports.put("[method]counter.next", new ExternType.Func(function(PrimitiveType.U32, self)));
    exports.put("[static]counter.merge", new ExternType.Func(function(own)));
    exports.put(
        "peek",
        new ExternType.Func(
            function(PrimitiveType.U32, new ValType.Field("c", new ValType.BorrowType(counter)))));

    assertThat(WitPrinter.items("a:b/c", exports))
        .containsExactly(
            "use calcite:extension/types@0.1.0.{date};",
            "enum colour { red, %use }",
            "variant shape { none, circle(f64) }",
            "type paint = colour;",
            "resource counter {",
            "  constructor(start: u32);",
            "  next: func() -> u32;",
            "  merge: static func() -> counter;",
            "}",
            "peek: func(c: borrow<counter>) -> u32;");
  }

  @Test
  void aRealComponentPrintsAsItsAuthorWroteIt() throws InvalidComponentException {
    Component text = Component.read(Guests.bytes("components/text"));
    String name = "examples:text/strings@0.1.0";
    assertThat(text.exports().get(name))
        .isInstanceOfSatisfying(
            ExternType.Instance.class,
            strings ->
                assertThat(WitPrinter.items(name, strings.exports()))
                    .contains(
                        "slugify: func(s: string) -> string;",
                        "levenshtein: func(a: string, b: string) -> u32;",
                        "split: func(s: string, sep: string) -> list<string>;"));
  }
}
