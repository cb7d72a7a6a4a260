package io.calcitewasm.policy.sign;

import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.document.Words;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The signatures of a component, which stand in a file beside it: {@code text.component.wasm.sig}.
 * Each is a block of seven lines; blank lines divide blocks:
 *
 * <pre>
 * calcite-wasm-signature: 1
 * organisation: acme
 * name: text
 * version: 1.2.0
 * digest: sha256:…
 * key: (Base64 of the public key)
 * signature: (Base64)
 * </pre>
 *
 * @param blocks the signatures in their order
 */
public record SignatureFile(List<Block> blocks) {
  /** What a signature file's name ends with, behind the component's. */
  public static final String ENDING = ".sig";

  /** The most bytes such a file may have. */
  public static final int LARGEST = 64 << 10;

  private static final int MOST = 16;
  private static final List<String> FIELDS =
      List.of(
          "calcite-wasm-signature",
          "organisation",
          "name",
          "version",
          "digest",
          "key",
          "signature");

  public SignatureFile {
    blocks = List.copyOf(blocks);
  }

  /**
   * One signature.
   *
   * @param statement what is signed
   * @param key Base64 of the public key that belongs to it
   * @param signature Base64
   */
  public record Block(Statement statement, String key, String signature) {
    private String text() {
      List<String> values =
          List.of(
              "1",
              statement.organisation(),
              statement.name(),
              statement.version(),
              statement.digest(),
              key,
              signature);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < FIELDS.size(); i++) {
        text.append(FIELDS.get(i)).append(": ").append(values.get(i)).append('\n');
      }
      return text.toString();
    }
  }

  /** Signs. */
  public static Block sign(Statement statement, PrivateKey key, PublicKey publicKey) {
    return new Block(
        statement,
        Ed25519.text(publicKey),
        Base64.getEncoder().encodeToString(Ed25519.sign(key, statement.message())));
  }

  /** The file's text. */
  public String text() {
    return String.join("\n", blocks.stream().map(Block::text).toList());
  }

  /**
   * Reads a file.
   *
   * @throws PolicyException WM003 with the line of what is wrong
   */
  public static SignatureFile parse(String text) {
    if (text.length() > LARGEST) {
      throw refuse("it has more than " + LARGEST + " characters");
    }
    List<Block> blocks = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      if (line.isBlank() && values.isEmpty()) {
        continue;
      }
      String field = FIELDS.get(values.size());
      if (!line.startsWith(field + ":")) {
        throw refuse("line " + number + " has to begin with '" + field + ":'");
      }
      values.add(line.substring(field.length() + 1).strip());
      if (values.size() == FIELDS.size()) {
        blocks.add(block(values, number));
        values.clear();
      }
      if (blocks.size() > MOST) {
        throw refuse("it has more than " + MOST + " signatures");
      }
    }
    if (!values.isEmpty() || blocks.isEmpty()) {
      throw refuse(values.isEmpty() ? "it holds no signature" : "its last signature is cut off");
    }
    return new SignatureFile(blocks);
  }

  private static Block block(List<String> values, int line) {
    if (!values.getFirst().equals("1")) {
      throw refuse(
          "the signature that ends in line "
              + line
              + " is of form "
              + Words.quote(values.getFirst())
              + "; known is 1");
    }
    return new Block(
        new Statement(values.get(1), values.get(2), values.get(3), values.get(4)),
        values.get(5),
        values.get(6));
  }

  /**
   * Checks all signatures against what they have to say.
   *
   * @param expected what the component is
   * @return the Base64 of the keys that have signed it
   * @throws PolicyException WM003 for one of something else, and one that its key has not made
   */
  public Set<String> verify(Statement expected) {
    Set<String> keys = new LinkedHashSet<>();
    for (Block block : blocks) {
      if (!block.statement().equals(expected)) {
        throw refuse(
            "it is of "
                + Words.quote(block.statement().toString())
                + ", the component is "
                + Words.quote(expected.toString()));
      }
      keys.add(signer(block));
    }
    return keys;
  }

  private static String signer(Block block) {
    try {
      PublicKey key = Ed25519.publicKey(block.key());
      if (Ed25519.verify(
          key, block.statement().message(), Base64.getDecoder().decode(block.signature()))) {
        return Ed25519.text(key);
      }
    } catch (IllegalArgumentException e) {
      throw new PolicyException(
          "WM003", "signature: neither key nor signature can be read: " + e.getMessage(), e);
    }
    throw refuse("key " + Words.quote(block.key()) + " has not made it");
  }

  private static PolicyException refuse(String problem) {
    return new PolicyException("WM003", "signature: " + problem);
  }
}
