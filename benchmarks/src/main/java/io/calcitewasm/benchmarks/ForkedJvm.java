package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class in a JVM like this one, and reads what it prints. */
final class ForkedJvm {
  private ForkedJvm() {}

  /**
   * Runs a main class to its end.
   *
   * @param jvmArguments beside those of this JVM
   * @return its lines; what it writes to standard error goes to that of this process
   */
  static List<String> run(List<String> jvmArguments, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ownArguments());
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return lines(new ProcessBuilder(command));
  }

  /** The arguments of this JVM. */
  static List<String> ownArguments() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /** Runs a command to its end. */
  static List<String> lines(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(command.command() + " ended with status " + status + ": " + output);
    }
    return output.lines().toList();
  }
}
