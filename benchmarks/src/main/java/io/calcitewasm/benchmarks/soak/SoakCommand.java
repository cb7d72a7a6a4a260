package io.calcitewasm.benchmarks.soak;

import io.calcitewasm.jdbc.cli.ContributedCommand;
import io.calcitewasm.jdbc.cli.ExitStatus;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code calcite-wasm soak}: in a process of its own, whose memory the JVM accounts for. */
@Command(
    name = "soak",
    description =
        "Run hostile guests for a while, then look whether threads, memory and instances are back to"
            + " what they were.")
public final class SoakCommand implements ContributedCommand {
  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long to attack (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many attack at the same time (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What decides who does what when (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** Found by the service loader. */
  public SoakCommand() {}

  @Override
  public Integer call() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-XX:NativeMemoryTracking=summary", "-Xmx1g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Soak.class.getName()));
    command.add(Long.toString(Math.round(minutes * 60)));
    command.add(Integer.toString(connections));
    command.add(Long.toString(seed));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    return status == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }
}
