package io.calcitewasm.udf.signature;

import static io.calcitewasm.component.model.PrimitiveType.F64;
import static io.calcitewasm.component.model.PrimitiveType.S64;
import static io.calcitewasm.component.model.PrimitiveType.STRING;
import static io.calcitewasm.component.model.PrimitiveType.U32;
import static io.calcitewasm.udf.Types.func;
import static io.calcitewasm.udf.Types.list;
import static io.calcitewasm.udf.Types.option;
import static io.calcitewasm.udf.Types.record;
import static io.calcitewasm.udf.Types.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.udf.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/sql.md, "Names". */
class SignatureMapperTest {
  private static final String STRINGS = "acme:text/text-functions@1.2.0";

  @Test
  void aFunctionOfAnInterfaceHasAShortAndALongName() {
    SqlFunction function = only(STRINGS, "to-URL", func(STRING, "raw-text", STRING));
    assertThat(function.shortName()).isEqualTo("m.to_url");
    assertThat(function.longName()).isEqualTo("m.text_functions.to_url");
    assertThat(function.witName()).isEqualTo("to-URL");
    assertThat(function.sqlSignature()).isEqualTo("to_url(raw_text VARCHAR) -> VARCHAR");
  }

  @Test
  void aFunctionOfTheRootHasOneName() {
    SqlFunction function = map(Map.of("f", new ExternType.Func(func(STRING)))).getFirst();
    assertThat(function.interfaceName()).isEmpty();
    assertThat(function.longName()).isEqualTo("m.f");
  }

  @Test
  void anInterfaceWithoutPackageIsASubSchemaToo() {
    assertThat(only("natural-order", "compare", func(S64)).longName())
        .isEqualTo("m.natural_order.compare");
  }

  @Test
  void interfacesOfTheContractAndOfWasiAreNoFunctions() {
    Map<String, ExternType> exports = new LinkedHashMap<>();
    exports.put("calcite:extension/lifecycle@0.1.0", instance("on-load", func(null)));
    exports.put("wasi:cli/run@0.2.0", instance("run", func(null)));
    exports.put("my:wasi/run@0.2.0", instance("walk", func(null)));
    assertThat(map(exports)).extracting(SqlFunction::name).containsExactly("walk");
  }

  @Test
  void optionsAreNotStrict() {
    SqlFunction function =
        only(STRINGS, "pad", func(option(STRING), "s", STRING, "fill", option(STRING)));
    assertThat(function.parameters())
        .extracting(SqlParameter::nullable)
        .containsExactly(false, true);
    assertThat(function.resultNullable()).isTrue();
    assertThat(function.raises()).isFalse();
  }

  @Test
  void aResultIsItsValueOrAnError() {
    SqlFunction function = only(STRINGS, "parse", func(result(option(S64), Types.ERROR)));
    assertThat(function.result().toSql()).isEqualTo("BIGINT");
    assertThat(function.resultNullable()).isTrue();
    assertThat(function.raises()).isTrue();
  }

  @Test
  void nothingToAnswerIsABoolean() {
    assertThat(only(STRINGS, "a", func(null)).sqlSignature()).isEqualTo("a() -> BOOLEAN");
    assertThat(only(STRINGS, "b", func(result(null, STRING))).sqlSignature())
        .isEqualTo("b() -> BOOLEAN");
    assertThat(only(STRINGS, "c", func(result(null, null))).raises()).isTrue();
  }

  @Test
  void anUnservableTypeIsToldWithItsPlace() {
    ValType own = new ValType.OwnType(new ResourceType("reader"));
    assertThat(only(STRINGS, "open", func(own, "s", STRING)).noSqlForm())
        .contains("result: a resource (reader) has no SQL form");
    assertThat(only(STRINGS, "close", func(null, "the-reader", own)).noSqlForm())
        .contains("parameter the_reader: a resource (reader) has no SQL form");
  }

  @Test
  void aListOfRecordsIsAnArrayOfRowsInAScalarPlace() {
    assertThat(
            only(STRINGS, "tokens", func(list(record("position", S64, "text", STRING))))
                .sqlSignature())
        .isEqualTo("tokens() -> ROW(position BIGINT, text VARCHAR) ARRAY");
  }

