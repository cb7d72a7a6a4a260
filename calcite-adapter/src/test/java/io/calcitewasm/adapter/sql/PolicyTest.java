package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.session.PolicyChoice;
import io.calcitewasm.adapter.session.Prepared;
import io.calcitewasm.adapter.session.Running;
import io.calcitewasm.adapter.session.SqlFailure;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.policy.rules.PolicySource;
import io.calcitewasm.policy.sign.Ed25519;
import io.calcitewasm.policy.sign.SignatureFile;
import io.calcitewasm.policy.sign.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator's policy lets whom do, and attempts to do more. */
@Timeout(120)
class PolicyTest {
  private static final String ORGANISATION = "calcite-wasm-examples";
  private static final KeyPair KEY = Ed25519.generate();
  private static final String POLICY =
      """
      version: 1
      keys:
        ours: {ed25519: "%s", organisations: [calcite-wasm-examples]}
      modules:
        - rule: text
          match: {name: text, signer: ours}
        - rule: probes
          match: {name: [wasi, evil]}
          unverified: true
          grants: [clock, environment: {names: [HOME]}]
          limits: {memory: 16MB}
          isolation: [call, statement]
      roles:
        operator:
          create: "*"
          replace: "*"
          drop: "*"
          alter: "*"
          grant: [clock, random, environment: {names: "*"}]
          call: "*"
        analyst: {call: "text.slug*"}
        guest: {}
        boss: {administer: true}
      users:
        ann: [operator, boss]
        bob: analyst
        cid: guest
      """
          .formatted(Ed25519.text(KEY.getPublic()));

  @TempDir Path folder;
  private Path file;
  private Path text;
  private Path wasi;
  private final DatabaseLocation location =
      new DatabaseLocation.SharedMemory("policy-" + UUID.randomUUID());
  private final List<TestDatabase> open = new ArrayList<>();
  private TestDatabase ann;
  private TestDatabase bob;
  private TestDatabase cid;

  @BeforeEach
  void open() throws IOException {
    folder = folder.toRealPath();
    file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    text = Guests.copy("components/text", folder);
    wasi = Guests.copy("fixtures/wasi", folder);
    sign(text, "text", "0.1.0");
    ann = user("ann");
    bob = user("bob");
    cid = user("cid");
  }

  @AfterEach
  void close() {
    open.reversed().forEach(TestDatabase::close);
  }

  private TestDatabase user(String name) {
    TestDatabase database =
        new TestDatabase(
            location,
            name,
            Optional.<PolicySource>of(new PolicySource.PolicyFile(file)),
            Optional.empty());
    open.add(database);
    return database;
  }

  private static void sign(Path component, String name, String version) throws IOException {
    Statement statement = new Statement(ORGANISATION, name, version, digest(component));
    Files.writeString(
        Path.of(component + SignatureFile.ENDING),
        new SignatureFile(List.of(SignatureFile.sign(statement, KEY.getPrivate(), KEY.getPublic())))
            .text());
  }

  private static String digest(Path component) throws IOException {
    try {
      return Component.read(Files.readAllBytes(component)).sha256();
    } catch (InvalidComponentException e) {
      throw new IOException(e);
    }
  }

  private List<List<@Nullable Object>> audit(String kind) {
    return ann.rows(
        "SELECT user_name, \"module\", sql_state, detail FROM wasm.audit WHERE kind = '"
            + kind
            + "'");
  }

  private void install() {
    ann.execute("CREATE MODULE text FROM '" + text + "'");
  }

  private void installClock() {
    ann.execute("CREATE MODULE w FROM '" + wasi + "' GRANT (clock)");
  }

  @Test
  void aCanaryIsSignedBesideItsFileToo() throws IOException {
    install();
    Path other = Files.copy(text, folder.resolve("other.wasm"));
    String canary = "ALTER MODULE text CANARY WITH '" + other + "' FRACTION 0.5";
    ann.refuses(canary, "WM003", "not signed as rule 'text'");
    assertThat(ann.rows("SELECT * FROM wasm.canary")).isEmpty();
    sign(other, "text", "0.1.0");
    ann.execute(canary);
    ann.execute("ALTER MODULE text PROMOTE");
    assertThat(bob.rows("VALUES text.slugify('A b')")).containsExactly(List.of("a-b"));
  }

