package io.calcitewasm.benchmarks;

import io.calcitewasm.jdbc.cli.ContributedCommand;
import io.calcitewasm.jdbc.cli.ExitStatus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code calcite-wasm bench}: runs the benchmarks and prints ratios against their peers. */
@Command(
    name = "bench",
    description = "Run the benchmarks: functions of modules beside static Java functions.")
public final class BenchCommand implements ContributedCommand, Callable<Integer> {
  @Option(
      names = "--quick",
      description = "Two short iterations each: shows that it runs, not how fast it is.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Run benchmarks whose name has this.")
  private @Nullable String only;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results to this file.")
  private @Nullable Path json;

  @Spec private @Nullable CommandSpec spec;

  /** Found by the service loader. */
  public BenchCommand() {}

  @Override
  public Integer call() throws Exception {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(only == null ? "io.calcitewasm.benchmarks" : ".*" + only + ".*")
            .verbosity(VerboseMode.NORMAL);
    if (quick) {
      options
          .warmupIterations(1)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(1)
          .measurementTime(TimeValue.seconds(1));
    }
    Results results = Results.of(new Runner(options.build()).run());
    if (json != null) {
      results.writeJson(json);
    }
    CommandSpec command = spec;
    if (command != null) {
      results.print(command.commandLine().getOut());
    }
    return ExitStatus.OK;
  }
}
