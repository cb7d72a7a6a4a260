package io.calcitewasm.adapter.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.calcitewasm.adapter.parser.javacc.WasmSqlParserImpl;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/sql.md, "Names": after {@code module.} every name works unquoted. */
class NamesAfterADotTest {
  static Stream<String> everyKeyword() {
    return new WasmSqlParserImpl(new StringReader(""))
        .getMetadata().getTokens().stream()
            .filter(word -> word.chars().allMatch(c -> Character.isLetter(c) || c == '_'));
  }

  @Test
  void theGrammarKnowsManyKeywords() {
    assertThat(everyKeyword()).hasSizeGreaterThan(700).contains("SELECT", "CHECK", "MODULE");
  }

  @ParameterizedTest
  @MethodSource("everyKeyword")
  void everyKeywordIsAFunctionsName(String word) {
    String lower = word.toLowerCase(Locale.ROOT);

    assertThat(functions("SELECT m." + lower + "(1)")).containsExactly("m." + lower);
    assertThat(functions("SELECT m.text_functions." + lower + "(s, 2) FROM t"))
        .containsExactly("m.text_functions." + lower);
    assertThat(functions("SELECT 1 FROM t WHERE m." + lower + "() AND NOT m." + word + "(a)"))
        .containsExactly("m." + lower, "m." + word);
    assertThat(selected("SELECT t." + lower + " FROM t")).isEqualTo("t." + lower);
    assertThat(selected("SELECT t . /* c */ " + lower + " x FROM t")).isEqualTo("t." + lower);
  }

  @ParameterizedTest
  @MethodSource("everyKeyword")
  void everyKeywordIsATablesNameInASchema(String word) {
    SqlSelect select = (SqlSelect) SqlLanguage.parse("SELECT * FROM s." + word + " AS t WHERE 1=1");
    assertThat(select.getFrom()).asString().isEqualToIgnoringNewLines("`s`.`" + word + "` AS `t`");
    assertThat(select.getWhere()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.* FROM t",
        "SELECT s.t.*, 1 FROM s.t",
        "SELECT count(*) FROM t",
        "SELECT 1.5, .5, 1., 1e5, 1.5e-3",
        "SELECT INTERVAL '1.5' SECOND, INTERVAL '1' DAY, INTERVAL t.day DAY FROM t",
        "SELECT x.\"Quoted\".\"select\" FROM x",
        "SELECT (t.r).year, t.a[1].value, m.f(1).select FROM t",
        "SELECT m.f(DISTINCT a), m.sum(a) FILTER (WHERE t.is > 1) OVER (ORDER BY t.order) FROM t",
        "SELECT m.case(CASE WHEN t.case = 1 THEN m.when(2) ELSE m.end(3) END) FROM t",
        "SELECT t.date, DATE '2020-01-01', t.time + INTERVAL '1' HOUR, t.timestamp FROM t",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF t.period",
        "SELECT * FROM a.join JOIN b.on ON a.join.using = b.on.where",
        "SELECT * FROM TABLE(m.table(1)), UNNEST(t.array)",
        "INSERT INTO s.values (a, b) VALUES (m.default(1), DEFAULT)",
        "UPDATE s.set SET a = m.set(1) WHERE t.where = 2",
        "DELETE FROM s.from WHERE m.and(1) = 2",
        "SELECT m.cast(CAST(t.cast AS INTEGER)) FROM t",
        "SELECT m.extract(EXTRACT(YEAR FROM t.year)), m.trim(TRIM(BOTH 'x' FROM t.trim)) FROM t",
        "SELECT m.f(a => 1, b => t.null) FROM t",
        "SELECT m.f(U&\"d\\0061t\", t.U&\"d\\0061t\") FROM t",
      })
  void whatElseHasDotsStaysAsItWas(String sql) {
    assertThatCode(() -> SqlLanguage.parse(sql)).doesNotThrowAnyException();
  }

  @Test
  void keywordsWithoutADotStayKeywords() {
    assertThatCode(() -> SqlLanguage.parse("SELECT select(1)")).isInstanceOf(SyntaxError.class);
    assertThatCode(() -> SqlLanguage.parse("SELECT from FROM t")).isInstanceOf(SyntaxError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"module", "modules", "digest", "isolation", "if", "options", "type"})
  void ourOwnWordsStayNames(String word) {
    assertThat(selected("SELECT " + word + " FROM " + word)).isEqualTo(word);
    for (String sql :
        List.of(
            "SELECT 1 AS %1$s, 2 %1$s, %1$s.%1$s FROM %1$s %1$s WHERE %1$s > 1 ORDER BY %1$s",
            "SELECT %1$s(1), %1$s.f(1) FROM t",
            "WITH %1$s AS (SELECT 1) SELECT * FROM %1$s",
            "CREATE TABLE %1$s (%1$s INTEGER)",
            "CREATE VIEW %1$s (%1$s) AS SELECT 1",
            "CREATE MODULE %1$s FROM 'x' GRANT (%1$s) WITH (%1$s => 1)",
            "DROP MODULE %1$s",
            "DESCRIBE MODULE %1$s",
            "INSERT INTO %1$s (%1$s) VALUES (1)",
            "UPDATE %1$s SET %1$s = 1")) {
      assertThatCode(() -> SqlLanguage.parse(sql.formatted(word)))
          .as(sql, word)
          .doesNotThrowAnyException();
    }
  }

  private static String selected(String sql) {
    SqlNode item = ((SqlSelect) SqlLanguage.parse(sql)).getSelectList().get(0);
    SqlNode name = item instanceof SqlCall as ? as.operand(0) : item;
    return String.join(".", ((SqlIdentifier) name).names);
  }

  private static List<String> functions(String sql) {
    List<String> names = new ArrayList<>();
    SqlLanguage.parse(sql)
        .accept(
            new SqlBasicVisitor<Void>() {
              @Override
              public Void visit(SqlCall call) {
                if (call.getOperator() instanceof SqlFunction function) {
                  names.add(String.join(".", function.getNameAsId().names));
                }
                return super.visit(call);
              }
            });
    return names;
  }
}
