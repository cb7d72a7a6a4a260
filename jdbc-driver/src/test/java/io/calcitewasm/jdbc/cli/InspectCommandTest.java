package io.calcitewasm.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.calcitewasm.guest.Guests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path folder;

  private static CommandRun inspect(Path file, String... more) {
    String[] args = Arrays.copyOf(new String[] {"inspect", file.toString()}, more.length + 2);
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of("", args);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(inspect(file, "--format", "json").out());
  }

  private static JsonNode function(JsonNode inspection, String name) {
    for (JsonNode function : inspection.path("functions")) {
      if (function.path("name").asText().equals(name)) {
        return function;
      }
    }
    throw new AssertionError("no function " + name);
  }

  @Test
  void functionsAreShownAsSqlCallsThem() {
    CommandRun run = inspect(Guests.copy("components/text", folder));
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("CREATE MODULE text FROM '" + folder)
        .contains("  text.slugify(s VARCHAR) -> VARCHAR\n")
        .contains("Functions of examples:text/strings@0.1.0, also text.strings\n")
        .contains("calcite-manifest");
  }

  @Test
  void theModuleMayHaveAnotherName() {
    assertThat(inspect(Guests.copy("components/text", folder), "--name", "t2").out())
        .contains("  t2.slugify(s VARCHAR) -> VARCHAR\n");
  }

  @Test
  void functionsThatMayRaiseAreMarked() {
    assertThat(inspect(Guests.copy("components/money", folder)).out())
        .contains("  money.parse_money(s VARCHAR) -> DECIMAL(38, 18), may raise\n");
  }

  @Test
  void functionsWithoutSqlFormTellTheReason() {
    assertThat(inspect(Guests.copy("fixtures/resources", folder)).out())
        .contains(
            "  peek: func(c: borrow<counter>) -> s32\n      not callable from SQL: parameter c");
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    JsonNode text = json(Guests.copy("components/text", folder));
    assertThat(text.path("digest").asText()).matches("sha256:[0-9a-f]{64}");
    assertThat(text.path("manifest").path("licence").asText()).isEqualTo("Apache-2.0");
    JsonNode truncate = function(text, "truncate");
    assertThat(truncate.path("long_name").asText()).isEqualTo("text.strings.truncate");
    assertThat(truncate.path("wit_type").asText())
        .isEqualTo("func(s: string, n: u32, ellipsis: option<string>) -> string");
    assertThat(truncate.path("parameters").path(2).path("sees_null").asBoolean()).isTrue();
    assertThat(truncate.path("parameters").path(0).path("sees_null").asBoolean()).isFalse();
    assertThat(truncate.path("result").path("type").asText()).isEqualTo("VARCHAR");
  }

  @Test
  void packedFilesAreShownWithSizeAndDigest() throws Exception {
    Path glossary = Guests.copy("components/glossary", folder);
    byte[] english =
        Files.readAllBytes(Path.of("../guest-sdk/components/glossary/files/terms/en.tsv"));
    String digest =
        "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(english));
    assertThat(inspect(glossary).out())
        .contains("\nPacked files\n  /terms/de.tsv (")
        .contains("\n  /terms/en.tsv (" + english.length + " bytes, " + digest + ")\n")
        .doesNotContain("calcite-file:");
    JsonNode files = json(glossary).path("files");
    assertThat(files).hasSize(2);
    assertThat(files.path(1).path("path").asText()).isEqualTo("/terms/en.tsv");
    assertThat(files.path(1).path("size").asInt()).isEqualTo(english.length);
    assertThat(files.path(1).path("digest").asText()).isEqualTo(digest);
    assertThat(json(Guests.copy("components/text", folder)).path("files")).isEmpty();
    assertThat(inspect(folder.resolve("text.component.wasm")).out()).doesNotContain("Packed files");
  }

  @Test
  void filesThatNoModuleMayHaveAreRefusedHereToo() throws IOException {
    byte[] text = Guests.bytes("components/text");
    byte[] name = "calcite-file:/../etc/x".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text);
    out.writeBytes(new byte[] {0, (byte) (name.length + 1), (byte) name.length});
    out.writeBytes(name);
    CommandRun run = inspect(Files.write(folder.resolve("evil.wasm"), out.toByteArray()));
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("error WM001").contains("names no file");
  }

  @Test
  void aComponentWithoutManifestIsNoError() throws IOException {
    Path file = Guests.copy("fixtures/modules", folder);
    assertThat(inspect(file).out()).contains("no manifest, named modules");
    assertThat(json(file).path("manifest").isNull()).isTrue();
  }

  @Test
  void whatIsNoComponentIsRefusedWithItsPlace() throws IOException {
    byte[] whole = Guests.bytes("components/text");
    Path half = Files.write(folder.resolve("half.wasm"), Arrays.copyOf(whole, whole.length / 2));
    CommandRun run = inspect(half);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error WM001: " + half + ": ").contains("byte offset");
    JsonNode error = json(half).path("error");
    assertThat(error.path("sqlstate").asText()).isEqualTo("WM001");
    assertThat(error.path("message").asText()).contains("byte offset");
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    CommandRun missing = inspect(folder.resolve("none.wasm"));
    assertThat(missing.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(missing.err()).contains("there is no file").contains("none.wasm");
    assertThat(inspect(folder).err()).contains("is a directory");
  }
}
