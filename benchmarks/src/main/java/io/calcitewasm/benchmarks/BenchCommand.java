package io.calcitewasm.benchmarks;

import io.calcitewasm.jdbc.cli.ContributedCommand;
import io.calcitewasm.jdbc.cli.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code calcite-wasm bench}: runs the benchmarks and prints ratios against their peers. */
@Command(
    name = "bench",
    description = "Run the benchmarks: functions of modules beside static Java functions.")
public final class BenchCommand implements ContributedCommand {
  private static final List<String> OTHERS =
      List.of(
          IsolationCost.NAME,
          KeyValueCost.NAME,
          ThreadScaling.NAME,
          "load",
          "memory",
          "warm_up",
          "cold_start");

  @Option(
      names = "--quick",
      description = "Short iterations: shows that it runs, and ratios without much confidence.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Run benchmarks whose name has this, such as add or cold_start.")
  private @Nullable String only;

  @Option(
      names = "--cpu",
      description =
          "Measure functions by the processor time of the querying thread: for machines that do"
              + " other work too. What compiles and collects garbage is not counted then.")
  private boolean cpu;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results to this file.")
  private @Nullable Path json;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Run nothing: take the results of an earlier run from this file.")
  private @Nullable Path from;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write tables into this page, and plots into the folder of its name.")
  private @Nullable Path page;

  @Spec private @Nullable CommandSpec spec;

  /** Found by the service loader. */
  public BenchCommand() {}

  @Override
  public Integer call() throws Exception {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("not set up");
    }
    Figures figures = from == null ? measured(command) : Figures.read(from);
    save(figures.all());
    if (page != null) {
      new Page(figures).writeInto(page);
    }
    PrintWriter out = command.commandLine().getOut();
    figures.print(out);
    return ExitStatus.OK;
  }

  private Figures measured(CommandSpec command) throws Exception {
    List<Called> functions =
        Arrays.stream(Called.values()).filter(called -> isWanted(called.label())).toList();
    List<SetQuery> sets =
        Arrays.stream(SetQuery.values()).filter(set -> isWanted(set.label())).toList();
    List<String> others = OTHERS.stream().filter(this::isWanted).toList();
    if (functions.isEmpty() && sets.isEmpty() && others.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "no benchmark has '" + only + "' in its name; there are " + names());
    }
    JmhRun jmh = new JmhRun(quick, cpu);
    List<Figure> figures = new ArrayList<>();
    for (Called function : functions) {
      figures.addAll(jmh.function(function));
      save(figures);
    }
    for (SetQuery set : sets) {
      figures.addAll(jmh.set(set));
      save(figures);
    }
    for (String other : others) {
      figures.addAll(
          switch (other) {
            case IsolationCost.NAME -> IsolationCost.measure();
            case KeyValueCost.NAME -> KeyValueCost.measure();
            case ThreadScaling.NAME -> ThreadScaling.measure(quick);
            case "load" -> jmh.load();
            case "memory" -> PoolMemory.measure();
            case "warm_up" -> WarmUp.measure(quick);
            default -> ColdStart.measure(quick);
          });
      save(figures);
    }
    return Figures.of(figures);
  }

  /** What is measured so far, so that a run that is cut short leaves something. */
  private void save(List<Figure> figures) throws IOException {
    if (json != null) {
      Figures.of(figures).writeJson(json);
    }
  }

  private boolean isWanted(String name) {
    return only == null || name.contains(only);
  }

  private static List<String> names() {
    List<String> names =
        new ArrayList<>(Arrays.stream(Called.values()).map(Called::label).toList());
    names.addAll(Arrays.stream(SetQuery.values()).map(SetQuery::label).toList());
    names.addAll(OTHERS);
    return names;
  }
}
