package io.calcitewasm.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignCommandTest {
  @TempDir private Path folder;
  private Path text;
  private String key;

  @BeforeEach
  void makeKeys() {
    text = Guests.copy("components/text", folder);
    key = folder.resolve("ours").toString();
    CommandRun run = CommandRun.of("", "keygen", key);
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("keys:\n  ours: {ed25519: \"");
  }

  private CommandRun sign(String keyName) {
    return CommandRun.of("", "sign", text.toString(), "--key", keyName);
  }

  private CommandRun verify(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "verify";
    args[1] = text.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of("", args);
  }

  @Test
  void thePrivateKeyIsItsOwners() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key + ".key"))))
        .isEqualTo("rw-------");
    assertThat(CommandRun.of("", "keygen", key).err()).contains("exists already");
  }

  @Test
  void aSignatureIsVerifiedAndJudgedByAPolicy() throws IOException {
    assertThat(verify().err()).contains("WM003").contains("there is no signature file");
    assertThat(sign(key + ".key").status()).isZero();
    assertThat(verify().out())
        .contains("calcite-wasm-examples/text 0.1.0 sha256:")
        .contains("signed by ed25519 " + Files.readString(Path.of(key + ".pub")).strip());
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "version: 1\nkeys:\n  ours: {ed25519: \""
                + Files.readString(Path.of(key + ".pub")).strip()
                + "\"}\nmodules:\n  - {rule: ours, match: {signer: ours}, grants: [clock]}\n");
    assertThat(verify("--policy", policy.toString()).out())
        .contains("allowed by rule 'ours' (line 5) of the policy file " + policy);
    Files.delete(Path.of(text + ".sig"));
    CommandRun unsigned = verify("--policy", policy.toString());
    assertThat(unsigned.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(unsigned.err()).contains("error WM003").contains("not signed as rule 'ours'");
  }

  @Test
  void severalKeysSignAndTheSameOneOnce() throws IOException {
    CommandRun.of("", "keygen", folder.resolve("theirs").toString());
    sign(key + ".key");
    sign(folder.resolve("theirs.key").toString());
    sign(key + ".key");
    assertThat(verify().out().lines().filter(line -> line.startsWith("signed by"))).hasSize(2);
  }

  @Test
  void aComponentThatChangedIsToldApart() throws IOException {
    sign(key + ".key");
    Files.write(text, Guests.bytes("components/geo"));
    CommandRun run = verify();
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("error WM003").contains("the component is");
    assertThat(sign(key + ".key").status()).isZero();
    assertThat(verify().out()).contains("calcite-wasm-examples/geo");
  }

  @Test
  void whatCannotBeSignedIsTold() throws IOException {
    assertThat(sign(folder.resolve("no.key").toString()).err()).contains("there is no file");
    assertThat(sign(key + ".pub").err()).contains("holds no private key of Ed25519");
    CommandRun.of("", "keygen", folder.resolve("theirs").toString());
    Files.copy(folder.resolve("theirs.pub"), folder.resolve("mixed.pub"));
    Files.copy(Path.of(key + ".key"), folder.resolve("mixed.key"));
    assertThat(sign(folder.resolve("mixed.key").toString()).err()).contains("another pair's");
    Files.writeString(text, "hello");
    assertThat(sign(key + ".key").err()).contains("is no valid component");
  }
}
