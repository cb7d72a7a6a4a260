package io.calcitewasm.adapter.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.catalogue.AuditTrail;
import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.session.PolicyChoice;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.policy.audit.AuditEvent;
import io.calcitewasm.udf.module.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the policy. After each one there is no module, and nothing of the guest has run. */
@Timeout(120)
class EvilPolicyTest {
  private static final String POLICY =
      """
      version: 1
      modules:
        - {rule: ours, match: {organisation: acme, name: wasi}, unverified: true, grants: [clock]}
      roles: {operator: {create: "*", replace: "*", grant: "*", call: "*", administer: true}}
      users: {ann: operator, "ann'; --": operator}
      """;

  private static final String MANIFEST = "{\"organisation\": \"acme\", \"name\": \"wasi\"}";

  @TempDir Path folder;
  private Path file;
  private TestDatabase database;

  @BeforeEach
  void open() throws IOException {
    file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    database = open("ann");
  }

  private TestDatabase open(String user) {
    return new TestDatabase(
        new DatabaseLocation.PrivateMemory(),
        user,
        Optional.of(PolicyChoice.parse(file.toString())),
        Optional.empty());
  }

  @AfterEach
  void close() {
    assertThat(database.rows("SHOW MODULES")).isEmpty();
    assertThat(database.rows("SHOW GRANTS")).isEmpty();
    database.close();
  }

  private Path forged(byte[]... manifests) throws IOException {
    return Files.write(
        folder.resolve("forged.wasm"), ForgedManifest.in(Guests.bytes("fixtures/wasi"), manifests));
  }

  private Path forged(String manifest) throws IOException {
    return forged(manifest.getBytes(UTF_8));
  }