  @Test
  void aSignedModuleOfTheRuleIsInstalledAndAnUnsignedOneIsNot() throws IOException {
    install();
    assertThat(bob.rows("VALUES text.slugify('A b')")).containsExactly(List.of("a-b"));
    ann.execute("DROP MODULE text");
    Files.delete(Path.of(text + ".sig"));
    ann.refuses("CREATE MODULE text FROM '" + text + "'", "WM003", "not signed as rule 'text'");
    sign(text, "text", "0.2.0");
    ann.refuses("CREATE MODULE text FROM '" + text + "'", "WM003", "the component is");
    Files.writeString(Path.of(text + ".sig"), "x".repeat(100_000));
    ann.refuses("CREATE MODULE text FROM '" + text + "'", "WM003", "more than");
    assertThat(ann.rows("SHOW MODULES")).isEmpty();
    assertThat(audit("DENIAL")).hasSize(3).allMatch(row -> "text".equals(row.get(1)));
  }

  @Test
  void aSignatureServesNoOtherComponent() throws IOException {
    Files.write(text, Guests.bytes("fixtures/wasi"));
    ann.refuses("CREATE MODULE text FROM '" + text + "'", "WM003", "the component is");
    assertThat(ann.rows("SHOW MODULES")).isEmpty();
  }

  @Test
  void whatNoRuleAndNoRoleAllowsReachesNothing() {
    bob.refuses("CREATE MODULE text FROM '" + text + "'", "42501", "user bob (roles analyst");
    cid.refuses("CREATE BUCKET b LOCATION 'file:" + folder + "'", "42501", "where modules may");
    bob.refuses(
        "CREATE FOREIGN SCHEMA f TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:x')",
        "42501",
        "attach other databases");
    bob.refuses("RELOAD POLICY", "42501", "may not reload");
    bob.refuses("SELECT * FROM wasm.audit", "42501", "may not read the audit");
    Path geo = Guests.copy("components/geo", folder);
    ann.refuses("CREATE MODULE geo FROM '" + geo + "'", "42501", "no rule of the policy file");
    assertThat(ann.rows("SHOW MODULES")).isEmpty();
    assertThat(audit("DENIAL")).hasSize(6).extracting(row -> row.get(1)).contains("geo");
    assertThat(audit("LOAD")).isEmpty();
  }

  @Test
  void grantsLimitsAndIsolationStayWithinTheRule() {
    String create = "CREATE MODULE w FROM '" + wasi + "' ";
    ann.refuses(create + "GRANT (random)", "42501", "does not allow the grant random");
    ann.refuses(
        create + "GRANT (environment (names => ('HOME', 'PATH')))",
        "42501",
        "does not allow the grant environment (names => 'PATH')");
    ann.refuses(
        create + "GRANT (network)",
        "42501",
        "user ann (roles boss, operator, public) may not grant network");
    ann.refuses(create + "WITH (memory => '17MB')", "42501", "allows at most memory 16 MB");
    ann.refuses(create + "ISOLATION SESSION", "42501", "does not allow isolation session");
    assertThat(ann.rows("SHOW MODULES")).isEmpty();
    ann.execute(create + "GRANT (environment (names => 'HOME'))");
    ann.refuses("ALTER MODULE w GRANT random", "42501", "does not allow the grant random");
    ann.refuses("ALTER MODULE w SET (memory = '1GB')", "42501", "allows at most memory");
    bob.refuses("ALTER MODULE w GRANT clock", "42501", "may not grant clock");
    bob.refuses("ALTER MODULE w REVOKE environment", "42501", "may not alter module w");
    bob.refuses("DROP MODULE w", "42501", "may not drop module w");
    assertThat(ann.rows("SELECT privilege FROM wasm.grants"))
        .containsExactly(List.of("environment (names => 'HOME')"));
  }

