package io.calcitewasm.jdbc.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Another Java process with a connection of its own, see {@link StatementReader}. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter statements;

  OtherProcess(String url) {
    this(url, "-Xmx512m");
  }

  /** A process with a heap of the size that an option of {@code java} says. */
  OtherProcess(String url, String heap) {
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      heap,
                      "-XX:TieredStopAtLevel=1",
                      "--enable-native-access=ALL-UNNAMED",
                      "-cp",
                      System.getProperty("java.class.path"),
                      StatementReader.class.getName(),
                      url))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers = process.inputReader();
    statements = process.outputWriter();
    if (!answer().equals("ready")) {
      throw new AssertionError("the other process did not connect");
    }
  }

  /** Executes a statement, and waits for what it answers. */
  String execute(String sql) {
    begin(sql);
    return answer();
  }

  void begin(String sql) {
    try {
      statements.write(sql + "\n");
      statements.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next answer; what else the process prints is passed over. */
  String answer() {
    try {
      String line = answers.readLine();
      while (line != null && !line.startsWith("> ")) {
        line = answers.readLine();
      }
      return line == null ? "(the process has ended)" : line.substring(2);
    } catch (IOException e) {
      return "(the process has ended)";
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends the process as it wants to end: it has nothing more to read. */
  @Override
  public void close() {
    try {
      statements.close();
      process.waitFor();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
