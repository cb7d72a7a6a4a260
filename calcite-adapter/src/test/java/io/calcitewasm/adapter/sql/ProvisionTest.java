package io.calcitewasm.adapter.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.session.PolicyChoice;
import io.calcitewasm.adapter.session.Prepared;
import io.calcitewasm.adapter.session.Running;
import io.calcitewasm.adapter.session.SqlFailure;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.policy.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environment variables and packed files: who is granted them has them, nobody else. */
@Timeout(120)
class ProvisionTest {
  @TempDir Path folder;
  private Path keeper;
  private TestDatabase database;

  @BeforeEach
  void open() {
    keeper = Guests.copy("fixtures/keeper", folder);
    database = TestDatabase.inMemory();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void install(String clauses) {
    database.execute("CREATE MODULE k FROM '" + keeper + "' " + clauses);
  }

  private @Nullable Object value(String expression) {
    return database.rows("VALUES " + expression).getFirst().getFirst();
  }

  @Test
  void aVariableThatIsNotGrantedDoesNotExist() {
    String settings = "WITH (environment => ('TZ=UTC', 'SECRET=x=y', 'SECRETS=z'))";
    install(settings);
    assertThat(value("k.variables()")).isEqualTo(List.of());
    database.execute("ALTER MODULE k GRANT (environment (names => ('SECRET', 'NO_SUCH')))");
    assertThat(value("k.variables()")).isEqualTo(List.of("SECRET=x=y"));
    database.execute("ALTER MODULE k REVOKE environment");
    assertThat(value("k.variables()")).isEqualTo(List.of());
  }

  @Test
  void settingsWinOverTheProcessAndAreReplacedAsAWhole() {
    install("GRANT (environment (names => ('PATH', 'LANGUAGE_*')))");
    assertThat(value("k.variables()")).asString().contains("PATH=" + System.getenv("PATH"));
    database.execute("ALTER MODULE k SET (environment = ('PATH=nowhere', 'LANGUAGE_A=1'))");
    assertThat(value("k.variables()")).isEqualTo(List.of("LANGUAGE_A=1", "PATH=nowhere"));
    database.execute("ALTER MODULE k SET (environment = 'LANGUAGE_B=')");
    assertThat(value("k.variables()"))
        .isEqualTo(List.of("LANGUAGE_B=", "PATH=" + System.getenv("PATH")));
    database.execute("ALTER MODULE k SET (environment = '')");
    assertThat(value("k.variables()")).isEqualTo(List.of("PATH=" + System.getenv("PATH")));
  }

  @Test
  void whatThePolicySetsWins() throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            version: 1
            modules:
              - rule: keepers
                match: {name: keeper}
                unverified: true
                grants: [environment: {names: ["A*"]}]
                environment: {A1: policy, A2: secret, B: hidden}
            roles: {operator: {create: "*", alter: "*", grant: "*", call: "*"}}
            users: {tester: operator}
            """);
    try (TestDatabase guarded =
        new TestDatabase(
            new DatabaseLocation.PrivateMemory(),
            "tester",
            Optional.of(PolicyChoice.parse(policy.toString())),
            Optional.empty())) {
      guarded.execute(
          "CREATE MODULE k FROM '"
              + keeper
              + "' GRANT (environment (names => ('A1', 'A2', 'A3')))"
              + " WITH (environment => ('A1=own', 'A3=own'))");
      assertThat(guarded.rows("VALUES k.variables()").getFirst().getFirst())
          .isEqualTo(List.of("A1=policy", "A2=secret", "A3=own"));
      assertThat(guarded.rows("SHOW POLICY").toString())
          .contains("environment A1, A2, B")
          .doesNotContain("secret");
    }
  }

  @Test
  void packedFilesAreReadWhereTheyAreGranted() {
    install("");
    database.refuses("VALUES k.read_file('words/numbers.txt')", "38000", "error 20");
    assertThat(value("k.list_files('.')")).isEqualTo(List.of());
    database.execute("ALTER MODULE k GRANT (filesystem (read => 'module:/words as /in'))");
    assertThat(value("k.list_files('.')")).isEqualTo(List.of("in"));
    assertThat(value("k.read_file('in/numbers.txt')"))
        .isEqualTo(new ByteString("one\ntwo\nthree\n".getBytes(UTF_8)));
    database.refuses("VALUES k.read_file('top.txt')", "38000", "error 20");
    assertThat(database.rows("SELECT path, bytes FROM wasm.files"))
        .containsExactly(
            List.of("/top.txt", 4L),
            List.of("/words/deep/x.txt", 4L),
            List.of("/words/numbers.txt", 14L));
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, error 31",
    "../../../../etc/passwd, error 31",
    "words/../../etc/passwd, error 31",
    "words/deep/../../../keeper.component.wasm, error 31",
    "etc/passwd, error 20",
    "words/numbers.txt/.., error 24",
    "words\\numbers.txt, error 20",
  })
  void noPathLeadsToTheHostsFiles(String path, String code) {
    install("GRANT (filesystem)");
    database.refuses("VALUES k.read_file('" + path + "')", "38000", code);
    assertThat(value("k.open_file('" + path + "', 1, 2)")).asString().startsWith("error ");
  }

  @Test
  void nothingIsWritten() {
    install("GRANT (filesystem)");
    for (String attempt : List.of("1, 2", "0, 2", "8, 1", "1, 1", "0, 32")) {
      assertThat(value("k.open_file('top.txt', " + attempt + ")")).isEqualTo("error 33");
    }
    assertThat(value("k.open_file('top.txt', 0, 1)")).isEqualTo("ok");
  }

  @Test
  void anImmediateRevokeReachesRunningStatements() throws SqlFailure {
    install("GRANT (filesystem, environment (names => 'PATH'))");
    for (String call : List.of("k.read_file('top.txt')", "k.variables()")) {
      String capability = call.contains("file") ? "filesystem" : "environment";
      try (Running rows =
          database
              .session()
              .execute(
                  (Prepared.Query)
                      database
                          .session()
                          .prepare("SELECT " + call + " FROM (VALUES 1, 2, 3) AS t (x)", -1),
                  Map.of(),
                  new Cancellation(),
                  () -> {})) {
        database.execute("ALTER MODULE k REVOKE " + capability + " IMMEDIATE");
        assertThatThrownBy(
                () -> {
                  while (rows.hasNext()) {
                    rows.next();
                  }
                })
            .hasMessageContaining("uses the capability " + capability + ", which was revoked");
      }
    }
    assertThat(database.rows("SELECT kind, sql_state FROM wasm.audit WHERE kind = 'DENIAL'"))
        .hasSize(2);
  }

  @Test
  void aRevokeReachesACallThatIsUnderWay() throws Exception {
    Path asks = Guests.copy("fixtures/asks", folder);
    database.execute("CREATE MODULE a FROM '" + asks + "' GRANT (clock)");
    CompletableFuture<Throwable> sleeper =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new AssertionError("it slept: " + value("a.sleep(4000000000)"));
              } catch (RuntimeException e) {
                return e;
              }
            });
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (database.session().database().registry().runningCalls() == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
    database
        .session()
        .database()
        .registry()
        .snapshot()
        .module("a")
        .orElseThrow()
        .runtime()
        .revoke(Capability.CLOCK);
    Throwable failure = sleeper.get(60, TimeUnit.SECONDS);
    assertThat(failure).hasMessageContaining("capability clock, which was revoked while");
    assertThat(TestDatabase.sqlState(failure)).isEqualTo("42501");
  }

  @Test
  void aSignatureBesideAFileIsFoundByItsUriToo() throws IOException {
    Files.writeString(Path.of(keeper + ".sig"), "no signature");
    database.refuses("CREATE MODULE k FROM '" + keeper + "'", "WM003", "sign");
    database.refuses("CREATE MODULE k FROM '" + keeper.toUri() + "'", "WM003", "sign");
  }

  @Test
  void theExampleAsksForLittleAndGetsThat() {
    Path glossary = Guests.copy("components/glossary", folder);
    database.refuses(
        "CREATE MODULE glossary FROM '" + glossary + "'",
        "42501",
        "requires the capability kv (prefix => 'term/', quota => '1048576'");
    database.execute("CREATE MODULE glossary FROM '" + glossary + "' GRANT (kv)");
    assertThat(value("glossary.meaning('view')")).isNull();
    database.execute("ALTER MODULE glossary GRANT (filesystem, environment)");
    assertThat(value("glossary.meaning('view')")).isEqualTo("A query with a name.");
    database.execute("ALTER MODULE glossary SET (environment = 'GLOSSARY_LANGUAGE=de')");
    assertThat(value("glossary.meaning('view')")).isEqualTo("Eine Abfrage mit Namen.");
    database.execute("VALUES glossary.define('view', 'What is seen.')");
    assertThat(value("glossary.meaning('view')")).isEqualTo("What is seen.");
    assertThat(value("glossary.defined('')")).isEqualTo(List.of("view"));
    assertThat(value("glossary.forget('view')")).isEqualTo(true);
    database.refuses("VALUES glossary.define(' ', 'x')", "22023", "a term is not empty");
    database.refuses(
        "VALUES glossary.define('long', '" + "x".repeat(5_000) + "')",
        "53400",
        "(limit value_size)");
  }
}
