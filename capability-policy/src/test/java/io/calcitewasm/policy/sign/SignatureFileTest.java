package io.calcitewasm.policy.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.policy.PolicyException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureFileTest {
  private static final Statement TEXT =
      new Statement("acme", "text", "1.2.0", "sha256:" + "ab".repeat(32));
  private final KeyPair keys = Ed25519.generate();
  private final SignatureFile.Block block =
      SignatureFile.sign(TEXT, keys.getPrivate(), keys.getPublic());

  private static void refused(String text, Statement expected, String part) {
    assertThatThrownBy(() -> SignatureFile.parse(text).verify(expected))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("signature: ")
        .hasMessageContaining(part)
        .extracting(e -> ((PolicyException) e).sqlState())
        .isEqualTo("WM003");
  }

  @Test
  void aSignatureTellsItsKey() {
    String text = new SignatureFile(List.of(block)).text();
    assertThat(SignatureFile.parse(text).verify(TEXT))
        .containsExactly(Ed25519.text(keys.getPublic()));
    assertThat(SignatureFile.parse(text.replace("\n", "\r\n")).blocks()).containsExactly(block);
  }

  @Test
  void severalKeysCanSign() {
    KeyPair second = Ed25519.generate();
    SignatureFile file =
        new SignatureFile(
            List.of(block, SignatureFile.sign(TEXT, second.getPrivate(), second.getPublic())));
    assertThat(SignatureFile.parse(file.text()).verify(TEXT))
        .containsExactly(Ed25519.text(keys.getPublic()), Ed25519.text(second.getPublic()));
  }

  @ParameterizedTest
  @CsvSource({
    "organisation: acme, organisation: globex",
    "name: text, name: texts",
    "version: 1.2.0, version: 1.2.1",
    "sha256:ab, sha256:ac",
  })
  void aSignatureServesNothingElse(String signed, String claimed) {
    String text = new SignatureFile(List.of(block)).text();
    String forged = text.replace(signed, claimed);
    assertThat(forged).isNotEqualTo(text);
    refused(forged, TEXT, "the component is");
    refused(forged, SignatureFile.parse(forged).blocks().getFirst().statement(), "has not made it");
  }

  @Test
  void anotherKeyOrAChangedSignatureIsRefused() {
    String text = new SignatureFile(List.of(block)).text();
    String other = Ed25519.text(Ed25519.generate().getPublic());
    refused(text.replace(block.key(), other), TEXT, "has not made it");
    byte[] bytes = Base64.getDecoder().decode(block.signature());
    bytes[5] ^= 1;
    refused(
        text.replace(block.signature(), Base64.getEncoder().encodeToString(bytes)),
        TEXT,
        "has not made it");
    refused(text.replace(block.signature(), "AAAA"), TEXT, "has not made it");
    refused(text.replace(block.signature(), "?"), TEXT, "can be read");
    refused(text.replace(block.key(), "AAAA"), TEXT, "can be read");
  }

  /** One bad signature spoils the file, so that nobody can hide one among good ones. */
  @Test
  void everySignatureHasToBeRight() {
    KeyPair second = Ed25519.generate();
    SignatureFile.Block bad =
        new SignatureFile.Block(TEXT, Ed25519.text(second.getPublic()), block.signature());
    refused(new SignatureFile(List.of(block, bad)).text(), TEXT, "has not made it");
  }

  @Test
  void aFieldCannotSmuggleALine() {
    Statement smuggler = new Statement("acme", "text\n1.2.0", "", TEXT.digest());
    assertThat(smuggler.message()).isNotEqualTo(TEXT.message());
    String text =
        new SignatureFile(
                List.of(SignatureFile.sign(smuggler, keys.getPrivate(), keys.getPublic())))
            .text();
    refused(text, TEXT, "has to begin with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it holds no signature",
        "hello | line 1 has to begin with 'calcite-wasm-signature:'",
        "'calcite-wasm-signature: 1' | its last signature is cut off",
      })
  void whatIsNoSignatureFileIsRefused(String text, String part) {
    refused(text, TEXT, part);
  }

  @Test
  void oversizedFilesAreRefused() {
    refused("x".repeat(SignatureFile.LARGEST + 1), TEXT, "more than");
    refused(new SignatureFile(Collections.nCopies(20, block)).text(), TEXT, "more than 16");
  }

  @Test
  void keysSurviveTheirTexts() {
    assertThat(Ed25519.privateKey(Ed25519.pem(keys.getPrivate()))).isEqualTo(keys.getPrivate());
    assertThat(Ed25519.publicKey(Ed25519.text(keys.getPublic()))).isEqualTo(keys.getPublic());
    assertThat(Ed25519.publicKey(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())))
        .isEqualTo(keys.getPublic());
    assertThatThrownBy(() -> Ed25519.privateKey("-----BEGIN PRIVATE KEY-----"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** RFC 8032, section 7.1, test 3. */
  @Test
  void theAlgorithmIsThatOfTheSpecification() {
    String key =
        Base64.getEncoder()
            .encodeToString(
                HexFormat.of()
                    .parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    byte[] message = {(byte) 0xaf, (byte) 0x82};
    assertThat(Ed25519.verify(Ed25519.publicKey(key), message, signature)).isTrue();
    message[0] ^= 1;
    assertThat(Ed25519.verify(Ed25519.publicKey(key), message, signature)).isFalse();
  }
}
