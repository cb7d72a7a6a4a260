package io.calcitewasm.jdbc.cli;

import io.calcitewasm.jdbc.cli.output.ErrorBlock;
import io.calcitewasm.jdbc.cli.output.StatementError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code calcite-wasm}. */
@Command(
    name = "calcite-wasm",
    description = "SQL functions from WebAssembly components, on Apache Calcite.",
    subcommands = {
      ShellCommand.class,
      SqlCommand.class,
      InspectCommand.class,
      KeygenCommand.class,
      SignCommand.class,
      VerifyCommand.class,
      VersionCommand.class,
      HelpCommand.class,
    })
public final class Main implements Runnable {
  private final Streams streams;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show this text.")
  private boolean help;

  Main(Streams streams) {
    this.streams = streams;
  }

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(run(Streams.standard(), args));
  }

  /**
   * Runs a command.
   *
   * @return its exit status, see {@link ExitStatus}
   */
  public static int run(Streams streams, String... args) {
    return commandLine(streams).execute(args);
  }

  /** The parser with all commands, contributed ones included. */
  static CommandLine commandLine(Streams streams) {
    CommandLine commands = new CommandLine(new Main(streams));
    ServiceLoader.load(ContributedCommand.class).forEach(commands::addSubcommand);
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), true);
    commands
        .setOut(out)
        .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler(Main::failed);
    return commands;
  }

  /** Where commands read and write. */
  public Streams streams() {
    return streams;
  }

  /** Without a command: the overview. */
  @Override
  public void run() {
    try {
      printOverview(streams);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints what there is to do, the text that the launcher shows too. */
  static void printOverview(Streams streams) throws IOException {
    try (InputStream text = Main.class.getResourceAsStream("overview.txt")) {
      if (text == null) {
        throw new IOException("overview.txt is missing from the program");
      }
      text.transferTo(streams.out());
      streams.out().flush();
    }
  }

  private static int misused(ParameterException thrown, String[] args) {
    CommandLine command = thrown.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    boolean noCommand =
        command.getParent() == null
            && thrown instanceof UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().getFirst().startsWith("-");
    err.println(
        noCommand
            ? name
                + ": there is no command '"
                + ((UnmatchedArgumentException) thrown).getUnmatched().getFirst()
                + "'"
            : name + ": " + thrown.getMessage());
    UnmatchedArgumentException.printSuggestions(thrown, err);
    err.println("See " + (command.getParent() == null ? name + " help" : name + " --help"));
    return ExitStatus.USAGE;
  }

  private static int failed(Exception thrown, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    return switch (thrown) {
      case UsageException e -> {
        err.println("calcite-wasm " + command.getCommandName() + ": " + e.getMessage());
        yield ExitStatus.USAGE;
      }
      case SQLException e -> {
        err.println(ErrorBlock.of(StatementError.of(e, ""), null));
        yield ExitStatus.FAILED;
      }
      case IOException e when String.valueOf(e.getMessage()).contains("Broken pipe") ->
          ExitStatus.OUTPUT_CLOSED;
      case IOException e -> {
        err.println("calcite-wasm " + command.getCommandName() + ": " + e.getMessage());
        yield ExitStatus.FAILED;
      }
      default -> {
        err.println("calcite-wasm: internal error, please report it:");
        thrown.printStackTrace(err);
        yield ExitStatus.FAILED;
      }
    };
  }
}
