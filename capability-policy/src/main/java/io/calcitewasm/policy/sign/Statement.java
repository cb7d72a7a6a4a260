package io.calcitewasm.policy.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.calcitewasm.policy.Manifest;

/**
 * What a signature says: this content is that version of that module. It binds all four, so that a
 * signature serves nothing else.
 *
 * @param organisation of the manifest
 * @param name of the manifest
 * @param version of the manifest
 * @param digest {@code sha256:…} of the component's bytes
 */
public record Statement(String organisation, String name, String version, String digest) {
  private static final String HEADER = "calcite-wasm module signature, version 1";

  /** What there is to sign of a component. */
  public static Statement of(Manifest manifest, String digest) {
    return new Statement(manifest.organisation(), manifest.name(), manifest.version(), digest);
  }

  /** The bytes that are signed. */
  byte[] message() {
    return String.join("\n", HEADER, organisation, name, version, digest, "").getBytes(UTF_8);
  }

  /** In words. */
  @Override
  public String toString() {
    return (organisation.isEmpty() ? "" : organisation + "/") + name + " " + version + " " + digest;
  }
}
