package io.calcitewasm.policy.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.ScopeKey;
import io.calcitewasm.policy.sign.Ed25519;
import io.calcitewasm.policy.sign.SignatureFile;
import io.calcitewasm.policy.sign.Statement;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final KeyPair ACME = Ed25519.generate();
  private static final KeyPair STRANGER = Ed25519.generate();
  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final String OTHER = "sha256:" + "cd".repeat(32);

  private static final Policy POLICY =
      policy(
          """
          version: 1
          defaults:
            limits: {memory: 32MB}
          keys:
            acme-2026: {ed25519: "%s", organisations: [acme]}
          modules:
            - rule: banned
              match: {name: miner}
              refuse: it mines
            - rule: acme
              match: {organisation: acme, name: "t*", version: ">=1 <2", signer: acme-2026}
              grants:
                - clock
                - network: {hosts: ["*.acme.com"], methods: GET}
                - filesystem: {read: /srv/acme}
              limits: {memory: 64MB, instances: 4}
              isolation: [call, statement]
            - rule: pinned
              match: {digest: "%s"}
          roles:
            operator:
              create: "*"
              drop: ["text", "tmp_*"]
              grant: [clock, network: {hosts: api.acme.com}]
              call: "*"
            analyst:
              call: [text, "geo.area_*"]
            boss: {administer: true}
          users:
            ann: [operator, boss]
            bob: analyst
            "*": []
          """
              .formatted(Ed25519.text(ACME.getPublic()), OTHER));

  private static Policy policy(String yaml) {
    return PolicyReader.read("policy file test.yaml", yaml.getBytes(UTF_8));
  }

  private static Manifest manifest(String organisation, String name, String version) {
    return Manifest.parse(
        ("{\"organisation\": \"%s\", \"name\": \"%s\", \"version\": \"%s\"}")
            .formatted(organisation, name, version)
            .getBytes(UTF_8));
  }

  private static Optional<String> signed(Manifest manifest, String digest, KeyPair key) {
    return Optional.of(
        new SignatureFile(
                List.of(
                    SignatureFile.sign(
                        Statement.of(manifest, digest), key.getPrivate(), key.getPublic())))
            .text());
  }

  private static Verdict judge(
      Manifest manifest, String isolation, Map<String, Object> limits, Grant... grants) {
    return new ModuleWish(
            signed(manifest, DIGEST, ACME), List.of(grants), limits, List.of(isolation))
        .judge(POLICY, manifest, DIGEST);
  }

  private static void refused(String sqlState, String part, Runnable attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(part)
        .extracting(e -> ((PolicyException) e).sqlState())
        .isEqualTo(sqlState);
  }

  private static final Manifest TEXT = manifest("acme", "text", "1.4.2");

  @Test
  void theFirstRuleThatIsForAModuleDecides() {
    Verdict verdict = judge(TEXT, "CALL", Map.of(), Grant.of(Capability.CLOCK));
    assertThat(verdict.rule().name()).isEqualTo("acme");
    assertThat(verdict.grants()).containsExactly(Grant.of(Capability.CLOCK));
    assertThat(verdict.limits().memoryBytes()).isEqualTo(32L << 20);
    assertThat(verdict.limits().instances()).isEqualTo(4);
    refused(
        "42501",
        "refuses it by rule 'banned' (line 7): it mines",
        () -> POLICY.rule(manifest("x", "miner", ""), DIGEST, Optional.empty()));
  }

  @Test
  void whatNoRuleIsForIsRefused() {
    for (Manifest other :
        List.of(
            manifest("acme", "geo", "1.0.0"),
            manifest("acme", "text", "2.0.0"),
            manifest("acme", "text", "0.9.0"),
            manifest("acme", "text", "1.5.0-rc.1"),
            manifest("acme", "text", ""),
            manifest("acme.evil", "text", "1.0.0"),
            manifest("", "text", "1.0.0"),
            Manifest.EMPTY)) {
      refused(
          "42501",
          "no rule of the policy file test.yaml is for it: organisation",
          () -> POLICY.rule(other, DIGEST, Optional.empty()));
    }
    assertThat(POLICY.rule(Manifest.EMPTY, OTHER, Optional.empty()).name()).isEqualTo("pinned");
  }

  @Test
  void aManifestThatLiesAboutItsOrganisationNeedsItsKey() {
    refused("WM003", "by acme-2026", () -> POLICY.rule(TEXT, DIGEST, Optional.empty()));
    refused(
        "WM003", "by acme-2026", () -> POLICY.rule(TEXT, DIGEST, signed(TEXT, DIGEST, STRANGER)));
    Manifest other = manifest("globex", "text", "1.0.0");
    refused(
        "WM003",
        "key acme-2026 is trusted for organisation acme, not for 'globex'",
        () -> POLICY.rule(other, DIGEST, signed(other, DIGEST, ACME)));
  }

  @Test
  void aReplayedSignatureIsRefused() {
    Optional<String> signature = signed(TEXT, DIGEST, ACME);
    refused("WM003", "the component is", () -> POLICY.rule(TEXT, OTHER, signature));
    for (Manifest other :
        List.of(
            manifest("acme", "text", "1.4.3"),
            manifest("acme", "tex", "1.4.2"),
            manifest("acm", "text", "1.4.2"))) {
      refused("WM003", "the component is", () -> POLICY.rule(other, DIGEST, signature));
    }
  }

  @Test
  void grantsStayWithinTheRule() {
    refused(
        "42501",
        "rule 'acme' (line 10) of the policy file test.yaml does not allow the grant random",
        () -> judge(TEXT, "CALL", Map.of(), Grant.of(Capability.RANDOM)));
    refused(
        "42501",
        "does not allow the grant network",
        () -> judge(TEXT, "CALL", Map.of(), Grant.of(Capability.NETWORK)));
    refused(
        "42501",
        "does not allow the grant network (hosts => 'api.acme.com', methods => 'POST')",
        () ->
            judge(
                TEXT,
                "CALL",
                Map.of(),
                Grant.parse(
                    "network",
                    Map.of("hosts", "api.acme.com", "methods", List.of("GET", "POST")))));
    refused(
        "42501",
        "does not allow the grant filesystem (write => '/srv/acme')",
        () ->
            judge(TEXT, "CALL", Map.of(), Grant.parse("filesystem", Map.of("write", "/srv/acme"))));
  }

  @Test
  void limitsAndIsolationStayWithinTheRule() {
    assertThat(judge(TEXT, "STATEMENT", Map.of("memory", "64MB")).limits().memoryBytes())
        .isEqualTo(64L << 20);
    refused(
        "42501",
        "allows at most memory 64 MB, not 65 MB",
        () -> judge(TEXT, "CALL", Map.of("memory", "65MB")));
    refused("42501", "does not allow isolation session", () -> judge(TEXT, "SESSION", Map.of()));
  }

  @Test
  void aCapabilityGrantedWholeIsGrantedAsTheManifestAsks() {
    Manifest asking =
        Manifest.parse(
            """
            {"organisation": "acme", "name": "text", "version": "1.4.2", "capabilities":
              [{"name": "network", "scope": {"hosts": "api.acme.com", "methods": "GET"}}]}
            """
                .getBytes(UTF_8));
    assertThat(judge(asking, "CALL", Map.of(), Grant.of(Capability.NETWORK)).grants())
        .containsExactly(
            new Grant(
                Capability.NETWORK,
                Map.of(ScopeKey.HOSTS, List.of("api.acme.com"), ScopeKey.METHODS, List.of("GET"))));
  }

  @Test
  void rolesSayWhoMayDoWhat() {
    Principal ann = POLICY.principal("ann");
    Principal bob = POLICY.principal("bob");
    assertThat(ann.roles()).containsExactly("boss", "operator", "public");
    assertThatCode(() -> POLICY.check(ann, Action.CREATE, "anything")).doesNotThrowAnyException();
    assertThatCode(() -> POLICY.check(ann, Action.DROP, "TMP_1")).doesNotThrowAnyException();
    refused(
        "42501",
        "user ann (roles boss, operator, public) may not drop module geo",
        () -> POLICY.check(ann, Action.DROP, "geo"));
    refused("42501", "may not replace", () -> POLICY.check(ann, Action.REPLACE, "text"));
    refused(
        "42501",
        "user bob (roles analyst, public) may not create",
        () -> POLICY.check(bob, Action.CREATE, "x"));
    assertThat(POLICY.mayCall(ann, "any", "thing"))
        .contains("role operator of the policy file test.yaml");
    assertThat(POLICY.mayCall(bob, "Text", "slugify")).isPresent();
    assertThat(POLICY.mayCall(bob, "geo", "area_of")).isPresent();
    assertThat(POLICY.mayCall(bob, "geo", "distance")).isEmpty();
    assertThat(POLICY.mayCall(bob, "text.slugify", "x")).isEmpty();
    assertThat(POLICY.mayCall(POLICY.principal("*"), "text", "slugify")).isEmpty();
    assertThat(POLICY.mayCall(POLICY.principal("Bob"), "text", "slugify")).isEmpty();
    POLICY.checkGrants(ann, List.of(Grant.parse("network", Map.of("hosts", "api.acme.com"))));
    refused(
        "42501",
        "may not grant network",
        () -> POLICY.checkGrants(ann, List.of(Grant.of(Capability.NETWORK))));
    refused(
        "42501",
        "may not grant clock",
        () -> POLICY.checkGrants(bob, List.of(Grant.of(Capability.CLOCK))));
    POLICY.checkAdministers(ann, "reload the policy");
    refused("42501", "may not reload", () -> POLICY.checkAdministers(bob, "reload the policy"));
  }

  @Test
  void theEmbeddedDefaultAllowsEverythingAndTheServersNothing() {
    Principal anybody = Policy.embedded().principal("anybody");
    Policy.embedded().check(anybody, Action.ALTER, "m");
    Policy.embedded().checkGrants(anybody, List.of(Grant.of(Capability.SPI)));
    assertThat(Policy.embedded().mayCall(anybody, "m", "f")).isPresent();
    assertThat(Policy.embedded().rule(Manifest.EMPTY, DIGEST, Optional.empty()).limits())
        .isEqualTo(Limits.MOST);
    Principal nobody = Policy.denying().principal("root");
    refused("42501", "may not create", () -> Policy.denying().check(nobody, Action.CREATE, "m"));
    assertThat(Policy.denying().mayCall(nobody, "m", "f")).isEmpty();
    refused(
        "42501",
        "no rule of the server default",
        () -> Policy.denying().rule(Manifest.EMPTY, DIGEST, Optional.empty()));
  }
}
