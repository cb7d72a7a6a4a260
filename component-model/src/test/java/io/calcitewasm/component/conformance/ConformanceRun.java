package io.calcitewasm.component.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.ComponentEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs all scripts in the folder that {@code -Dconformance.scripts} names, one test each, and
 * writes {@code target/conformance.md}. Part of the profile {@code conformance} only.
 */
@Tag("conformance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceRun {
  private final ComponentEngine engine = ComponentEngine.create();
  private final ConformanceReport report = new ConformanceReport();

  @TestFactory
  Stream<DynamicTest> everyScript() throws IOException {
    Path root = Path.of(System.getProperty("conformance.scripts", ""));
    Exclusions exclusions = Exclusions.ofProject();
    List<Script> scripts = Script.in(root);
    assertThat(scripts).as("scripts in %s (-Dconformance.scripts)", root).isNotEmpty();
    return scripts.stream()
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> run(script, exclusions)));
  }

  private void run(Script script, Exclusions exclusions) throws Exception {
    List<Outcome.Of> outcomes = ScriptRunner.run(script, engine, exclusions);
    ConformanceReport.Row row = report.add(script.name(), outcomes);
    System.out.printf(
        "%s: %d passed, %d failed, %d out of scope%n",
        script.name(), row.passed(), row.failed(), row.outOfScope());
    List<String> failures =
        outcomes.stream()
            .filter(o -> o.outcome() instanceof Outcome.Failed)
            .map(o -> script.name() + ":" + o.line() + ": " + ((Outcome.Failed) o.outcome()).why())
            .toList();
    failures.forEach(failure -> System.out.println("  " + failure));
    assertThat(failures).isEmpty();
  }

  @AfterAll
  void write() throws IOException {
    engine.close();
    Path file = Path.of("target", "conformance.md");
    Files.createDirectories(Path.of("target"));
    Files.writeString(file, report.markdown());
    for (String suite : report.suites()) {
      ConformanceReport.Row sum = report.sum(suite);
      System.out.printf(
          "%s %d passed, %d failed, %d out of scope%n",
          suite, sum.passed(), sum.failed(), sum.outOfScope());
    }
    System.out.println("written: " + file.toAbsolutePath());
  }
}
