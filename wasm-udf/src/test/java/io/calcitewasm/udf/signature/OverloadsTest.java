package io.calcitewasm.udf.signature;

import static io.calcitewasm.udf.Types.func;
import static io.calcitewasm.udf.Types.list;
import static io.calcitewasm.udf.Types.option;
import static io.calcitewasm.udf.Types.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.Types;
import io.calcitewasm.udf.signature.SqlType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/sql.md, "Conversions and overloads". */
class OverloadsTest {

  @ParameterizedTest
  @CsvSource({
    "SMALLINT, S16, EXACT",
    "TINYINT, S16, WIDENING",
    "INTEGER, S64, WIDENING",
    "BIGINT, F32, WIDENING",
    "REAL, F64, WIDENING",
    "INTEGER, S8, NARROWING",
    "DECIMAL, S32, NARROWING",
    "DOUBLE, F32, NARROWING",
    "VARCHAR, STRING, EXACT",
    "VARCHAR, CHAR, NARROWING",
  })
  void oneCandidateTakesWhatConverts(Kind argument, PrimitiveType parameter, Fit.Level fit) {
    Overloads.Choice choice =
        Overloads.choose("m.f", unary(parameter), List.of(ArgType.of(argument)));
    assertThat(choice.fit()).isEqualTo(fit);
  }

  @ParameterizedTest
  @CsvSource({
    "DOUBLE, S32",
    "REAL, S64",
    "VARCHAR, S32",
    "INTEGER, STRING",
    "INTEGER, BOOL",
    "DATE, STRING",
    "VARBINARY, STRING",
  })
  void otherTypesDoNotConvert(Kind argument, PrimitiveType parameter) {
    SqlError error = refused(unary(parameter), ArgType.of(argument));
    assertThat(error.sqlState()).isEqualTo("42883");
    assertThat(error).hasMessageContaining("no function m.f(" + argument + ")");
  }

  @Test
  void theExactMatchWins() {
    assertThat(chosen(unary(PrimitiveType.S8, PrimitiveType.S32), ArgType.of(Kind.INTEGER)))
        .isEqualTo(PrimitiveType.S32);
  }

  @Test
  void theNearestWideningWinsOverNarrowing() {
    assertThat(
            chosen(
                unary(PrimitiveType.F64, PrimitiveType.S64, PrimitiveType.S16),
                ArgType.of(Kind.INTEGER)))
        .isEqualTo(PrimitiveType.S64);
  }

  @Test
  void theNearestNarrowingWinsWhereNothingWidens() {
    assertThat(chosen(unary(PrimitiveType.S8, PrimitiveType.S16), ArgType.of(Kind.INTEGER)))
        .isEqualTo(PrimitiveType.S16);
  }

  @Test
  void aCharacterLiteralIsTextBeforeItIsACharacter() {
    List<SqlFunction> candidates = unary(PrimitiveType.CHAR, PrimitiveType.STRING);
    assertThat(chosen(candidates, new ArgType.Scalar(SqlType.character(3))))
        .isEqualTo(PrimitiveType.STRING);
    assertThat(chosen(candidates, new ArgType.Scalar(SqlType.character(1))))
        .isEqualTo(PrimitiveType.CHAR);
  }

  @Test
  void aDecimalWithFractionPrefersTheTypeThatHasOne() {
    assertThat(
            chosen(
                unary(PrimitiveType.U64, Types.DECIMAL), new ArgType.Scalar(SqlType.decimal(5, 2))))
        .isEqualTo(Types.DECIMAL);
  }

  @Test
  void stepsOfAllArgumentsCount() {
    List<SqlFunction> candidates = new ArrayList<>();
    candidates.addAll(function("a", func(null, "x", PrimitiveType.S64, "y", PrimitiveType.S64)));
    candidates.addAll(function("b", func(null, "x", PrimitiveType.S32, "y", PrimitiveType.F64)));
    assertThat(
            Overloads.choose(
                    "m.f", candidates, List.of(ArgType.of(Kind.INTEGER), ArgType.of(Kind.INTEGER)))
                .function()
                .schemaName())
        .isEqualTo("a");
  }

  @Test
  void aTieIsAmbiguousAndNamesBothLongNames() {
    SqlError error = refused(unary(PrimitiveType.U8, PrimitiveType.S16), ArgType.of(Kind.SMALLINT));
    assertThat(error.sqlState()).isEqualTo("42725");
    assertThat(error).hasMessage("m.f(SMALLINT) is ambiguous; call one of m.i0.f, m.i1.f");
  }

  @Test
  void interfacesOfTheSameShortNameAreToldApartInMessages() {
    List<SqlFunction> candidates = new ArrayList<>();
    candidates.addAll(function("a:x/i@1.0.0", func(null)));
    candidates.addAll(function("a:y/i@1.0.0", func(null)));
    assertThat(
            catchThrowableOfType(
                SqlError.class, () -> Overloads.choose("m.f", candidates, List.of())))
        .hasMessage(
            "m.f() is ambiguous; call one of m.i.f (of a:x/i@1.0.0), m.i.f (of a:y/i@1.0.0)");
  }

