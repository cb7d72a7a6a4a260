package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.document.Words;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a component when it is judged.
 *
 * @param manifest what it says of itself
 * @param digest {@code sha256:…} of its bytes
 * @param signers names of the trusted keys that have signed it
 */
public record ModuleFacts(Manifest manifest, String digest, Set<String> signers) {
  public ModuleFacts {
    signers = Set.copyOf(signers);
  }

  @Override
  public String toString() {
    return "organisation "
        + Words.quote(manifest.organisation())
        + ", name "
        + Words.quote(manifest.name())
        + ", version "
        + Words.quote(manifest.version())
        + ", digest "
        + digest
        + ", "
        + (signers.isEmpty()
            ? "not signed by a trusted key"
            : "signed by " + String.join(", ", new TreeSet<>(signers)));
  }
}
