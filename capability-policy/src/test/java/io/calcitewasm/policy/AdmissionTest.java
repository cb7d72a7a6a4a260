package io.calcitewasm.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.policy.Admission.Import;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final String KV = "calcite:extension/kv@0.1.0";

  private final Admission admission = new Admission(List.of(Capability.KV, Capability.CLOCK));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calcite:extension/logging@0.1.0",
        "calcite:extension/logging@0.1.7",
        "calcite:extension/types@0.1.0",
        "wasi:cli/environment@0.2.0",
        "wasi:io/streams@0.2.12",
        "wasi:clocks/wall-clock@0.2.6",
        "wasi:random/random@0.2.3",
        "wasi:filesystem/preopens@0.2.3",
        "wasi:sockets/tcp@0.2.0",
        "wasi:http/outgoing-handler@0.2.1",
      })
  void baseInterfacesNeedNothing(String name) {
    assertAdmitted(Manifest.EMPTY, List.of(name));
  }

  @Test
  void aCapabilityWithoutManifestIsRefusedByName() {
    assertRefused(Manifest.EMPTY, List.of(KV), List.of(), "42501")
        .isEqualTo(
            "the component imports 'calcite:extension/kv@0.1.0' without declaring it:"
                + " its manifest must name the capability kv");
  }

  @Test
  void aCapabilityThatTheManifestDoesNotDeclareIsRefused() {
    assertRefused(
            manifest("[\"clock\"]", "[]"),
            List.of(KV),
            List.of(Grant.of(Capability.CLOCK)),
            "42501")
        .contains("must name the capability kv");
  }

  @Test
  void aRequiredCapabilityHasToBeGranted() {
    assertRefused(manifest("[\"kv\"]", "[]"), List.of(KV), List.of(), "42501")
        .isEqualTo(
            "the component requires the capability kv, which is not granted: add GRANT (kv)");
    assertAdmitted(manifest("[\"kv\"]", "[]"), List.of(KV), Grant.of(Capability.KV));
  }

  @Test
  void aRequiredCapabilityHasToBeGrantedEvenWhenItsInterfacesAlwaysLink() {
    assertRefused(
            manifest("[\"network\"]", "[]"), List.of("wasi:sockets/tcp@0.2.0"), List.of(), "42501")
        .contains("requires the capability network");
  }

  @Test
  void anOptionalCapabilityNeedsNoGrant() {
    assertAdmitted(manifest("[]", "[\"kv\"]"), List.of(KV));
    assertAdmitted(manifest("[]", "[\"s3\"]"), List.of("calcite:extension/s3@0.1.0"));
  }

  @Test
  void anOptionalCapabilityOfTheFutureIsPassedOver() {
    assertAdmitted(manifest("[]", "[\"teleport\"]"), List.of());
  }

  @Test
  void aRequiredCapabilityOfTheFutureIsRefused() {
    assertRefused(manifest("[\"teleport\"]", "[]"), List.of(), List.of(), "WM002")
        .contains("'teleport'");
  }

  @Test
  void schemaInfoBelongsToSpi() {
    assertRefused(
            Manifest.EMPTY, List.of("calcite:extension/schema-info@0.1.0"), List.of(), "42501")
        .contains("capability spi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calcite:extension/telepathy@0.1.0",
        "calcite:extension/kv@0.2.0",
        "calcite:extension/kv",
        "calcite:extension/logging@1.0.0",
        "wasi:nn/inference@0.2.0",
        "wasi:cli/environment@0.3.0",
        "wasi:cli/environment@0.2.0-rc-2023-12-05",
        "acme:db/query@1.0.0",
        "plain-import",
        "url=<https://example.org/x.wasm>",
      })
  void whatNobodyServesIsRefused(String name) {
    assertRefused(manifest("[]", "[\"kv\"]"), List.of(name), List.of(), "WM002").contains(name);
  }

  @Test
  void interfacesOfTypesNeedNobodyToServeThem() {
    assertThatCode(
            () ->
                admission.check(
                    Manifest.EMPTY,
                    List.of(new Import("acme:db/types@1.0.0", true), new Import("date", true)),
                    List.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void typesOfAnotherContractAreStale() {
    PolicyException refusal =
        catchThrowableOfType(
            PolicyException.class,
            () ->
                admission.check(
                    Manifest.EMPTY,
                    List.of(new Import("calcite:extension/types@0.2.0", true)),
                    List.of()));
    assertThat(refusal.sqlState()).isEqualTo("WM002");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2.0", "calcite:extension@1.0.0", "other:contract@0.1.0", "next"})
  void aManifestOfAnotherContractIsStale(String contract) {
    assertRefused(
            Manifest.parse(("{\"contract\": \"" + contract + "\"}").getBytes(UTF_8)),
            List.of(),
            List.of(),
            "WM002")
        .contains(contract);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "0.1.3", "calcite:extension@0.1.0"})
  void aManifestOfThisContractIsFine(String contract) {
    assertAdmitted(
        Manifest.parse(("{\"contract\": \"" + contract + "\"}").getBytes(UTF_8)), List.of());
  }

  @Test
  void aCapabilityIsGrantedOnce() {
    assertRefused(
            Manifest.EMPTY,
            List.of(),
            List.of(Grant.of(Capability.KV), Grant.of(Capability.KV)),
            "22023")
        .isEqualTo("capability kv is granted twice");
  }

  @Test
  void aGrantThatWouldDoNothingIsRefused() {
    assertRefused(Manifest.EMPTY, List.of(), List.of(Grant.of(Capability.S3)), "0A000")
        .isEqualTo("capability s3 is not available in this version");
  }

  private void assertAdmitted(Manifest manifest, List<String> imports, Grant... grants) {
    assertThatCode(() -> admission.check(manifest, imports(imports), Arrays.asList(grants)))
        .doesNotThrowAnyException();
  }

  private org.assertj.core.api.AbstractStringAssert<?> assertRefused(
      Manifest manifest, List<String> imports, List<Grant> grants, String sqlState) {
    PolicyException refusal =
        catchThrowableOfType(
            PolicyException.class, () -> admission.check(manifest, imports(imports), grants));
    assertThat(refusal).isNotNull();
    assertThat(refusal.sqlState()).isEqualTo(sqlState);
    return assertThat(refusal.getMessage());
  }

  private static List<Import> imports(List<String> names) {
    return names.stream().map(name -> new Import(name, false)).toList();
  }

  private static Manifest manifest(String required, String optional) {
    return Manifest.parse(
        Stream.of(
                "{\"capabilities\": {\"required\": ", required, ", \"optional\": ", optional, "}}")
            .reduce("", String::concat)
            .getBytes(UTF_8));
  }
}
