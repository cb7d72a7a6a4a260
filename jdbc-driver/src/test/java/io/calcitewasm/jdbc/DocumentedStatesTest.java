package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The SQL reference tells every SQLSTATE that the code has. */
class DocumentedStatesTest {
  private static final Path ROOT = Path.of("..");

  /** A class of the standard or of this product, then three digits or letters. */
  private static final Pattern STATE =
      Pattern.compile("\"((?:0[78A]|2[0-9B]|3[38F]|4[2]|5[34578]|HY|WM|XX)[0-9A-Z]{3})\"");

  @Test
  void every_sqlstate_in_the_code_is_in_the_reference() throws IOException {
    Set<String> states = new TreeSet<>();
    try (Stream<Path> files = Files.find(ROOT, 12, (path, a) -> isSource(path.toString()))) {
      for (Path file : files.toList()) {
        Matcher matcher = STATE.matcher(Files.readString(file));
        while (matcher.find()) {
          states.add(matcher.group(1));
        }
      }
    }
    assertThat(states).contains("42883", "WM001", "0A000", "2BP01");
    String reference = Files.readString(ROOT.resolve("docs/sql.md"));
    assertThat(states).allSatisfy(state -> assertThat(reference).contains(state));
  }

  /** The component runtime knows no SQL; strings of its own look like states. */
  private static boolean isSource(String path) {
    return path.endsWith(".java")
        && path.contains("/src/main/java/")
        && !path.contains("component-model");
  }
}
