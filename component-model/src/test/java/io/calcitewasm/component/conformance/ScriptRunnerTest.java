package io.calcitewasm.component.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.calcitewasm.component.Guest;
import io.calcitewasm.component.Wasm;
import java.io.BufferedReader;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness passes what is true, and nothing else. */
final class ScriptRunnerTest {
  private static final Exclusions NONE = exclusions("");

  @TempDir Path folder;

  @Test
  void everyTrueCommandPasses() throws Exception {
    Script right = committed("right");
    assertThat(right.commands()).hasSize(17);
    assertThat(ScriptRunner.run(right, Guest.engine(), NONE))
        .allSatisfy(o -> assertThat(o.outcome()).isEqualTo(new Outcome.Passed()));
  }

  @Test
  void noFalseCommandPasses() throws Exception {
    List<Outcome.Of> outcomes = ScriptRunner.run(committed("wrong"), Guest.engine(), NONE);
    assertThat(outcomes).hasSize(13);
    assertThat(outcomes.getFirst().outcome()).isEqualTo(new Outcome.Passed());
    assertThat(outcomes.subList(1, 13))
        .allSatisfy(o -> assertThat(o.outcome()).isInstanceOf(Outcome.Failed.class));
  }

  @Test
  void commandsThatTheHarnessDoesNotKnowFail() throws Exception {
    assertThat(
            run(
                """
                {"commands": [
                  {"type": "assert_exception", "line": 3,
                   "action": {"type": "invoke", "field": "f", "args": []}},
                  {"type": "thread", "line": 4},
                  {"type": "assert_return", "line": 5, "action": {"type": "get", "field": "g"}}]}
                """,
                NONE))
        .containsExactly(
            failed(3, "the harness knows no command assert_exception"),
            failed(4, "the harness knows no command thread"),
            failed(5, "the harness knows no command assert_return"));
  }

  @Test
  void anUnsupportedFeatureIsOutOfScopeOnlyByARuleAndSoIsWhatDependsOnIt() throws Exception {
    Files.write(folder.resolve("f.wasm"), Wasm.component(Wasm.types(Wasm.of(0x66, 0))));
    String script =
        """
        {"commands": [
          {"type": "module", "line": 1, "filename": "f.wasm", "module_type": "binary"},
          {"type": "assert_trap", "line": 2, "text": "unreachable",
           "action": {"type": "invoke", "field": "f", "args": []}},
          {"type": "assert_invalid", "line": 3, "text": "type mismatch",
           "filename": "f.wasm", "module_type": "binary"},
          {"type": "assert_invalid", "line": 4, "text": "the async feature is not enabled",
           "filename": "f.wasm", "module_type": "binary"}]}
        """;
    assertThat(run(script, exclusions("feature ASYNC = not now")))
        .extracting(Outcome.Of::outcome)
        .containsExactly(
            new Outcome.OutOfScope("not now"),
            new Outcome.OutOfScope("not now"),
            new Outcome.OutOfScope("not now"),
            new Outcome.Passed());
    assertThat(run(script, NONE).subList(0, 3))
        .allSatisfy(o -> assertThat(o.outcome()).isInstanceOf(Outcome.Failed.class));
  }

  @Test
  void aRuleExcludesAScriptOrALine() throws Exception {
    String script =
        """
        {"commands": [{"type": "wait", "line": 1}, {"type": "wait", "line": 2}]}
        """;
    assertThat(run(script, exclusions("file s.wast:2 = because")))
        .containsExactly(
            failed(1, "the harness knows no command wait"),
            new Outcome.Of(2, new Outcome.OutOfScope("because")));
    assertThat(run(script, exclusions("file *.wast = because")))
        .extracting(Outcome.Of::outcome)
        .containsOnly(new Outcome.OutOfScope("because"));
    assertThatIllegalArgumentException().isThrownBy(() -> exclusions("file *.wast"));
  }

  @Test
  void theReportCountsBySuiteAndScriptAndTellsReasons() {
    ConformanceReport report = new ConformanceReport();
    report.add(
        "one/a.wast",
        List.of(
            new Outcome.Of(1, new Outcome.Passed()),
            new Outcome.Of(2, new Outcome.OutOfScope("because"))));
    report.add("two/b.wast", List.of(failed(1, "no")));
    assertThat(report.markdown())
        .contains("| one | 1 | 0 | 1 |")
        .contains("| a.wast | 1 | 0 | 1 | (1) |")
        .contains("| two | 0 | 1 | 0 |")
        .contains("1. because (1 command)");
  }

  private List<Outcome.Of> run(String json, Exclusions exclusions) throws Exception {
    Path file = folder.resolve("s.json");
    Files.writeString(file, json);
    return ScriptRunner.run(Script.read(folder, file), Guest.engine(), exclusions);
  }

  private static Script committed(String name) throws Exception {
    URI scripts = Objects.requireNonNull(ScriptRunnerTest.class.getResource("scripts")).toURI();
    Path root = Path.of(scripts);
    return Script.read(root, root.resolve(name).resolve(name + ".json"));
  }

  private static Outcome.Of failed(int line, String why) {
    return new Outcome.Of(line, new Outcome.Failed(why));
  }

  private static Exclusions exclusions(String rules) {
    return Exclusions.read(new BufferedReader(new StringReader(rules)));
  }
}