  @Test
  void methodsAndConstructorsAreNoFunctions() {
    Map<String, ExternType> resource = new LinkedHashMap<>();
    resource.put("reader", new ExternType.Resource(new ResourceType("reader")));
    resource.put("[constructor]reader", new ExternType.Func(func(null)));
    resource.put("[method]reader.next", new ExternType.Func(func(null)));
    resource.put("[static]reader.all", new ExternType.Func(func(null)));
    assertThat(map(Map.of(STRINGS, new ExternType.Instance(resource)))).isEmpty();
  }

  @Test
  void aResourceWithStepAndValueIsAnAggregate() {
    SqlFunction function = aggregate("value", func(option(F64), "self", MEDIAN));
    assertThat(function.kind()).isEqualTo(SqlFunction.Kind.AGGREGATE);
    assertThat(function.sqlSignature()).isEqualTo("median(p BIGINT, x DOUBLE) -> DOUBLE");
    assertThat(function.resultNullable()).isTrue();
  }

  @Test
  void anAggregateWithoutValueIsListedWithTheReasonWhyItCannotBeCalled() {
    SqlFunction function = aggregate("reset", func(null, "self", MEDIAN));
    assertThat(function.noSqlForm())
        .contains("resource median as an aggregate: it has step, but no value");
  }

  @Test
  void aMergeOfSomethingElseIsNoMerge() {
    Map<String, ExternType> median = median("value", func(F64, "self", MEDIAN));
    median.put(
        "[method]median.merge", new ExternType.Func(func(null, "self", MEDIAN, "other", STRING)));
    assertThat(map(Map.of(STRINGS, new ExternType.Instance(median))).getFirst().noSqlForm())
        .contains(
            "resource median as an aggregate: merge is func(self: borrow<median>, other: string),"
                + " not func(other: borrow<median>)");
  }

  private static final ResourceType RESOURCE = new ResourceType("median");
  private static final ValType MEDIAN = new ValType.BorrowType(RESOURCE);

  private static SqlFunction aggregate(String method, FuncType type) {
    return map(Map.of(STRINGS, new ExternType.Instance(median(method, type)))).getFirst();
  }

  /** The exports of a resource with constructor, step and another method. */
  private static Map<String, ExternType> median(String method, FuncType type) {
    Map<String, ExternType> exports = new LinkedHashMap<>();
    exports.put("median", new ExternType.Resource(RESOURCE));
    FuncType constructor = func(new ValType.OwnType(RESOURCE), "p", S64);
    exports.put("[constructor]median", new ExternType.Func(constructor));
    FuncType step = func(null, "self", MEDIAN, "x", F64);
    exports.put("[method]median.step", new ExternType.Func(step));
    exports.put("[method]median." + method, new ExternType.Func(type));
    return exports;
  }

  @Test
  void theManifestDocumentsAndNarrows() {
    Manifest manifest =
        Manifest.parse(
            """
            {"functions": {"price": {"documentation": "What it costs.",
                                     "result": {"precision": 12, "scale": 2}}}}
            """
                .getBytes(UTF_8));
    FuncType type = func(result(option(Types.DECIMAL), STRING), "id", U32);
    SqlFunction function =
        SignatureMapper.functions("m", Map.of(STRINGS, instance("price", type)), manifest)
            .getFirst();
    assertThat(function.documentation()).isEqualTo("What it costs.");
    assertThat(function.sqlSignature()).isEqualTo("price(id BIGINT) -> DECIMAL(12, 2)");
  }

  private static SqlFunction only(String interfaceName, String name, FuncType type) {
    List<SqlFunction> functions = map(Map.of(interfaceName, instance(name, type)));
    assertThat(functions).hasSize(1);
    return functions.getFirst();
  }

  private static List<SqlFunction> map(Map<String, ExternType> exports) {
    return SignatureMapper.functions("m", exports, Manifest.EMPTY);
  }

  private static ExternType.Instance instance(String name, FuncType type) {
    return new ExternType.Instance(Map.of(name, new ExternType.Func(type)));
  }
}
