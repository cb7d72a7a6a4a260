package io.calcitewasm.component.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.Guest;
import io.calcitewasm.component.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The project's own scripts: what components do when they run, by chapter of the specification. */
final class OwnSuiteTest {
  private static Path suite() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(Refusal.class.getResource("suite")).toURI());
  }

  @TestFactory
  Stream<DynamicTest> everyCommandOfEveryScriptPasses() throws Exception {
    Exclusions none = Exclusions.read(new BufferedReader(new StringReader("")));
    return Script.in(suite()).stream()
        .map(
            script ->
                DynamicTest.dynamicTest(
                    script.name(),
                    () -> {
                      List<Outcome.Of> outcomes = ScriptRunner.run(script, Guest.engine(), none);
                      assertThat(outcomes).isNotEmpty();
                      assertThat(outcomes)
                          .filteredOn(o -> !(o.outcome() instanceof Outcome.Passed))
                          .isEmpty();
                    }));
  }

  @Test
  void binariesAreThoseThatTheTextsWereTranslatedTo() throws Exception {
    Path suite = suite();
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(suite.resolve("SHA256SUMS"))) {
      expected.put(line.substring(66), line.substring(0, 64));
    }
    assertThat(hashes(suite)).isEqualTo(expected);
  }

  private static Map<String, String> hashes(Path suite) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files(suite)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      String name = suite.relativize(file).toString().replace('\\', '/');
      hashes.put(name, HexFormat.of().formatHex(hash));
    }
    return hashes;
  }

  private static List<Path> files(Path suite) throws IOException {
    try (Stream<Path> files = Files.walk(suite)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.endsWith("SHA256SUMS") && !f.endsWith("README.md"))
          .toList();
    }
  }
}
