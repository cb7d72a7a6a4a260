package io.calcitewasm.policy.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.document.Bounds;
import io.calcitewasm.policy.document.Fields;
import io.calcitewasm.policy.document.JsonDocument;
import io.calcitewasm.policy.document.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  @TempDir Path folder;

  /** {@code ~} is a line break. */
  private static Policy read(String yaml) {
    return PolicyReader.read("policy file p", yaml.replace('~', '\n').getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it is empty (line 1, column 1)",
        "[] | it is not an object (line 1, column 1)",
        "version: 2 | version has to say version: 1 (line 1, column 10)",
        "modules: [] | it has to say version: 1 (line 1, column 1)",
        "version: 1~modles: [] | there is no field 'modles'; did you mean 'modules'? (line 2, column 1)",
        "version: 1~version: 1 | key 'version' is there twice (line 2, column 1)",
        "version: 1~roles: [a] | roles is not an object (line 2, column 8)",
        "version: 1~roles:~  r:~    calls: x | there is no field 'roles.r.calls'; did you mean 'call'? (line 4, column 5)",
        "version: 1~roles:~  r: {call: a.b.c} | roles.r.call is a module, or a module and a function (line 3, column 13)",
        "version: 1~roles:~  r: {create: a.b} | roles.r.create is the name of a module (line 3, column 15)",
        "version: 1~roles:~  r: {administer: yes} | roles.r.administer is neither true nor false (line 3, column 19)",
        "version: 1~roles:~  'a\"b': {} | roles has the name 'a\"b', which is not made of letters (line 3, column 3)",
        "version: 1~users: {a: admn}~roles: {admin: {}} | users.a is no role of this policy: 'admn'; did you mean 'admin'? (line 2, column 12)",
        "version: 1~keys: {k: {ed25519: AAAA}} | keys.k.ed25519 is not the Base64 of a public key of Ed25519 (line 2, column 21)",
        "version: 1~keys: {k: {}} | keys.k lacks ed25519, its public key (line 2, column 11)",
        "version: 1~modules:~- match: {signer: x} | modules[0].match.signer is no key of this policy: 'x' (line 3, column 19)",
        "version: 1~modules:~- match: {organisation: acme} | modules[0] believes what components say of themselves (line 3, column 3)",
        "version: 1~modules:~- grants: '*' | believes what components say of themselves (line 3, column 3)",
        "version: 1~modules:~- match: {digest: sha256:xy} | modules[0].match.digest is not 'sha256:' (line 3, column 19)",
        "version: 1~modules:~- match: {version: new} | modules[0].match.version makes no sense: version range 'new' (line 3, column 20)",
        "version: 1~modules:~- match: {name: Text} | modules[0].match.name is made of the letters a to z (line 3, column 17)",
        "version: 1~modules:~- {unverified: true, grants: [clok]} | modules[0].grants[0] makes no sense: 'clok' is not a capability (line 3, column 31)",
        "version: 1~modules:~- {unverified: true, grants: [clock: {zone: x}]} | capability clock has no scope 'zone' (line 3, column 31)",
        "version: 1~modules:~- {unverified: true, limits: {memory: lots}} | modules[0].limits.memory makes no sense (line 3, column 39)",
        "version: 1~modules:~- {unverified: true, limits: {momory: 1MB}} | there is no field 'modules[0].limits.momory'; did you mean 'memory'? (line 3, column 31)",
        "version: 1~modules:~- {unverified: true, isolation: [cal]} | is no isolation; did you mean 'call'? (line 3, column 34)",
        "version: 1~modules:~- {refuse: no, grants: [clock]} | modules[0].grants has no meaning in a rule that refuses (line 3, column 24)",
        "version: 1~a: &x [1] | anchors (&name) are not allowed (line 2, column 4)",
        "version: 1~a: *x | aliases (*name) are not allowed (line 2, column 4)",
        "version: 1~a: !!java.net.URL [x] | tags (!name) are not allowed (line 2, column 4)",
        "version: 1~? [a]~: b | a key is a word (line 2, column 3)",
        "version: 1~<<: {a: b} | there is no field '<<' (line 2, column 1)",
        "version: 1~---~version: 1 | it has more than one document (line 3, column 1)",
        "version: 1~roles:~\t r: {} | it is not YAML (line 3, column 1)",
        "version: [1 | it is not YAML (line 1",
      })
  void whatMakesNoSenseIsRefusedWithFieldAndPlace(String yaml, String parts) {
    String sentence = parts.replaceAll(" \\(line.*", "");
    String place = parts.substring(sentence.length()).strip();
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("the policy file p: ")
        .hasMessageContaining(sentence)
        .hasMessageContaining(place)
        .extracting(e -> ((PolicyException) e).sqlState())
        .isEqualTo("22023");
  }

  @Test
  void plainNumbersAreTakenAsTheyAreWritten() {
    Policy policy =
        read(
            "version: 1~defaults: {limits: {instances: 2, call_time: 5s}}~modules:~"
                + "- {match: {version: 1.10}, unverified: true}");
    assertThat(policy.defaults())
        .isEqualTo(
            new Limits(
                Limits.DEFAULT.memoryBytes(),
                Duration.ofSeconds(5),
                Limits.DEFAULT.resultBytes(),
                2));
    assertThat(policy.rules().getFirst().match().versions().text()).isEqualTo("1.10");
  }

  @Test
  void bombsGoOffInNobodysFace() {
    String lol = "version: 1~a: &a [x,x,x,x,x,x,x,x,x,x]~";
    for (char c = 'b'; c < 'k'; c++) {
      lol += c + ": &" + c + " [" + ("*" + (char) (c - 1) + ",").repeat(9) + "]~";
    }
    for (String bomb :
        List.of(
            lol,
            "version: 1~a: " + "[".repeat(100_000),
            "version: 1~a: " + "{a: ".repeat(100_000),
            "- ".repeat(200_000),
            "version: 1~a: [" + "x,".repeat(400_000) + "]",
            "version: 1~a: '" + "x".repeat(2 << 20) + "'",
            "version: 1~" + "? ".repeat(100_000))) {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> read(bomb)).isInstanceOf(PolicyException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    assertThatThrownBy(() -> PolicyReader.read("policy file p", new byte[] {(byte) 0xc3, 0x28}))
        .hasMessageContaining("it is not UTF-8");
  }

  @Test
  void aFileIsReadAgainAndABadOneChangesNothing() throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(file, "version: 1\nroles: {r: {call: a}}\nusers: {u: r}\n");
    LivePolicy live = new LivePolicy(new PolicySource.PolicyFile(file));
    Policy first = live.now();
    assertThat(first.mayCall(first.principal("u"), "a", "f")).isPresent();
    Files.writeString(file, "version: 1\nroles: {r: {cal: a}}\n");
    assertThatThrownBy(live::reload).hasMessageContaining("(line 2, column 13)");
    assertThat(live.now()).isSameAs(first);
    Files.writeString(file, "version: 1\n");
    assertThat(live.reload().generation()).isEqualTo(2);
    assertThat(live.now().principal("u").roles()).containsExactly("public");
    Files.delete(file);
    assertThatThrownBy(live::reload).hasMessageContaining("there is no policy file " + file);
  }

  @Test
  void theExampleInTheGuideIsRead() throws IOException {
    String guide = Files.readString(Path.of("../docs/security.md"));
    int begin = guide.indexOf("```yaml\n") + "```yaml\n".length();
    Policy policy = read(guide.substring(begin, guide.indexOf("```", begin)));
    assertThat(policy.rules()).hasSize(3);
    assertThat(policy.principal("ann").roles())
        .containsExactly("analyst", "operator", "public", "security");
  }

  @Test
  void thePublishedSchemaHasTheFieldsThatAreRead() throws IOException {
    Fields schema = schema("policy.schema.json");
    assertThat(properties(schema)).containsExactlyElementsOf(fields(""));
    Fields defs = schema.object("$defs");
    for (String kind : List.of("defaults", "key", "module", "match", "role")) {
      assertThat(properties(defs.object(kind))).containsExactlyElementsOf(fields(kind));
      assertThat(defs.object(kind).get("additionalProperties").map(Value::truth)).contains(false);
    }
    assertThat(properties(defs.object("limits"))).containsExactlyElementsOf(Limits.KEYS);
  }

  private static List<String> fields(String kind) {
    return Objects.requireNonNull(PolicyReader.FIELDS.get(kind));
  }

  private static List<String> properties(Fields schema) {
    return List.copyOf(schema.object("properties").values().keySet());
  }

  private static Fields schema(String name) throws IOException {
    try (InputStream in = PolicyReader.class.getResourceAsStream(name)) {
      return JsonDocument.read(Objects.requireNonNull(in).readAllBytes(), Bounds.DEFAULT);
    }
  }
}
