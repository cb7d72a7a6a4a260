package io.calcitewasm.component.conformance;

import io.calcitewasm.component.UnsupportedFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is out of scope, with the reason. One rule a line:
 *
 * <ul>
 *   <li>{@code feature NAME = reason}: whatever needs an {@link UnsupportedFeature}
 *   <li>{@code file GLOB = reason}: all commands of some scripts
 *   <li>{@code file GLOB:LINES = reason}: the commands at lines, written {@code 3,7-9}
 *   <li>{@code validate GLOB = reason}: scripts whose modules are to be validated, not instantiated
 * </ul>
 */
final class Exclusions {
  private static final Pattern RULE =
      Pattern.compile("(feature|file|validate) +(\\S+?)(?::([\\d,-]+))? += +(.+)");

  private final Map<UnsupportedFeature, String> features = new EnumMap<>(UnsupportedFeature.class);
  private final List<Rule> files = new ArrayList<>();
  private final List<Rule> validated = new ArrayList<>();

  private record Rule(PathMatcher scripts, Lines lines, String reason) {
    boolean fits(String script, int line) {
      return scripts.matches(Path.of(script)) && lines.contain(line);
    }
  }

  private interface Lines {
    boolean contain(int line);

    /** {@code 3,7-9}; null means all. */
    static Lines of(@Nullable String text) {
      if (text == null) {
        return line -> true;
      }
      BitSet lines = new BitSet();
      for (String range : text.split(",", -1)) {
        String[] ends = range.split("-", 2);
        lines.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
      }
      return lines::get;
    }
  }

  /** The rules that are part of the project. */
  static Exclusions ofProject() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Exclusions.class.getResourceAsStream("exclusions.txt"))) {
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    }
  }

  /** Reads rules; empty lines and those that start with # say nothing. */
  static Exclusions read(BufferedReader lines) {
    Exclusions exclusions = new Exclusions();
    lines.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).forEach(exclusions::add);
    return exclusions;
  }

  private void add(String text) {
    Matcher rule = RULE.matcher(text);
    if (!rule.matches()) {
      throw new IllegalArgumentException("not a rule: " + text);
    }
    String reason = rule.group(4);
    if (rule.group(1).equals("feature")) {
      features.put(UnsupportedFeature.valueOf(rule.group(2)), reason);
      return;
    }
    (rule.group(1).equals("file") ? files : validated)
        .add(
            new Rule(
                FileSystems.getDefault().getPathMatcher("glob:" + rule.group(2)),
                Lines.of(rule.group(3)),
                reason));
  }

  /** Why what needs a feature is out of scope; empty if it is not. */
  Optional<String> feature(UnsupportedFeature feature) {
    return Optional.ofNullable(features.get(feature));
  }

  /** Why a command is out of scope wherever it fails; empty if it is not. */
  Optional<String> command(String script, int line) {
    return files.stream().filter(r -> r.fits(script, line)).map(Rule::reason).findFirst();
  }

  /** Why a script's modules are validated only; empty if they are not. */
  Optional<String> validatesOnly(String script) {
    return validated.stream().filter(r -> r.fits(script, 0)).map(Rule::reason).findFirst();
  }
}
