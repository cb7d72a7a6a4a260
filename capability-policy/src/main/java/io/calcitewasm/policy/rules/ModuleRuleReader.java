package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.Variables;
import io.calcitewasm.policy.VersionRange;
import io.calcitewasm.policy.document.DocumentException;
import io.calcitewasm.policy.document.Fields;
import io.calcitewasm.policy.document.Value;
import io.calcitewasm.policy.document.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One of a policy's {@code modules}: for which modules it is, and what it lets them have. */
final class ModuleRuleReader {
  static final List<String> ISOLATIONS = List.of("call", "statement", "session");

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private ModuleRuleReader() {}

  /**
   * Reads a rule.
   *
   * @param keys the names of the policy's keys
   * @param number which of the rules it is, from 1
   * @throws DocumentException for what makes no sense, with its place
   */
  static ModuleRule read(Fields rule, Set<String> keys, int number) {
    PolicyReader.only(rule, "module");
    Optional<String> refusal = rule.get("refuse").map(Value::text);
    if (refusal.isPresent()) {
      for (String field : List.of("grants", "limits", "isolation", "environment")) {
        rule.get(field)
            .ifPresent(
                value -> {
                  throw value.wrong("has no meaning in a rule that refuses");
                });
      }
    }
    ModuleMatch match = match(rule, keys);
    boolean proven = !match.digests().isEmpty() || !match.signers().isEmpty();
    boolean unverified = rule.get("unverified").map(Value::truth).orElse(false);
    if (!proven && !unverified && refusal.isEmpty()) {
      throw rule.wrong(
          "believes what components say of themselves: add match.signer or match.digest, or say"
              + " unverified: true");
    }
    return new ModuleRule(
        rule.get("rule").map(Value::text).orElse("module rule " + number),
        rule.place().line(),
        match,
        refusal,
        rule.get("grants").map(PolicyValues::grants).orElse(List.of()),
        PolicyValues.limits(rule.object("limits"), Limits.MOST),
        isolations(rule),
        environment(rule.object("environment")));
  }

  private static Map<String, String> environment(Fields variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    variables
        .values()
        .forEach(
            (name, value) ->
                environment.put(
                    name, PolicyValues.sensible(value, text -> Variables.check(name, text))));
    return environment;
  }

  private static Set<String> isolations(Fields rule) {
    Set<String> isolations = new LinkedHashSet<>();
    for (Value level : rule.list("isolation")) {
      if (!ISOLATIONS.contains(level.text())) {
        throw level.wrong(
            "is no isolation"
                + Words.meant(level.text(), ISOLATIONS)
                + "; there are "
                + ISOLATIONS);
      }
      isolations.add(level.text());
    }
    return isolations.isEmpty() ? Set.copyOf(ISOLATIONS) : isolations;
  }

  private static ModuleMatch match(Fields rule, Set<String> keys) {
    Fields match = rule.object("match");
    PolicyReader.only(match, "match");
    List<String> digests = new ArrayList<>();
    for (Value digest : match.list("digest")) {
      if (!DIGEST.matcher(digest.text()).matches()) {
        throw digest.wrong("is not 'sha256:' and 64 hexadecimal digits in lower case");
      }
      digests.add(digest.text());
    }
    List<String> signers = new ArrayList<>();
    for (Value signer : match.list("signer")) {
      if (!keys.contains(signer.text())) {
        throw signer.wrong(
            "is no key of this policy: "
                + Words.quote(signer.text())
                + Words.meant(signer.text(), keys));
      }
      signers.add(signer.text());
    }
    return new ModuleMatch(
        PolicyValues.globs(match.list("organisation")),
        PolicyValues.globs(match.list("name")),
        match
            .get("version")
            .map(v -> PolicyValues.sensible(v, VersionRange::parse))
            .orElse(VersionRange.ANY),
        digests,
        signers);
  }
}