  private void refused(Path component, String clauses, String state, String part) {
    assertThatThrownBy(
            () -> database.execute("CREATE MODULE m FROM '" + component + "' " + clauses))
        .hasMessageContaining(part)
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo(state));
  }

  /** What passes: so that the others fail for the reason they are meant to. */
  @Test
  void theForgeMakesComponentsThatWork() throws IOException {
    Path good = forged("{\"organisation\": \"acme\", \"name\": \"wasi\"}");
    database.execute("CREATE MODULE m FROM '" + good + "' GRANT (clock)");
    assertThat(database.rows("VALUES m.arguments()")).hasSize(1);
    database.close();
    database = open("ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme.evil",
        "evil.acme",
        "acme-",
        "acm\u0435", // Cyrillic ie
        "\uff41cme", // fullwidth a
        "acme\u200b", // zero width space
        "acme\u0000",
        "Acme",
        "acme' or '1'='1",
        "*",
        "acme\\n",
        "",
      })
  void aNameThatLooksLikeAnotherIsAnother(String organisation) throws IOException {
    String json = organisation.replace("\u0000", "\\u0000");
    Path evil = forged("{\"organisation\": \"" + json + "\", \"name\": \"wasi\"}");
    assertThatThrownBy(() -> database.execute("CREATE MODULE m FROM '" + evil + "'"))
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isIn("42501", "WM001"));
  }

  @Test
  void twoManifestsAreNone() throws IOException {
    byte[] good = "{\"organisation\": \"acme\", \"name\": \"wasi\"}".getBytes(UTF_8);
    byte[] evil = "{\"organisation\": \"evil\"}".getBytes(UTF_8);
    refused(forged(good, evil), "", "WM001", "2 sections calcite-manifest");
    refused(forged(evil, good), "", "WM001", "2 sections calcite-manifest");
    refused(
        forged("{\"organisation\": \"evil\", \"organisation\": \"acme\", \"name\": \"wasi\"}"),
        "",
        "WM001",
        "field 'organisation' is there twice (line 1, column 26)");
  }

  @Test
  void aManifestThatHidesItsImportsIsRefused() throws IOException {
    Path kv =
        Files.write(
            folder.resolve("kv.wasm"),
            ForgedManifest.in(
                Guests.bytes("fixtures/kv-required"),
                "{\"organisation\": \"acme\", \"name\": \"wasi\"}"));
    refused(kv, "", "42501", "without declaring it");
  }

  @Test
  void aManifestThatAsksForMoreGetsNoMore() throws IOException {
    Path greedy =
        forged(
            """
            {"organisation": "acme", "name": "wasi", "capabilities":
              [{"name": "environment", "scope": {"names": ["*"]}}], "limits": {"memory": "4GB"}}
            """);
    refused(greedy, "", "42501", "requires the capability environment");
    refused(greedy, "GRANT (environment)", "42501", "does not allow the grant environment");
    refused(
        greedy,
        "GRANT (environment (names => 'X'))",
        "42501",
        "does not allow the grant environment (names => 'X')");
  }

  @Test
  void oversizedAndDeepManifestsAreRefusedSoon() throws IOException {
    refused(forged("{\"a\":".repeat(100_000)), "", "WM001", "nested deeper than 32 levels");
    refused(
        forged("{\"a\": [" + "1,".repeat(60_000) + "1]}"), "", "WM001", "more than 50000 values");
  }

  /** In a file that the system does not give a hundred megabytes for either. */
  private Path withManifestOf(int bytes) throws IOException {
    Path path = forged(new byte[0]);
    byte[] component = Files.readAllBytes(path);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(0);
      file.write(ForgedManifest.beginning(component, bytes));
      file.setLength(file.length() + bytes);
      file.seek(file.length());
      file.write(ForgedManifest.rest(component));
    }
    return path;
  }

  @Test
  void aManifestOfAHundredMegabytesIsNotEvenRead() throws IOException {
    Path huge = withManifestOf(100 << 20);
    assertThat(Files.size(huge)).isGreaterThan(100 << 20);
    long before = allocated();
    refused(huge, "", "WM001", "is larger than 64 MB");
    for (String where : List.of("here:forged.wasm", huge.toString())) {
      try (TestDatabase other =
          new TestDatabase(
              new DatabaseLocation.PrivateMemory(),
              "ann",
              Optional.of(PolicyChoice.parse(file.toString())),
              Optional.of(folder.toRealPath()))) {
        assertThatThrownBy(() -> other.execute("CREATE MODULE m FROM '" + where + "'"))
            .hasMessageContaining("is larger than 64 MB");
      }
    }
    assertThat(allocated() - before).as("bytes allocated").isLessThan(64L << 20);
  }

  /** What the file's limit lets through, and what only claims to be so long. */
  @Test
  void aManifestThatIsLargeIsRefusedUnparsed() throws IOException {
    refused(withManifestOf(60 << 20), "", "WM001", "it has 62914560 bytes, more than 1048576");
    refused(withManifestOf((1 << 20) + 1), "", "WM001", "more than 1048576");
    byte[] component = Files.readAllBytes(forged(new byte[0]));
    Path lying =
        Files.write(folder.resolve("lying.wasm"), ForgedManifest.beginning(component, 100 << 20));
    long before = allocated();
    refused(lying, "", "WM001", "");
    assertThat(allocated() - before).as("bytes allocated").isLessThan(64L << 20);
  }

  /** By this thread, which is the one that statements run in. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** An attacker swaps the component while it is read, as fast as he can. */
  @Test
  void aDigestIsThatOfWhatIsInstalled() throws Exception {
    byte[] good = ForgedManifest.in(Guests.bytes("fixtures/wasi"), MANIFEST);
    byte[] evil =
        ForgedManifest.in(
            Guests.bytes("fixtures/wasi"), MANIFEST.replace("}", ", \"version\": \"6.6.6\"}"));
    String digest = Digest.of(good);
    Path target = folder.resolve("swapped.wasm");
    Files.write(target, good);
    AtomicBoolean stop = new AtomicBoolean();
    Thread attacker =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; !stop.get(); i++) {
                    swap(target, i % 2 == 0 ? evil : good);
                  }
                });
    int installed = 0;
    int refused = 0;
    try {
      for (int i = 0; i < 60 || (i < 1_000 && (installed == 0 || refused == 0)); i++) {
        try {
          database.execute(
              "CREATE OR REPLACE MODULE m FROM '" + target + "' DIGEST '" + digest + "'");
          installed++;
        } catch (TestDatabase.Failed e) {
          assertThat(e.sqlState()).isEqualTo("WM003");
          refused++;
        }
        assertThat(database.rows("SELECT digest FROM wasm.modules"))
            .allMatch(List.of(digest)::equals);
      }
    } finally {
      stop.set(true);
      attacker.join();
    }
    assertThat(installed).isPositive();
    assertThat(refused).isPositive();
    database.close();
    database = open("ann");
  }

  private void swap(Path target, byte[] content) {
    try {
      Path next = Files.write(folder.resolve("next.wasm"), content);
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void filesThatClimbOutOfAComponentAreRefused() throws IOException {
    for (String path : List.of("/../../etc/cron.d/x", "/a/../../b", "relative", "/a\\b", "/a\nb")) {
      byte[] packed =
          ForgedManifest.section(
              ForgedManifest.in(Guests.bytes("fixtures/wasi"), MANIFEST),
              "calcite-file:" + path,
              new byte[] {1});
      Path evil = Files.write(folder.resolve("packed.wasm"), packed);
      refused(evil, "", "WM001", "names no file");
    }
  }

  @Test
  void nobodyGetsARoleByAUsersName() {
    for (String user : List.of("Ann", "ann ", "\u0430nn", "*", "operator", "ann,operator", "")) {
      try (TestDatabase other = open(user)) {
        Path component = Guests.copy("fixtures/wasi", folder);
        assertThatThrownBy(() -> other.execute("CREATE MODULE m FROM '" + component + "'"))
            .as("user '%s'", user)
            .hasMessageContaining("(roles public) may not create module m");
        assertThat(other.rows("SHOW MODULES")).isEmpty();
      }
    }
  }

  @Test
  void aUsersNameIsNoSql() throws IOException {
    try (TestDatabase quoted = open("ann'; --")) {
      Path good = forged("{\"organisation\": \"acme\", \"name\": \"wasi\"}");
      quoted.execute("CREATE MODULE m FROM '" + good + "' GRANT (clock)");
      assertThat(quoted.rows("SELECT granted_by FROM wasm.grants"))
          .containsExactly(List.of("ann'; --"));
    }
  }

  @Test
  void rolesAndFunctionsAreNamesNotPatterns() throws IOException {
    for (String statement :
        List.of(
            "GRANT EXECUTE ON MODULE \"*\" TO operator",
            "GRANT EXECUTE ON FUNCTION m.\"*\" TO operator",
            "GRANT EXECUTE ON MODULE m TO \"*\"")) {
      assertThatThrownBy(() -> database.execute(statement))
          .as(statement)
          .isInstanceOfSatisfying(
              TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("42704"));
    }
  }

  @Test
  void theAuditIsBounded() {
    Authority authority = database.session().database().authority();
    String words = "x".repeat(5_000);
    for (int i = 0; i < AuditTrail.KEPT + 700; i++) {
      authority.record(AuditEvent.Kind.DENIAL, "eve", "m", "", "42501", i < 2 ? words : "no " + i);
    }
    assertThat(database.rows("SELECT COUNT(*), MAX(CHAR_LENGTH(detail)) FROM wasm.audit"))
        .containsExactly(List.of((long) AuditTrail.KEPT, 8));
    assertThat(database.rows("SELECT detail FROM wasm.audit").getLast())
        .isEqualTo(List.of("no " + (AuditTrail.KEPT + 699)));
  }
}