  @Test
  void aCallNeedsExecute() {
    install();
    bob.refuses("VALUES text.levenshtein('a', 'b')", "42501", "may not call text.levenshtein");
    cid.refuses("VALUES text.slugify('a')", "42501", "user cid (roles guest, public)");
    cid.refuses("VALUES TEXT.STRINGS.\"SLUGIFY\"('a')", "42501", "may not call text.slugify");
    cid.refuses("EXPLAIN PLAN FOR VALUES text.slugify('a')", "42501", "may not call");
    cid.refuses("CREATE VIEW v AS VALUES text.slugify('a')", "42501", "may not call");
    cid.refuses("CREATE TABLE t AS VALUES text.slugify('a')", "42501", "may not call");
    assertThat(cid.rows("SELECT table_name FROM (VALUES ('v')) AS t (table_name)")).hasSize(1);
    ann.execute("GRANT EXECUTE ON FUNCTION text.slugify TO guest");
    assertThat(cid.rows("VALUES text.slugify('A b')")).containsExactly(List.of("a-b"));
    cid.refuses("VALUES text.levenshtein('a', 'b')", "42501", "may not call text.levenshtein");
    ann.execute("GRANT EXECUTE ON MODULE text TO public");
    assertThat(cid.rows("VALUES text.levenshtein('a', 'b')")).hasSize(1);
    ann.execute("REVOKE EXECUTE ON MODULE text FROM PUBLIC");
    ann.execute("REVOKE EXECUTE ON FUNCTION text.slugify FROM guest");
    cid.refuses("VALUES text.slugify('a')", "42501", "may not call text.slugify");
    ann.refuses("REVOKE EXECUTE ON MODULE text FROM guest", "42704", "was not granted");
    ann.refuses("GRANT EXECUTE ON MODULE text TO gest", "42704", "has no role gest");
    ann.refuses("GRANT EXECUTE ON FUNCTION text.nothing TO guest", "42883", "no function");
    bob.refuses("GRANT EXECUTE ON MODULE text TO analyst", "42501", "say who calls what");
  }

  @Test
  void aPreparedStatementLosesWhatIsRevoked() throws SqlFailure {
    install();
    ann.execute("GRANT EXECUTE ON MODULE text TO guest");
    Prepared.Query query = (Prepared.Query) cid.session().prepare("VALUES text.slugify('A b')", -1);
    assertThat(cid.session().current(query)).isSameAs(query);
    ann.execute("REVOKE EXECUTE ON MODULE text FROM guest");
    assertThatThrownBy(() -> cid.session().current(query))
        .hasMessageContaining("user cid (roles guest, public) may not call text.slugify");
  }

  @Test
  void aViewCallsWithTheRightsOfWhoMadeIt() {
    install();
    ann.execute("CREATE VIEW slugs AS SELECT text.slugify(x) AS s FROM (VALUES ('A b')) AS t (x)");
    assertThat(cid.rows("SELECT * FROM slugs")).containsExactly(List.of("a-b"));
    cid.refuses("SELECT text.slugify(s) FROM slugs", "42501", "may not call text.slugify");
    bob.execute("CREATE VIEW bobs AS SELECT text.slugify(s) AS s FROM slugs");
    assertThat(cid.rows("SELECT * FROM bobs")).containsExactly(List.of("a-b"));
    assertThat(cid.rows("EXPLAIN PLAN FOR SELECT * FROM bobs").getFirst().getFirst().toString())
        .contains("-- calls text.slugify: user ann, role operator of the policy file")
        .contains("-- calls text.slugify: user bob, role analyst of the policy file");
    bob.refuses("CREATE OR REPLACE VIEW bobs AS VALUES text.levenshtein('a', 'b')", "42501", "bob");
  }

  @Test
  void explainTellsWhatAStatementNeedsAndWhoGrantedIt() {
    installClock();
    String plan =
        ann.rows("EXPLAIN PLAN FOR VALUES w.wall_clock()").getFirst().getFirst().toString();
    assertThat(plan)
        .contains("-- calls w.wall_clock: user ann, role operator of the policy file " + file)
        .contains("-- module w has clock: granted by ann at ");
  }

  @Test
  void aRevokeHoldsForStatementsThatStartAfterwards() throws SqlFailure {
    installClock();
    fill(3_000);
    try (Running rows = clocks()) {
      assertThat(rows.hasNext()).isTrue();
      ann.execute("ALTER MODULE w REVOKE clock");
      int count = 0;
      while (rows.hasNext()) {
        rows.next();
        count++;
      }
      assertThat(count).isEqualTo(3_000);
    }
    assertThat(ann.rows("SELECT * FROM wasm.grants")).isEmpty();
    assertThat(audit("REVOKE")).hasSize(1);
  }

