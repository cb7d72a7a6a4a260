package io.calcitewasm.udf.signature;

import static io.calcitewasm.component.model.PrimitiveType.BOOL;
import static io.calcitewasm.component.model.PrimitiveType.F64;
import static io.calcitewasm.component.model.PrimitiveType.S32;
import static io.calcitewasm.component.model.PrimitiveType.S64;
import static io.calcitewasm.component.model.PrimitiveType.STRING;
import static io.calcitewasm.component.model.PrimitiveType.U32;
import static io.calcitewasm.component.model.PrimitiveType.U8;
import static io.calcitewasm.udf.Types.flags;
import static io.calcitewasm.udf.Types.labels;
import static io.calcitewasm.udf.Types.list;
import static io.calcitewasm.udf.Types.option;
import static io.calcitewasm.udf.Types.record;
import static io.calcitewasm.udf.Types.result;
import static io.calcitewasm.udf.Types.tuple;
import static io.calcitewasm.udf.Types.variant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.TypeName;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.Types;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/sql.md, "Types". */
class SqlMappingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL | BOOLEAN",
        "S8 | TINYINT",
        "S16 | SMALLINT",
        "S32 | INTEGER",
        "S64 | BIGINT",
        "U8 | SMALLINT",
        "U16 | INTEGER",
        "U32 | BIGINT",
        "U64 | DECIMAL(20, 0)",
        "F32 | REAL",
        "F64 | DOUBLE",
        "CHAR | CHAR(1)",
        "STRING | VARCHAR",
      })
  void primitives(PrimitiveType type, String sql) throws Exception {
    assertThat(sql(type)).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATE | DATE",
        "TIME | TIME",
        "TIMESTAMP | TIMESTAMP",
        "TIMESTAMP_TZ | TIMESTAMP WITH LOCAL TIME ZONE",
        "INTERVAL_MONTHS | INTERVAL YEAR TO MONTH",
        "INTERVAL_MICROS | INTERVAL DAY TO SECOND(3)",
        "DECIMAL | DECIMAL(38, 18)",
        "UUID | UUID",
        "JSON | VARCHAR",
      })
  void typesOfTheContract(ContractType type, String sql) throws Exception {
    assertThat(sql(Types.contract(type))).isEqualTo(sql);
  }

  @Test
  void laterPatchesOfTheContractMeanTheSame() throws Exception {
    assertThat(sql(named("calcite:extension/types@0.1.9", "date", record("days", S32))))
        .isEqualTo("DATE");
  }

  @Test
  void recordsOfTheSameFormElsewhereAreRows() throws Exception {
    assertThat(sql(record("days", S32))).isEqualTo("ROW(days INTEGER)");
    assertThat(sql(named("acme:time/types@0.1.0", "date", record("days", S32))))
        .isEqualTo("ROW(days INTEGER)");
  }

  @Test
  void aNameOfTheContractWithAnotherFormHasNoSqlForm() {
    assertNoForm(
        named("calcite:extension/types@0.1.0", "date", record("days", STRING)),
        "date has not the form of the contract's type");
  }

  @Test
  void listsAreArraysAndBytesAreBinary() throws Exception {
    assertThat(sql(list(U8))).isEqualTo("VARBINARY");
    assertThat(sql(list(S32))).isEqualTo("INTEGER ARRAY");
    assertThat(sql(list(list(U8)))).isEqualTo("VARBINARY ARRAY");
    assertThat(sql(list(list(STRING)))).isEqualTo("VARCHAR ARRAY ARRAY");
    assertThat(SqlMapping.of(list(option(S32))).type())
        .isEqualTo(new SqlType.ArrayOf(SqlType.of(SqlType.Kind.INTEGER), true));
  }

  @Test
  void recordsAndTuplesAreRows() throws Exception {
    assertThat(sql(record("first-name", STRING, "age", option(U8))))
        .isEqualTo("ROW(first_name VARCHAR, age SMALLINT)");
    assertThat(sql(tuple(F64, BOOL))).isEqualTo("ROW(f0 DOUBLE, f1 BOOLEAN)");
  }

  @Test
  void optionalFieldsAreNullable() throws Exception {
    SqlType.RowOf row = (SqlType.RowOf) SqlMapping.of(record("a", S32, "b", option(S32))).type();
    assertThat(row.fields()).extracting(SqlType.RowField::nullable).containsExactly(false, true);
  }

  @Test
  void enumsAndFlagsAreLabels() throws Exception {
    assertThat(sql(labels("red", "green"))).isEqualTo("VARCHAR");
    assertThat(sql(flags("read", "write"))).isEqualTo("VARCHAR ARRAY");
  }

  @Test
  void variantsAreRowsOfTheCaseAndItsPayloads() throws Exception {
    assertThat(sql(variant("circle", F64, "empty", null, "line-to", tuple(S32, S32))))
        .isEqualTo("ROW(case VARCHAR, circle DOUBLE, line_to ROW(f0 INTEGER, f1 INTEGER))");
  }

  @Test
  void aCaseNamedCaseGetsAnotherColumn() throws Exception {
    assertThat(sql(variant("case", S32))).isEqualTo("ROW(case VARCHAR, case_ INTEGER)");
  }

  @Test
  void resultsInsideValuesAreRows() throws Exception {
    assertThat(sql(list(result(S64, STRING)))).isEqualTo("ROW(ok BIGINT, err VARCHAR) ARRAY");
    assertThat(sql(list(result(null, null)))).isEqualTo("ROW(ok BOOLEAN, err BOOLEAN) ARRAY");
  }

  @Test
  void optionsAreNullable() throws Exception {
    assertThat(SqlMapping.of(option(U32)))
        .isEqualTo(new SqlMapping(SqlType.of(SqlType.Kind.BIGINT), true));
  }

  @Test
  void optionsOfOptionsHaveNoSqlForm() {
    assertNoForm(option(option(S32)), "option<option<s32>> has no SQL form");
  }

  @Test
  void resourcesHaveNoSqlForm() {
    assertNoForm(
        new ValType.OwnType(new ResourceType("cursor")), "a resource (cursor) has no SQL form");
    assertNoForm(
        list(new ValType.BorrowType(new ResourceType("cursor"))),
        "a resource (cursor) has no SQL form");
  }

  @Test
  void aHugeTypeOfSharedPartsHasNoSqlForm() {
    ValType type = S32;
    for (int i = 0; i < 99; i++) {
      type = tuple(type, type);
    }
    assertNoForm(type, "more than 1000 parts");
    assertThat(Wit.text(type)).hasSizeLessThan(1000).endsWith("…");
    SqlFunction function =
        new SqlFunction(
            "m",
            "",
            "",
            "f",
            "f",
            "",
            new FuncType(List.of(new ValType.Field("x", type)), Optional.of(type)),
            new SqlForm.None("too large"));
    assertThat(Set.of(function)).as("a hash that does not go through the type").contains(function);
  }

  private static ValType named(String interfaceName, String name, ValType type) {
    return new ValType.NamedType(new TypeName(interfaceName, name), type);
  }

  private static String sql(ValType type) throws NoSqlFormException {
    return SqlMapping.of(type).type().toSql();
  }

  private static void assertNoForm(ValType type, String part) {
    assertThatThrownBy(() -> SqlMapping.of(type))
        .isInstanceOf(NoSqlFormException.class)
        .hasMessageContaining(part);
  }
}
