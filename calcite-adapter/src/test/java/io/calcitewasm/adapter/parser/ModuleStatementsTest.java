package io.calcitewasm.adapter.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleStatementsTest {
  @Test
  void aModuleNeedsANameAndAPath() {
    CreateModule create = (CreateModule) SqlLanguage.parse("CREATE MODULE text FROM 'a/t.wasm'");

    assertThat(create.name().getSimple()).isEqualTo("text");
    assertThat(create.source()).isEqualTo("a/t.wasm");
    assertThat(create.getReplace()).isFalse();
    assertThat(create.ifNotExists).isFalse();
    assertThat(create.digest()).isEmpty();
    assertThat(create.grants()).isEmpty();
    assertThat(create.isolation()).isEqualTo(Isolation.CALL);
    assertThat(create.limits()).isEmpty();
  }

  @Test
  void everyClauseIsRead() {
    CreateModule create =
        (CreateModule)
            SqlLanguage.parse(
                """
                CREATE OR REPLACE MODULE IF NOT EXISTS "My Module" FROM 'it''s.wasm'
                DIGEST 'sha256:00ff'
                GRANT (spi, filesystem (read => '/data', table => 'x', write => FALSE), wal_frames)
                ISOLATION STATEMENT
                WITH (memory => '64MB', instances => 4, ratio => 0.5, call_time => NULL, "limit" => -1)
                """);

    assertThat(create.getReplace()).isTrue();
    assertThat(create.ifNotExists).isTrue();
    assertThat(create.name().getSimple()).isEqualTo("My Module");
    assertThat(create.source()).isEqualTo("it's.wasm");
    assertThat(create.digest()).isEqualTo(Optional.of("sha256:00ff"));
    assertThat(create.grants())
        .extracting(GrantItem::capability)
        .containsExactly("spi", "filesystem", "wal_frames");
    assertThat(create.grants().get(1).scope())
        .extracting(NamedLiteral::key, NamedLiteral::value)
        .containsExactly(tuple("read", "/data"), tuple("table", "x"), tuple("write", false));
    assertThat(create.isolation()).isEqualTo(Isolation.STATEMENT);
    assertThat(create.limits())
        .extracting(NamedLiteral::key, NamedLiteral::value)
        .containsExactly(
            tuple("memory", "64MB"),
            tuple("instances", 4L),
            tuple("ratio", new BigDecimal("0.5")),
            tuple("call_time", null),
            tuple("limit", -1L));
  }

  @Test
  void reservedWordsAreCapabilitiesAndKeys() {
    CreateModule create =
        (CreateModule)
            SqlLanguage.parse("CREATE MODULE m FROM 'x' GRANT (select (from => 'a', where => 1))");

    assertThat(create.grants().getFirst().capability()).isEqualTo("select");
    assertThat(create.grants().getFirst().scope())
        .extracting(NamedLiteral::key)
        .containsExactly("from", "where");
  }

  @Test
  void dropSaysWhatHappensToDependents() {
    DropModule plain = (DropModule) SqlLanguage.parse("DROP MODULE m");
    DropModule restrict = (DropModule) SqlLanguage.parse("drop module if exists m restrict");
    DropModule cascade = (DropModule) SqlLanguage.parse("DROP MODULE m CASCADE;");

    assertThat(plain.ifExists()).isFalse();
    assertThat(plain.cascade()).isFalse();
    assertThat(restrict.ifExists()).isTrue();
    assertThat(restrict.cascade()).isFalse();
    assertThat(cascade.cascade()).isTrue();
    assertThat(cascade.name().getSimple()).isEqualTo("m");
  }

  @Test
  void anAlterationIsOneAction() {
    assertThat(action("alter module m rollback restrict"))
        .isEqualTo(new AlterModule.Rollback(Optional.empty(), false));
    assertThat(action("ALTER MODULE m ROLLBACK TO VERSION 2 CASCADE"))
        .isEqualTo(new AlterModule.Rollback(Optional.of(2L), true));
    assertThat(action("ALTER MODULE m CANARY WITH 'n.wasm' FRACTION 0.01"))
        .isEqualTo(new AlterModule.Canary("n.wasm", Optional.empty(), new BigDecimal("0.01")));
    assertThat(action("ALTER MODULE m PROMOTE")).isEqualTo(new AlterModule.Promote(false));
    assertThat(action("ALTER MODULE m DISCARD CANARY")).isEqualTo(new AlterModule.Discard());
    AlterModule.Settings settings =
        (AlterModule.Settings)
            action("ALTER MODULE m SET (memory = '1MB', isolation => SESSION, instances = 4)");
    assertThat(settings.isolation().flatMap(IsolationClause::module)).contains(Isolation.SESSION);
    assertThat(settings.limits())
        .extracting(NamedLiteral::key, NamedLiteral::value)
        .containsExactly(tuple("memory", "1MB"), tuple("instances", 4L));
  }

  @Test
  void functionsCanHaveAnIsolationOfTheirOwn() {
    CreateModule create =
        (CreateModule)
            SqlLanguage.parse(
                "CREATE MODULE m FROM 'x' ISOLATION STATEMENT FOR (Next, memory.check), SESSION"
                    + " FOR (recall)");
    assertThat(create.isolation()).isEqualTo(Isolation.CALL);
    assertThat(create.isolations().module()).isEmpty();
    assertThat(create.isolations().functions())
        .containsOnly(
            entry("next", Isolation.STATEMENT),
            entry("memory.check", Isolation.STATEMENT),
            entry("recall", Isolation.SESSION));
    AlterModule.Settings settings =
        (AlterModule.Settings) action("ALTER MODULE m SET (isolation = CALL FOR (next))");
    IsolationClause changed = create.with(settings.isolation(), settings.limits()).isolations();
    assertThat(changed.functions()).hasSize(3).containsEntry("next", Isolation.CALL);
  }

  private static AlterModule.Action action(String sql) {
    return ((AlterModule) SqlLanguage.parse(sql)).action();
  }

  @Test
  void modulesAreShownAndDescribed() {
    assertThat(SqlLanguage.parse("show modules")).isInstanceOf(ShowModules.class);
    assertThat(((DescribeModule) SqlLanguage.parse("DESCRIBE MODULE \"a b\"")).name().getSimple())
        .isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE MODULE m FROM 'x'",
        "CREATE OR REPLACE MODULE IF NOT EXISTS \"M m\" FROM 'it''s' DIGEST 'sha256:0'",
        "CREATE MODULE m FROM 'x' GRANT (spi, fs (read => '/a', n => 1), clock) ISOLATION SESSION"
            + " WITH (memory => '1MB', f => 1.50, t => TRUE, u => NULL, i => -3)",
        "CREATE MODULE m FROM 'x' ISOLATION CALL",
        "CREATE MODULE m FROM 'x' ISOLATION STATEMENT FOR (\"f\") WITH (memory => '1MB')",
        "CREATE MODULE m FROM 'x' ISOLATION SESSION, CALL FOR (\"check\"), STATEMENT FOR (\"a\".\"b\", \"c\")",
        "ALTER MODULE m SET (isolation = CALL, STATEMENT FOR (\"f\"), memory = '64MB')",
        "CREATE MODULE m FROM 'é–🎵'",
        "DROP MODULE m",
        "DROP MODULE IF EXISTS \"from\" CASCADE",
        "CREATE OR REPLACE MODULE m FROM 'b:x' WITH (memory => '1MB') CASCADE",
        "ALTER MODULE m ROLLBACK",
        "ALTER MODULE \"from\" ROLLBACK TO VERSION 3 CASCADE",
        "ALTER MODULE m ROLLBACK TO VERSION '0.1.0'",
        "ALTER MODULE m SET (isolation = STATEMENT, memory = '64MB', \"limit\" = 3)",
        "ALTER MODULE m CANARY WITH 'it''s' DIGEST 'sha256:0' FRACTION 0.01",
        "ALTER MODULE m PROMOTE CANARY CASCADE",
        "ALTER MODULE m DISCARD CANARY",
        "CREATE OR REPLACE BUCKET IF NOT EXISTS b LOCATION 'file:/a/it''s'",
        "DROP BUCKET IF EXISTS b",
        "SHOW BUCKETS",
        "SELECT bucket, canary, fraction FROM location",
        "SHOW MODULES",
        "DESCRIBE MODULE \"m\"",
        "CREATE FOREIGN SCHEMA IF NOT EXISTS s TYPE 'jdbc' OPTIONS (url 'jdbc:x', \"user\" 'u')",
        "DROP FOREIGN SCHEMA IF EXISTS s",
        "CREATE TABLE IF NOT EXISTS t (a INTEGER NOT NULL PRIMARY KEY, b VARCHAR(3) DEFAULT 'x',"
            + " c DECIMAL(5, 2), d TIMESTAMP(3), UNIQUE (b, c))",
        "CREATE TABLE t (a INTEGER, b INTEGER ARRAY, PRIMARY KEY (a, b))",
        "CREATE TABLE t AS SELECT m.f(a) AS x FROM u WHERE b = 'c' ORDER BY 1 LIMIT 3",
        "CREATE TABLE t (x, y) AS VALUES (1, 2)",
        "DROP TABLE IF EXISTS s.t",
        "CREATE OR REPLACE VIEW v (a, b) AS SELECT m.select(1), 2 FROM t",
        "CREATE VIEW v AS SELECT * FROM t UNION ALL SELECT * FROM u",
        "DROP VIEW IF EXISTS v",
        "SELECT m.upper(a), m.check(1), t.value FROM t GROUP BY m.case(a) HAVING m.is(1)",
      })
  void whatIsWrittenBackReadsTheSame(String sql) {
    SqlNode first = SqlLanguage.parse(sql);
    String written = SqlLanguage.write(first);
    SqlNode second = SqlLanguage.parse(written);

    assertThat(second.equalsDeep(first, Litmus.IGNORE))
        .as("%s%nwritten as %s", sql, written)
        .isTrue();
    assertThat(SqlLanguage.write(second)).isEqualTo(written);
  }

  @Test
  void statementsCanBeCopied() {
    SqlNode create =
        SqlLanguage.parse("CREATE MODULE m FROM 'x' GRANT (spi (a => 1)) ISOLATION SESSION");
    SqlNode copy = create.accept(new SqlShuttle() {});

    assertThat(copy).isInstanceOf(CreateModule.class);
    assertThat(copy).hasToString(create.toString());
  }
}