  @Test
  void anImmediateRevokeEndsRunningStatementsAtTheirNextUse() throws SqlFailure {
    installClock();
    fill(3_000);
    try (Running rows = clocks()) {
      assertThat(rows.hasNext()).isTrue();
      ann.execute("ALTER MODULE w REVOKE clock IMMEDIATE");
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  rows.next();
                }
              })
          .hasMessageContaining("uses the capability clock, which was revoked while");
    }
    assertThat(audit("DENIAL")).hasSize(1);
    assertThat(ann.rows("SELECT COUNT(w.wall_clock()) FROM many")).hasSize(1);
  }

  private void fill(int rows) {
    ann.execute("CREATE TABLE many (n INTEGER)");
    ann.execute("INSERT INTO many VALUES (0)");
    for (int n = 1; n < rows; n *= 2) {
      ann.execute("INSERT INTO many SELECT n + " + n + " FROM many WHERE n < " + (rows - n));
    }
  }

  private Running clocks() throws SqlFailure {
    return ann.session()
        .execute(
            (Prepared.Query) ann.session().prepare("SELECT n, w.wall_clock() FROM many", -1),
            Map.of(),
            new Cancellation(),
            () -> {});
  }

  @Test
  void aPolicyThatIsReadAgainHoldsForWhatIsInstalled() throws IOException {
    install();
    Files.writeString(file, POLICY.replace("signer: ours", "signer: hers"));
    ann.refuses("RELOAD POLICY", "22023", "modules[0].match.signer is no key of this policy");
    assertThat(bob.rows("VALUES text.slugify('A b')")).hasSize(1);
    Files.writeString(file, POLICY.replace("{name: text,", "{name: other,"));
    ann.execute("RELOAD POLICY");
    bob.refuses("VALUES text.slugify('A b')", "42883", "there is no module text");
    assertThat(ann.rows("SELECT state FROM wasm.modules")).containsExactly(List.of("broken"));
    Files.writeString(file, POLICY);
    ann.execute("RELOAD POLICY");
    assertThat(bob.rows("VALUES text.slugify('A b')")).hasSize(1);
    assertThat(audit("POLICY")).hasSize(2);
  }

  @Test
  void aDatabaseIsOpenUnderOnePolicy() {
    assertThatThrownBy(
            () ->
                new TestDatabase(
                    location, "eve", Optional.of(PolicyChoice.parse("embedded")), Optional.empty()))
        .hasMessageContaining("the database is open under the policy " + file)
        .hasMessageContaining("the connection asks for embedded");
    try (TestDatabase eve = new TestDatabase(location, "eve", Optional.empty(), Optional.empty())) {
      eve.refuses("CREATE MODULE text FROM '" + text + "'", "42501", "user eve (roles public)");
      assertThat(eve.rows("SHOW POLICY")).contains(Arrays.asList("you", "eve", "public", null));
    }
  }

  @Test
  void aServerWithoutPolicyDeniesEverything() {
    try (TestDatabase server =
        new TestDatabase(
            new DatabaseLocation.PrivateMemory(),
            "root",
            Optional.of(PolicyChoice.parse("deny")),
            Optional.empty())) {
      server.refuses("CREATE MODULE text FROM '" + text + "'", "42501", "may not create");
      server.refuses("RELOAD POLICY", "42501", "may not reload");
      assertThat(server.rows("VALUES 1")).hasSize(1);
    }
  }

  @Test
  void aLimitThatIsHitIsOnRecord() {
    Path evil = Guests.copy("fixtures/evil", folder);
    ann.execute("CREATE MODULE evil FROM '" + evil + "' WITH (call_time => '100ms')");
    assertThatThrownBy(() -> ann.execute("VALUES evil.spin()"))
        .hasMessageContaining("(limit call_time)");
    assertThat(audit("LIMIT"))
        .singleElement()
        .satisfies(row -> assertThat(row.subList(0, 3)).isEqualTo(List.of("ann", "evil", "57014")));
  }

  @Test
  void privilegesGoWithTheModule() {
    install();
    ann.execute("GRANT EXECUTE ON MODULE text TO guest");
    ann.execute("CREATE OR REPLACE MODULE text FROM '" + text + "'");
    assertThat(cid.rows("VALUES text.slugify('A b')")).hasSize(1);
    ann.execute("DROP MODULE text");
    assertThat(ann.rows("SHOW GRANTS")).isEmpty();
    install();
    cid.refuses("VALUES text.slugify('a')", "42501", "may not call text.slugify");
  }
}
