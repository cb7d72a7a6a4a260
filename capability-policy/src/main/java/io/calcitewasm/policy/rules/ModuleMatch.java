package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Globs;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.SemVer;
import io.calcitewasm.policy.VersionRange;
import java.util.List;
import java.util.Optional;

/**
 * The modules that a rule is for. All that is said has to hold; of a list, one. Names may have
 * {@code *} for any characters.
 *
 * @param organisations by name; empty for any
 * @param names by the manifest's name; empty for any
 * @param versions by the manifest's version
 * @param digests by content; empty for any
 * @param signers by a trusted key's name; empty for any, unsigned ones too
 */
public record ModuleMatch(
    List<String> organisations,
    List<String> names,
    VersionRange versions,
    List<String> digests,
    List<String> signers) {
  public ModuleMatch {
    organisations = List.copyOf(organisations);
    names = List.copyOf(names);
    digests = List.copyOf(digests);
    signers = List.copyOf(signers);
  }

  /** Whether the rule is for a module. */
  boolean matches(ModuleFacts facts) {
    return matchesButForSigner(facts)
        && (signers.isEmpty() || signers.stream().anyMatch(facts.signers()::contains));
  }

  /** Whether the rule would be for a module if the right key had signed it. */
  boolean matchesButForSigner(ModuleFacts facts) {
    Manifest manifest = facts.manifest();
    return isOneOf(organisations, manifest.organisation())
        && isOneOf(names, manifest.name())
        && hasVersion(manifest.version())
        && (digests.isEmpty() || digests.contains(facts.digest()));
  }

  private static boolean isOneOf(List<String> patterns, String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(p -> Globs.matches(p, name));
  }

  private boolean hasVersion(String text) {
    Optional<SemVer> version = SemVer.parse(text);
    return versions.equals(VersionRange.ANY) || version.filter(versions::contains).isPresent();
  }
}
