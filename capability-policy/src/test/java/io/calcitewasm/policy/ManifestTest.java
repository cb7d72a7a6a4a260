package io.calcitewasm.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.policy.Manifest.DecimalShape;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  private static final String FULL =
      """
      {"name": "money", "version": "0.2.0", "organisation": "examples", "contract": "0.1.0",
       "documentation": "Amounts.", "licence": "Apache-2.0", "colour": "green",
       "traits": ["deterministic"],
       "functions": {
         "parse": {"documentation": "Reads.", "result": {"precision": 12, "scale": 2}},
         "other#parse": {"documentation": "Reads otherwise."}},
       "capabilities": {"required": ["spi", {"name": "kv", "why": "cache", "scope": {"prefix": "c/"}}], "optional": ["clock"]},
       "limits": {"memory": "16MB", "instances": 2, "speed": "high"}}
      """;

  @Test
  void everyFieldIsRead() {
    Manifest manifest = parse(FULL);
    assertThat(manifest.name()).isEqualTo("money");
    assertThat(manifest.version()).isEqualTo("0.2.0");
    assertThat(manifest.organisation()).isEqualTo("examples");
    assertThat(manifest.contract()).isEqualTo("0.1.0");
    assertThat(manifest.documentation()).isEqualTo("Amounts.");
    assertThat(manifest.licence()).isEqualTo("Apache-2.0");
    assertThat(manifest.required()).containsExactly("spi", "kv");
    assertThat(manifest.optional()).containsExactly("clock");
    assertThat(manifest.limits()).containsOnlyKeys("memory", "instances");
    assertThat(manifest.traits()).containsExactly("deterministic");
    assertThat(manifest.needs().get(1).reason()).isEqualTo("cache");
    assertThat(manifest.requests(Capability.KV))
        .containsExactly(new Grant(Capability.KV, Map.of(ScopeKey.PREFIX, List.of("c/"))));
  }

  @Test
  void aFunctionIsNamedAloneOrWithItsInterface() {
    Manifest manifest = parse(FULL);
    assertThat(manifest.notes("examples:money/amounts@0.2.0", "parse"))
        .isEqualTo(new FunctionNotes("Reads.", Optional.of(new DecimalShape(12, 2))));
    assertThat(manifest.notes("examples:money/other@0.2.0", "parse").documentation())
        .isEqualTo("Reads otherwise.");
    assertThat(manifest.notes("", "unknown")).isEqualTo(FunctionNotes.NONE);
  }

  @Test
  void aPlainListOfCapabilitiesMeansRequiredOnes() {
    assertThat(parse("{\"capabilities\": [\"spi\"]}").required()).containsExactly("spi");
  }

  @Test
  void nothingHasToBeSaid() {
    assertThat(parse("{}")).isEqualTo(Manifest.EMPTY);
    assertThat(parse("{\"name\": null, \"functions\": null}")).isEqualTo(Manifest.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | not a JSON object",
        "[] | not a JSON object",
        "{ | not JSON",
        "{} {} | not JSON",
        "{\"name\": 1} | name is not a text",
        "{\"name\": \"a\", \"name\": \"b\"} | field 'name' is there twice (line 1, column 15)",
        "{\"name\": \"a\\u001b[2J\"} | name has control characters",
        "{\"functions\": []} | functions is not an object",
        "{\"functions\": {\"f\": \"text\"}} | functions.f is not an object",
        "{\"functions\": {\"f\": {\"result\": {\"precision\": 39}}}} | precision from 1 to 38",
        "{\"capabilities\": {\"required\": \"spi\"}} | capabilities.required is not a list",
        "{\"capabilities\": [{}]} | names no capability",
        "{\"limits\": {\"memory\": \"much\"}} | limits: memory => 'much' is not understood",
        "{\"limits\": {\"memory\": true}} | limits.memory is neither a text nor a number (line 1, column 23)",
        "{\"limits\": {\"call-time\": '1s', \"call_time\": '1s'}} | it is not JSON",
        "{\"version\": \"1.0\"} | version is not a semantic version",
        "{\"name\": \"a.b.\"} | begins and ends with a letter or digit",
        "{\"organisation\": \"\u0430cme\"} | organisation is made of the letters a to z",
        "{\"traits\": [\"a\", \"a\"]} | traits[1] is there twice (line 1, column 18)",
        "{\"capabilities\": [{\"name\": \"network\", \"scope\": {\"host\": \"a\"}}]} | capabilities[0] makes no sense: capability network has no scope 'host'",
      })
  void nonsenseIsRefusedWithOneSentence(String json, String part) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("section calcite-manifest: ")
        .hasMessageContaining(part)
        .extracting(e -> ((PolicyException) e).sqlState())
        .isEqualTo("WM001");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> parse("[".repeat(100_000))).isInstanceOf(PolicyException.class);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] bytes = "{\"name\": \"x\"}".getBytes(UTF_8);
    bytes[10] = (byte) 0xff;
    assertThatThrownBy(() -> Manifest.parse(bytes))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("section calcite-manifest: it is not JSON");
  }

  @Test
  void theSectionOfTheComponentComesBeforeNestedOnes() {
    assertThat(
            Manifest.read(List.of(bytes("a")), List.of(bytes("b"), bytes("c")), List.of()).name())
        .isEqualTo("a");
    assertThat(Manifest.read(List.of(), List.of(bytes("b")), List.of()).name()).isEqualTo("b");
    assertThat(Manifest.read(List.of(), List.of(), List.of())).isEqualTo(Manifest.EMPTY);
  }

  @Test
  void withoutOneTheNameIsThatOfTheOnlyPackageExported() {
    List<String> exports =
        List.of(
            "acme:text/strings@0.1.0",
            "acme:text/words@0.1.0",
            "calcite:extension/lifecycle@0.1.0");
    Manifest inferred = Manifest.read(List.of(), List.of(), exports);
    assertThat(inferred.name()).isEqualTo("text");
    assertThat(inferred.organisation()).isEmpty();
    assertThat(inferred.version()).isEmpty();
    assertThat(inferred.needs()).isEmpty();
    assertThat(Manifest.inferred(List.of("acme:text/strings", "acme:numbers/sums")))
        .isEqualTo(Manifest.EMPTY);
    assertThat(Manifest.inferred(List.of("run"))).isEqualTo(Manifest.EMPTY);
    assertThat(Manifest.read(List.of(bytes("a")), List.of(), exports).name()).isEqualTo("a");
  }

  @Test
  void duplicateSectionsAreRefused() {
    assertThatThrownBy(() -> Manifest.read(List.of(bytes("a"), bytes("a")), List.of(), List.of()))
        .hasMessage("the component has 2 sections calcite-manifest, not one");
    assertThatThrownBy(() -> Manifest.read(List.of(), List.of(bytes("a"), bytes("b")), List.of()))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void aFunctionClaimsTraitsAndACost() {
    FunctionNotes notes =
        parse(
                "{\"functions\": {\"f\": {\"traits\": [\"commutative\", \"unheard-of\"],"
                    + " \"cost\": 250}}}")
            .notes("", "f");
    assertThat(notes.traits()).containsExactly("commutative", "unheard-of");
    assertThat(notes.cost()).hasValue(250);
    assertThat(FunctionNotes.NONE.cost()).isEmpty();
    for (String cost : List.of("0", "-1", "1.5", "\"dear\"", "1234567890")) {
      assertThatThrownBy(() -> parse("{\"functions\": {\"f\": {\"cost\": " + cost + "}}}"))
          .isInstanceOf(PolicyException.class)
          .hasMessageContaining("functions.f.cost is not a whole number from 1 to 999999999");
    }
  }

  private static Manifest parse(String json) {
    return Manifest.parse(json.getBytes(UTF_8));
  }

  private static byte[] bytes(String name) {
    return ("{\"name\": \"" + name + "\"}").getBytes(UTF_8);
  }
}
