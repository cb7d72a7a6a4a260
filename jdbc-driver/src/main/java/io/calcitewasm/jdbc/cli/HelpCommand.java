package io.calcitewasm.jdbc.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code help [COMMAND]}. */
@Command(name = "help", description = "Show the commands, or the options of one.")
final class HelpCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command in question.")
  private @Nullable String command;

  @Override
  public Integer call() throws IOException, UsageException {
    CommandLine parent = spec.parent().commandLine();
    if (command == null) {
      Main.printOverview(main.streams());
      return ExitStatus.OK;
    }
    CommandLine asked = parent.getSubcommands().get(command);
    if (asked == null) {
      throw new UsageException(
          "there is no command '" + command + "'; see calcite-wasm help for all of them");
    }
    asked.usage(parent.getOut());
    return ExitStatus.OK;
  }
}
