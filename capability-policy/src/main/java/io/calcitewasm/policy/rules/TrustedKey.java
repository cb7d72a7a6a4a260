package io.calcitewasm.policy.rules;

import java.util.List;

/**
 * A key whose signatures count.
 *
 * @param name what rules call it
 * @param line of the policy file
 * @param key Base64 of the 32 bytes
 * @param organisations for whose modules it may sign; empty for all
 */
public record TrustedKey(String name, int line, String key, List<String> organisations) {
  public TrustedKey {
    organisations = List.copyOf(organisations);
  }
}
