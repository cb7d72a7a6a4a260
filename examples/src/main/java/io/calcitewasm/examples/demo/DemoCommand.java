package io.calcitewasm.examples.demo;

import io.calcitewasm.jdbc.cli.ConnectionOptions;
import io.calcitewasm.jdbc.cli.ContributedCommand;
import io.calcitewasm.jdbc.cli.ExitStatus;
import io.calcitewasm.jdbc.cli.LogOptions;
import io.calcitewasm.jdbc.cli.Main;
import io.calcitewasm.jdbc.cli.RuntimeReport;
import io.calcitewasm.jdbc.cli.Streams;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code demo}: a tour over two real data sets. */
@Command(
    name = "demo",
    description = {
      "Run a commented script: modules over the data sets Chinook and FoodMart, joined across",
      "both. It names components by paths below the clone, where the launcher starts it."
    })
public final class DemoCommand implements ContributedCommand {
  @ParentCommand private Main main;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final LogOptions log = new LogOptions();

  @Option(names = "--print", description = "Print the script instead of running it.")
  private boolean print;

  /** Found by the service loader. */
  public DemoCommand() {}

  @Override
  public Integer call() throws IOException, SQLException {
    log.install();
    Streams streams = main.streams();
    try (Writer out = streams.writer()) {
      if (print) {
        out.write(Demo.script());
        return ExitStatus.OK;
      }
      try (Connection open = connection.open()) {
        streams.err().println(RuntimeReport.of(open).text());
        return new Demo(open, out).run() ? ExitStatus.OK : ExitStatus.FAILED;
      }
    }
  }
}
