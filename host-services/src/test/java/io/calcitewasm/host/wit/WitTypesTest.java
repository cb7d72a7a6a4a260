package io.calcitewasm.host.wit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitTypesTest {
  private static final String SHAPES =
      """
      package a:b@1.2.3;

      /// Worlds are passed over.
      world w { import shapes; export f: func(); }

      @since(version = 1.0.0)
      interface shapes {
        /* a type may
           stand after its use */
        @unstable(feature = area)
        area: func(of: shape) -> result<f64, string>;
        variant shape { nothing, circle(f64), polygon(list<point>) }
        record point { x: f64, %type: kind, }
        enum kind { here, there }
        flags sides { left, right }
        type points = list<point>;
        both: func(s: sides, p: points) -> tuple<u8, option<char>>;
        bare: func() -> result;
        only-error: func() -> result<_, kind>;
        only-value: func() -> result<u64>;
      }

      interface things {
        use shapes.{point as place};
        resource thing {
          constructor(at: place);
          move-to: func(at: place);
          clone: static func(of: borrow<thing>) -> thing;
        }
        resource opaque;
      }
      """;

  private static final String USER =
      """
      package c:d;
      interface user {
        use a:b/things@1.2.3.{thing, opaque as o};
        take: func(t: own<thing>, o: borrow<o>);
      }
      """;

  private static final ValType KIND = new ValType.EnumType(List.of("here", "there"));

  private static final ValType POINT =
      new ValType.RecordType(
          List.of(new ValType.Field("x", PrimitiveType.F64), new ValType.Field("type", KIND)));

  private final WitTypes types = WitTypes.of(List.of(SHAPES, USER));

  @Test
  void definitions_are_resolved_wherever_they_stand() {
    ValType shape =
        new ValType.VariantType(
            List.of(
                new ValType.Case("nothing", Optional.empty()),
                new ValType.Case("circle", Optional.of(PrimitiveType.F64)),
                new ValType.Case("polygon", Optional.of(new ValType.ListType(POINT)))));
    assertThat(function("a:b/shapes", "area"))
        .isEqualTo(
            new FuncType(
                List.of(new ValType.Field("of", shape)),
                Optional.of(
                    new ValType.ResultType(
                        Optional.of(PrimitiveType.F64), Optional.of(PrimitiveType.STRING)))));
  }

  @Test
  void every_kind_of_type_is_read() {
    assertThat(function("a:b/shapes", "both"))
        .isEqualTo(
            new FuncType(
                List.of(
                    new ValType.Field("s", new ValType.FlagsType(List.of("left", "right"))),
                    new ValType.Field("p", new ValType.ListType(POINT))),
                Optional.of(
                    new ValType.TupleType(
                        List.of(PrimitiveType.U8, new ValType.OptionType(PrimitiveType.CHAR))))));
    assertThat(function("a:b/shapes", "bare").result())
        .contains(new ValType.ResultType(Optional.empty(), Optional.empty()));
    assertThat(function("a:b/shapes", "only-error").result())
        .contains(new ValType.ResultType(Optional.empty(), Optional.of(KIND)));
    assertThat(function("a:b/shapes", "only-value").result())
        .contains(new ValType.ResultType(Optional.of(PrimitiveType.U64), Optional.empty()));
  }

  @Test
  void resources_have_functions_named_as_in_the_binary_format() {
    assertThat(types.get("a:b/things").functions().keySet())
        .containsExactly("[constructor]thing", "[method]thing.move-to", "[static]thing.clone");
    assertThat(WitTypes.functionNames(USER)).containsExactly("take");
  }

  @Test
  void a_resource_is_the_same_wherever_it_is_used() {
    WitInterface things = types.get("a:b/things");
    WitInterface user = types.get("c:d/user");
    assertThat(user.resources()).containsOnlyKeys("thing", "o");
    assertThat(user.defined()).isEmpty();
    assertThat(user.resources().get("thing")).isSameAs(things.defined().get("thing"));
    assertThat(function("c:d/user", "take").parameters())
        .extracting(ValType.Field::type)
        .containsExactly(
            new ValType.OwnType(requireNonNull(things.defined().get("thing"))),
            new ValType.BorrowType(requireNonNull(things.defined().get("opaque"))));
  }

  @Test
  void what_is_no_WIT_is_refused_with_its_line() {
    assertThatThrownBy(() -> WitTypes.of(List.of("package a:b;\ninterface x {\n  f: funk();\n}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WIT text, line 3: expected 'func' but found 'funk'");
    assertThatThrownBy(() -> WitTypes.of(List.of("package a:b;\ninterface x { # }")))
        .hasMessage("WIT text, line 2: unexpected character '#'");
    assertThatThrownBy(() -> WitTypes.of(List.of("package a:b; interface x {")))
        .hasMessage("WIT text ends too early");
  }

  @Test
  void a_name_that_nothing_defines_is_refused() {
    assertThatThrownBy(
            () -> WitTypes.of(List.of("package a:b; interface x { f: func(a: missing); }")))
        .hasMessage("interface a:b/x has no type missing");
    assertThatThrownBy(
            () -> WitTypes.of(List.of("package a:b; interface x { use y.{z}; f: func(a: z); }")))
        .hasMessage("no WIT text defines the interface a:b/y");
  }

  private FuncType function(String interfaceName, String name) {
    return requireNonNull(types.get(interfaceName).functions().get(name), name);
  }
}
