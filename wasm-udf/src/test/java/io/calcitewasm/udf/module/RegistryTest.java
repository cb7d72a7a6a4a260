package io.calcitewasm.udf.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.udf.Binaries;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How modules arrive, are replaced and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryTest {
  private static final byte[] TEXT = Guests.bytes("components/text");
  private static final String KV = "calcite:extension/kv@0.1.0";
  private static final String SPI = "calcite:extension/spi@0.1.0";

  private ComponentEngine engine;
  private Registry registry;

  @BeforeAll
  void create() {
    engine = ComponentEngine.create();
    registry = new Registry(engine, new HostServices());
  }

  @AfterAll
  void close() {
    registry.close();
    engine.close();
  }

  @AfterEach
  void empty() {
    registry.snapshot().modules().keySet().forEach(registry::drop);
  }

  @Test
  void aPreparedVersionTellsWhatItIs() {
    ModuleVersion version = registry.prepare(ModuleRequest.of("text", "text.wasm", TEXT));
    assertThat(version.name()).isEqualTo("text");
    assertThat(version.version()).isEqualTo("0.1.0");
    assertThat(version.source()).isEqualTo("text.wasm");
    assertThat(version.digest()).isEqualTo(Digest.of(TEXT)).startsWith("sha256:");
    assertThat(version.manifest().name()).isEqualTo("text");
    assertThat(version.generation()).isZero();
    assertThat(version.functions())
        .extracting(SqlFunction::sqlSignature)
        .contains(
            "slugify(s VARCHAR) -> VARCHAR",
            "word_count(s VARCHAR) -> BIGINT",
            "split(s VARCHAR, sep VARCHAR) -> VARCHAR ARRAY",
            "char_at(s VARCHAR, position BIGINT) -> CHAR(1)",
            "sha256(bytes VARBINARY) -> VARBINARY");
    assertThat(version.functions("SLUGIFY").getFirst().documentation()).startsWith("For URLs");
    assertThat(version.functions("Strings", "slugify")).hasSize(1);
  }

  @Test
  void preparingPublishesNothing() {
    long before = registry.snapshot().generation();
    registry.prepare(ModuleRequest.of("text", "", TEXT));
    assertThat(registry.snapshot().generation()).isEqualTo(before);
    assertThat(registry.snapshot().modules()).isEmpty();
  }

  @Test
  void publishingIsANewGeneration() {
    Snapshot before = registry.snapshot();
    Snapshot after = registry.publish(registry.prepare(ModuleRequest.of("Text", "", TEXT)), false);
    assertThat(after.generation()).isEqualTo(before.generation() + 1);
    assertThat(after.module("tEXT").orElseThrow().generation()).isEqualTo(after.generation());
    assertThat(after.modules().keySet()).containsExactly("Text");
    assertThat(registry.snapshot()).isSameAs(after);
  }

  @Test
  void aSnapshotNeverChanges() {
    Snapshot before = registry.publish(version("text"), false);
    registry.drop("TEXT");
    assertThat(before.module("text")).isPresent();
    assertThat(registry.snapshot().module("text")).isEmpty();
  }

  @Test
  void aNameIsTakenOnce() {
    registry.publish(version("text"), false);
    ModuleVersion again = version("TEXT");
    assertError("42710", () -> registry.publish(again, false)).contains("exists already");
    Snapshot replaced = registry.publish(again, true);
    assertThat(replaced.modules().keySet()).containsExactly("TEXT");
  }

  @Test
  void whatIsNotThereCannotBeDropped() {
    assertError("42704", () -> registry.drop("nobody")).isEqualTo("there is no module nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "a.b", "a b", "a\nb", "'; DROP"})
  void namesHaveAShape(String name) {
    assertError("42602", () -> registry.prepare(ModuleRequest.of(name, "", TEXT)))
        .contains("cannot be a module's name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm", "WASM", "information_schema"})
  void someNamesAreReserved(String name) {
    assertError("42939", () -> registry.prepare(ModuleRequest.of(name, "", TEXT)))
        .contains("reserved");
  }

  @Test
  void theRightDigestIsAccepted() {
    String digest = Digest.of(TEXT).toUpperCase(Locale.ROOT).replace("SHA256", "sha256");
    assertThat(registry.prepare(demanding(digest)).digest()).isEqualTo(Digest.of(TEXT));
  }

  @Test
  void anotherDigestIsRefused() {
    assertError("WM003", () -> registry.prepare(demanding("sha256:" + "0".repeat(64))))
        .startsWith("module text: the component's digest is sha256:")
        .endsWith("not the demanded sha256:" + "0".repeat(64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:12", "md5:00", ""})
  void anUnclearDigestIsRefused(String digest) {
    assertError("WM003", () -> registry.prepare(demanding(digest))).contains("is not understood");
  }

  @Test
  void aDigestComesBeforeReading() {
    ModuleRequest broken =
        ModuleRequest.of("m", "", new byte[3]).withDigest("sha256:" + "0".repeat(64));
    assertError("WM003", () -> registry.prepare(broken));
  }

  @Test
  void brokenBytesAreRefusedWithTheirOffset() {
    byte[] cut = Arrays.copyOf(TEXT, TEXT.length / 2);
    assertError("WM001", () -> registry.prepare(ModuleRequest.of("m", "", cut)))
        .startsWith("module m: ")
        .contains("byte offset");
    assertError("WM001", () -> registry.prepare(ModuleRequest.of("m", "", new byte[0])));
    assertError(
        "WM001",
        () ->
            registry.prepare(ModuleRequest.of("m", "", new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0})));
  }

  @Test
  void aManifestThatMakesNoSenseIsRefused() {
    assertError("WM001", () -> prepare(Binaries.withManifests("{")))
        .startsWith("module m: section calcite-manifest: it is not JSON");
  }

  @Test
  void twoManifestsAreRefused() {
    assertError("WM001", () -> prepare(Binaries.withManifests("{}", "{}")))
        .contains("2 sections calcite-manifest");
  }

  @Test
  void withoutAManifestTheDigestIsTheVersion() {
    byte[] bytes = Binaries.withManifests();
    assertThat(prepare(bytes).version()).isEqualTo(Digest.of(bytes).substring(0, 19));
  }

  @Test
  void aCapabilityWithoutManifestIsRefused() {
    assertError("42501", () -> prepare(Binaries.importing(KV)))
        .contains("must name the capability kv");
  }

  @Test
  void aRequiredCapabilityIsRefusedWithoutGrant() {
    byte[] bytes =
        Binaries.withManifest(
            Binaries.importing(KV), "{\"capabilities\": {\"required\": [\"kv\"]}}");
    assertError("42501", () -> prepare(bytes)).contains("requires the capability kv");
  }

  @Test
  void anOptionalCapabilityIsLinkedWithoutGrant() {
    byte[] bytes =
        Binaries.withManifest(
            Binaries.importing(SPI), "{\"capabilities\": {\"optional\": [\"spi\"]}}");
    assertThat(prepare(bytes).grants()).isEmpty();
  }

  @Test
  void aServedInterfaceIsLinkedWithItsOwnTypesAlone() {
    byte[] bytes =
        Binaries.withManifest(
            Binaries.importing(KV), "{\"capabilities\": {\"optional\": [\"kv\"]}}");
    assertError("WM002", () -> prepare(bytes)).contains("the interface has no function \"run\"");
  }

  @Test
  void guestsAreRefusedForWhatTheyAskOfTheHost() {
    assertError("42501", () -> prepare(Guests.bytes("fixtures/kv-undeclared")))
        .contains("must name the capability kv");
    assertError("42501", () -> prepare(Guests.bytes("fixtures/kv-required")))
        .contains("requires the capability kv");
    assertError("WM002", () -> prepare(Guests.bytes("fixtures/stale-contract")))
        .contains("calcite:extension/logging@9.0.0");
    assertError("WM002", () -> prepare(Guests.bytes("fixtures/unknown-import")))
        .contains("somebody:else/oracle@1.2.3");
  }

  @Test
  void functionsOverResourcesAreListedWithoutSqlForm() {
    ModuleVersion version = prepare(Guests.bytes("fixtures/resources"));
    assertThat(version.functions())
        .filteredOn(f -> f.noSqlForm().isPresent())
        .extracting(SqlFunction::name)
        .containsExactlyInAnyOrder("open", "peek", "close", "close_all");
    assertThat(version.functions("tally").getFirst().kind()).isEqualTo(SqlFunction.Kind.AGGREGATE);
    assertThat(version.functions("live").getFirst().sqlSignature()).isEqualTo("live() -> INTEGER");
  }

  @Test
  void functionsWithoutSqlFormSayWhy() {
    ModuleVersion version = prepare(Guests.bytes("fixtures/types"));
    assertThat(version.functions())
        .filteredOn(f -> f.noSqlForm().isPresent())
        .extracting(SqlFunction::name)
        .containsExactlyInAnyOrder("id_option_option", "id_list_option_option", "id_deep");
    assertThat(version.functions("id_option_option").getFirst().noSqlForm())
        .get()
        .asString()
        .startsWith("parameter value: option<option<s32>> has no SQL form");
  }

  @Test
  void grantsAreKept() {
    ModuleRequest request =
        ModuleRequest.of("m", "", Binaries.withManifests())
            .withGrants(List.of(Grant.of(Capability.CLOCK)));
    assertThat(registry.prepare(request).grants()).containsExactly(Grant.of(Capability.CLOCK));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme:db/query@1.0.0",
        "wasi:nn/graph@0.2.0",
        "calcite:extension/magic@0.1.0",
        "calcite:extension/kv@0.9.0"
      })
  void whatNobodyServesIsRefused(String name) {
    assertError("WM002", () -> prepare(Binaries.importing(name))).contains(name);
  }

  @Test
  void aServedInterfaceOfAnotherTypeIsRefused() {
    assertError("WM002", () -> prepare(Binaries.importing("wasi:cli/environment@0.2.0")))
        .contains("wasi:cli/environment@0.2.0");
  }

  @Test
  void typesOfTheContractAreTakenInTheirForm() {
    assertThat(prepare(Binaries.importingDate("0.1.0", false)).functions()).isEmpty();
    assertError("WM002", () -> prepare(Binaries.importingDate("0.1.0", true)))
        .contains("type date of calcite:extension/types@0.1.0 has another form");
    assertError("WM002", () -> prepare(Binaries.importingDate("0.2.0", false)))
        .contains("calcite:extension/types@0.2.0");
  }

  @Test
  void withWinsOverTheManifestWhichTightensTheDefaults() {
    byte[] bytes =
        Binaries.withManifests(
            "{\"limits\": {\"memory\": \"16MB\", \"call_time\": \"1h\", \"instances\": 2}}");
    ModuleVersion version =
        registry.prepare(ModuleRequest.of("m", "", bytes).withLimits(Map.of("INSTANCES", 5)));
    assertThat(version.limits().memoryBytes()).isEqualTo(16 << 20);
    assertThat(version.limits().callTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(version.limits().instances()).isEqualTo(5);
  }

  @Test
  void memoryBeyondTheLimitIsRefusedBeforeAnythingRuns() {
    ModuleRequest request = ModuleRequest.of("m", "", TEXT).withLimits(Map.of("memory", "64KB"));
    assertError("WM001", () -> registry.prepare(request));
    assertError(
        "WM001",
        () ->
            prepare(
                Binaries.withManifest(
                    Guests.bytes("fixtures/state"), "{\"limits\": {\"memory\": 65536}}")));
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    ModuleRequest request = ModuleRequest.of("m", "", TEXT).withLimits(Map.of("speed", "high"));
    assertError("22023", () -> registry.prepare(request))
        .isEqualTo(
            "module m: 'speed' is not a limit; limits are memory, call_time, result_size,"
                + " instances");
  }

  private ModuleVersion version(String name) {
    return registry.prepare(ModuleRequest.of(name, "", TEXT));
  }

  private ModuleVersion prepare(byte[] bytes) {
    return registry.prepare(ModuleRequest.of("m", "", bytes));
  }

  private static ModuleRequest demanding(String digest) {
    return ModuleRequest.of("text", "", TEXT).withDigest(digest);
  }

  private static AbstractStringAssert<?> assertError(String sqlState, Runnable action) {
    SqlError error = catchThrowableOfType(SqlError.class, action::run);
    assertThat(error).isNotNull();
    assertThat(error.sqlState()).as(error.getMessage()).isEqualTo(sqlState);
    return assertThat(error.getMessage());
  }
}