  @Test
  void nullFitsEverywhere() {
    assertThat(chosen(unary(option(PrimitiveType.S32)), new ArgType.Unknown()))
        .isEqualTo(option(PrimitiveType.S32));
  }

  @Test
  void nullDecidesNothing() {
    assertThat(
            refused(unary(PrimitiveType.S32, PrimitiveType.STRING), new ArgType.Unknown())
                .sqlState())
        .isEqualTo("42725");
  }

  @Test
  void anUnknownTypeLeavesTheOtherArgumentsToDecide() {
    List<SqlFunction> candidates = new ArrayList<>();
    candidates.addAll(function("a", func(null, "x", PrimitiveType.STRING, "y", PrimitiveType.S32)));
    candidates.addAll(function("b", func(null, "x", PrimitiveType.S32, "y", PrimitiveType.STRING)));
    assertThat(
            Overloads.choose(
                    "m.f", candidates, List.of(new ArgType.Unknown(), ArgType.of(Kind.VARCHAR)))
                .function()
                .schemaName())
        .isEqualTo("b");
  }

  @Test
  void arraysFitByTheirElements() {
    ArgType integers = new ArgType.ArrayOf(ArgType.of(Kind.INTEGER));
    assertThat(chosen(unary(list(PrimitiveType.S64), list(PrimitiveType.STRING)), integers))
        .isEqualTo(list(PrimitiveType.S64));
    assertThat(refused(unary(PrimitiveType.S64), integers).sqlState()).isEqualTo("42883");
    assertThat(chosen(unary(list(PrimitiveType.S64)), new ArgType.ArrayOf(new ArgType.Unknown())))
        .isEqualTo(list(PrimitiveType.S64));
  }

  @Test
  void rowsFitByPosition() {
    ValType point = record("x", PrimitiveType.F64, "y", option(PrimitiveType.F64));
    assertThat(
            chosen(
                unary(point),
                new ArgType.RowOf(List.of(ArgType.of(Kind.INTEGER), new ArgType.Unknown()))))
        .isEqualTo(point);
    assertThat(
            refused(unary(point), new ArgType.RowOf(List.of(ArgType.of(Kind.INTEGER)))).sqlState())
        .isEqualTo("42883");
  }

  @Test
  void theWrongNumberOfArgumentsListsTheCandidates() {
    SqlError error = refused(unary(PrimitiveType.S32));
    assertThat(error.sqlState()).isEqualTo("42883");
    assertThat(error).hasMessage("no function m.f(); candidates: m.i0.f(x INTEGER) -> BOOLEAN");
  }

  @Test
  void foreignTypesFitNowhere() {
    assertThat(refused(unary(PrimitiveType.S32), new ArgType.Other("MAP")))
        .hasMessageContaining("no function m.f(MAP)");
  }

  @Test
  void anUnknownFunctionIsNamed() {
    assertThat(refused(List.of(), ArgType.of(Kind.DATE)))
        .hasMessage("no function m.f(DATE)")
        .extracting(SqlError::sqlState)
        .isEqualTo("42883");
  }

  @Test
  void aFunctionWithoutSqlFormSaysWhy() {
    List<SqlFunction> candidates = unary(new ValType.BorrowType(new ResourceType("file")));
    SqlError error = refused(candidates, ArgType.of(Kind.INTEGER));
    assertThat(error.sqlState()).isEqualTo("WM004");
    assertThat(error)
        .hasMessage(
            "function m.i0.f cannot be called from SQL: parameter x: a resource (file) has no"
                + " SQL form");
  }

  private static ValType chosen(List<SqlFunction> candidates, ArgType argument) {
    return Overloads.choose("m.f", candidates, List.of(argument))
        .function()
        .type()
        .parameters()
        .getFirst()
        .type();
  }

  private static SqlError refused(List<SqlFunction> candidates, ArgType... args) {
    return catchThrowableOfType(
        SqlError.class, () -> Overloads.choose("m.f", candidates, List.of(args)));
  }

  /** {@code f(x: T)} in an interface of its own for each type. */
  private static List<SqlFunction> unary(ValType... parameters) {
    List<SqlFunction> functions = new ArrayList<>();
    for (ValType parameter : parameters) {
      functions.addAll(function("i" + functions.size(), func(null, "x", parameter)));
    }
    return functions;
  }

  private static List<SqlFunction> function(
      String interfaceName, io.calcitewasm.component.model.FuncType type) {
    Map<String, ExternType> exports = new LinkedHashMap<>();
    exports.put(interfaceName, new ExternType.Instance(Map.of("f", new ExternType.Func(type))));
    return SignatureMapper.functions("m", exports, Manifest.EMPTY);
  }
}
