package io.calcitewasm.jdbc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}. */
@Command(
    name = "version",
    description = "Show the version; with --verbose Java and the runtime too.")
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final LogOptions log = new LogOptions();

  @Override
  public Integer call() throws IOException, SQLException {
    log.install();
    PrintWriter out = spec.commandLine().getOut();
    out.println("calcite-wasm " + version());
    if (log.verbose()) {
      out.printf(
          "Java %s, %s, %s%n",
          Runtime.version(), System.getProperty("java.vm.name"), System.getProperty("java.home"));
      try (Connection open = connection.open()) {
        out.println(RuntimeReport.of(open).text());
      }
    }
    return ExitStatus.OK;
  }

  private static String version() throws IOException {
    Properties build = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
    }
    return build.getProperty("version", "of unknown version");
  }
}
