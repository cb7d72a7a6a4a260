package io.calcitewasm.jdbc.cli;

import io.calcitewasm.jdbc.shell.InteractiveShell;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code shell}: SQL by hand. */
@Command(
    name = "shell",
    description = {
      "SQL by hand, with history and completion; .help lists its own commands.",
      "Without a terminal it reads standard input and shows no prompt."
    })
final class ShellCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final LogOptions log = new LogOptions();

  @Override
  public Integer call() throws IOException, SQLException {
    log.install();
    Streams streams = main.streams();
    try (Connection open = connection.open()) {
      streams.err().println(RuntimeReport.of(open).text());
      boolean ok = InteractiveShell.run(open, streams.in(), streams.out(), streams.err());
      return ok ? ExitStatus.OK : ExitStatus.FAILED;
    }
  }
}
