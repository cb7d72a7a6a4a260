package io.calcitewasm.jdbc.cli;

import io.calcitewasm.adapter.parser.ScriptStatement;
import io.calcitewasm.jdbc.cli.output.CsvPrinter;
import io.calcitewasm.jdbc.cli.output.ErrorBlock;
import io.calcitewasm.jdbc.cli.output.ErrorBlock.Origin;
import io.calcitewasm.jdbc.cli.output.ErrorSink;
import io.calcitewasm.jdbc.cli.output.JsonPrinter;
import io.calcitewasm.jdbc.cli.output.ResultFormat;
import io.calcitewasm.jdbc.cli.output.ResultPrinter;
import io.calcitewasm.jdbc.cli.output.StatementError;
import io.calcitewasm.jdbc.cli.output.Stopwatch;
import io.calcitewasm.jdbc.cli.output.TablePrinter;
import io.calcitewasm.jdbc.cli.output.TableStyle;
import io.calcitewasm.jdbc.cli.script.Script;
import io.calcitewasm.jdbc.cli.script.StatementRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code sql}: runs statements and prints their outcome. */
@Command(
    name = "sql",
    description = {
      "Run SQL: the texts and files given, in their order, or else standard input.",
      "Statements end with a semicolon; the last one needs none."
    })
final class SqlCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final LogOptions log = new LogOptions();

  @ArgGroup(exclusive = true, multiplicity = "0..*")
  private List<Source> sources = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: table). json: one object per statement.")
  private ResultFormat format = ResultFormat.TABLE;

  @Option(
      names = "--continue",
      description = "Go on after an error; the exit status tells of it nevertheless.")
  private boolean goOn;

  @Option(names = "--timing", description = "Show each statement's time in tables.")
  private boolean timing;

  @Option(names = "--echo", description = "Show each statement on standard error before it runs.")
  private boolean echo;

  /** One {@code -e} or {@code -f}. */
  static final class Source {
    @Option(
        names = {"-e", "--execute"},
        paramLabel = "TEXT",
        description = "Statements to run; may be repeated.")
    private @Nullable String text;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "File of statements in UTF-8, - for standard input; may be repeated.")
    private @Nullable Path file;
  }

  @Override
  public Integer call() throws IOException, SQLException, UsageException {
    log.install();
    Streams streams = main.streams();
    List<Script> scripts = scripts(streams);
    try (Connection open = connection.open()) {
      RuntimeReport report = RuntimeReport.of(open);
      if (log.verbose() || report.isInterpreter()) {
        streams.err().println(report.text());
      }
      return run(scripts, new StatementRunner(open), streams);
    }
  }

  private List<Script> scripts(Streams streams) throws UsageException {
    List<Script> scripts = new ArrayList<>();
    try {
      if (sources.isEmpty()) {
        scripts.add(standardInput(streams));
      }
      for (Source source : sources) {
        if (source.text != null) {
          scripts.add(Script.ofText(source.text));
        } else if (source.file != null && !source.file.toString().equals("-")) {
          scripts.add(Script.ofFile(source.file));
        } else {
          scripts.add(standardInput(streams));
        }
      }
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    return scripts;
  }

  private static Script standardInput(Streams streams) throws IOException {
    if (System.console() != null && System.console().isTerminal()) {
      streams
          .err()
          .println("Reading SQL from the terminal up to Ctrl-D; -e, -f or shell do not wait.");
    }
    return Script.ofBytes("standard input", streams.in().readAllBytes());
  }

  private int run(List<Script> scripts, StatementRunner runner, Streams streams)
      throws IOException {
    Reporter reporter = new Reporter(streams, log.verbose());
    ResultPrinter printer = printer(streams, reporter);
    int status = ExitStatus.OK;
    for (Script script : scripts) {
      for (ScriptStatement statement : script.statements()) {
        if (echo) {
          streams.err().println(statement.text() + ";");
        }
        reporter.origin = script.origin(statement);
        if (!runner.run(statement.text(), printer)) {
          status = ExitStatus.FAILED;
          if (!goOn) {
            return status;
          }
        }
      }
    }
    return status;
  }

  private ResultPrinter printer(Streams streams, ErrorSink errors) {
    return switch (format) {
      case TABLE -> new TablePrinter(streams.writer(), TableStyle.plain(timing), errors);
      case CSV -> new CsvPrinter(streams.writer(), errors);
      case JSON -> new JsonPrinter(streams.out());
    };
  }

  /** Writes errors to standard error. */
  private static final class Reporter implements ErrorSink {
    private final Streams streams;
    private final boolean verbose;
    private @Nullable Origin origin;

    Reporter(Streams streams, boolean verbose) {
      this.streams = streams;
      this.verbose = verbose;
    }

    @Override
    public void error(StatementError error, Stopwatch watch) {
      streams.err().println(ErrorBlock.of(error, origin));
      if (verbose) {
        error.cause().printStackTrace(streams.err());
      }
    }
  }
}
