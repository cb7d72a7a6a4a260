package io.calcitewasm.jdbc.shell;

import io.calcitewasm.adapter.parser.ScriptSplitter;
import io.calcitewasm.adapter.parser.ScriptStatement;
import io.calcitewasm.jdbc.cli.output.CsvPrinter;
import io.calcitewasm.jdbc.cli.output.ErrorBlock;
import io.calcitewasm.jdbc.cli.output.ErrorBlock.Origin;
import io.calcitewasm.jdbc.cli.output.JsonPrinter;
import io.calcitewasm.jdbc.cli.output.ResultFormat;
import io.calcitewasm.jdbc.cli.output.ResultPrinter;
import io.calcitewasm.jdbc.cli.output.StatementError;
import io.calcitewasm.jdbc.cli.output.TablePrinter;
import io.calcitewasm.jdbc.cli.output.TableStyle;
import io.calcitewasm.jdbc.cli.script.StatementRunner;
import io.calcitewasm.jdbc.shell.DotCommand.WrongArguments;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the shell does with what is typed: lines starting with a dot are commands of its own, all
 * else is gathered until a semicolon ends it and then run. Errors are told and the shell goes on.
 */
public final class Shell {
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";
  private static final Set<String> WORDS = Set.of("exit", "quit", "help");

  private final Screen screen;
  private final StatementRunner runner;
  private final Vocabulary vocabulary;
  private final DotCommands commands = DotCommands.standard();
  private final StringBuilder pending = new StringBuilder();
  private int line;
  private int pendingLine = 1;
  private @Nullable String script;
  private @Nullable Origin origin;
  private ResultFormat mode = ResultFormat.TABLE;
  private boolean timer;
  private boolean over;
  private boolean failed;
  private volatile boolean interrupted;
  private int depth;

  /**
   * A shell on a connection, which stays the caller's to close.
   *
   * @param timer whether times are shown at first
   */
  Shell(Connection connection, Screen screen, boolean timer) {
    this.screen = screen;
    this.runner = new StatementRunner(connection);
    this.vocabulary = new Vocabulary(connection);
    this.timer = timer;
  }

  /** Whether the shell is to be left. */
  boolean over() {
    return over;
  }

  /** Whether anything has failed so far. */
  boolean failed() {
    return failed;
  }

  /** Whether a statement has been begun and not ended. */
  boolean isPending() {
    return !pending.toString().isBlank();
  }

  /** Whether text can be taken as it stands, or needs more lines. */
  static boolean isComplete(String text) {
    return isCommand(text) || ScriptSplitter.isComplete(text);
  }

  private static boolean isCommand(String text) {
    String word = text.strip();
    return word.startsWith(".") || WORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Takes a line (or several), and does what it completes. */
  void accept(String text) throws IOException {
    line++;
    if (!isPending() && isCommand(text)) {
      pending.setLength(0);
      command(text.strip());
      return;
    }
    if (!isPending()) {
      pending.setLength(0);
      pendingLine = line;
    }
    pending.append(text).append('\n');
    line += (int) text.chars().filter(c -> c == '\n').count();
    if (ScriptSplitter.isComplete(pending.toString())) {
      finish();
    }
  }

  /** Runs what has been typed, ended by a semicolon or not. */
  void finish() throws IOException {
    List<ScriptStatement> statements = ScriptSplitter.split(pending.toString());
    pending.setLength(0);
    for (ScriptStatement statement : statements) {
      String name = script;
      origin = name == null ? null : new Origin(name, pendingLine + statement.line() - 1);
      if (!run(statement.text()) || interrupted) {
        break;
      }
    }
  }

  /** Forgets what has been typed. */
  void discard() {
    pending.setLength(0);
  }

  /**
   * Stops what is running; for the thread that hears the interrupt.
   *
   * @return whether anything was
   */
  boolean interrupt() {
    interrupted = true;
    return runner.cancel();
  }

  /** Runs a statement and shows its outcome. */
  boolean run(String sql) throws IOException {
    interrupted = false;
    boolean done = runner.run(sql, printer());
    failed |= !done;
    vocabulary.ran(sql);
    return done;
  }

  /** Runs the lines of a file; an error or an interrupt ends it. */
  void runScript(String name, String text) throws IOException, WrongArguments {
    if (depth >= 16) {
      throw new WrongArguments("files that read files, 16 deep");
    }
    String outerScript = script;
    int outerLine = line;
    boolean failedBefore = failed;
    script = name;
    line = 0;
    failed = false;
    interrupted = false;
    depth++;
    try {
      for (String next : text.lines().toList()) {
        accept(next);
        if (over || failed || interrupted) {
          break;
        }
      }
      if (!over && !failed && !interrupted) {
        finish();
      }
    } finally {
      depth--;
      discard();
      if (failed || interrupted) {
        say(name + " was left at line " + line);
      }
      failed |= failedBefore;
      script = outerScript;
      line = outerLine;
    }
  }

  private void command(String text) throws IOException {
    List<String> words = Words.of(text);
    String typed = words.getFirst().toLowerCase(Locale.ROOT);
    String name = typed.startsWith(".") ? typed : "." + typed;
    Optional<DotCommand> command = commands.named(name);
    if (command.isEmpty()) {
      failed = true;
      complain(
          "there is no command "
              + name
              + commands.nearest(name).map(n -> "; did you mean " + n + "?").orElse(";")
              + " .help lists them all");
      return;
    }
    try {
      command.get().action().run(this, words.subList(1, words.size()));
    } catch (WrongArguments e) {
      failed = true;
      complain(
          e.getMessage() + "\n  usage: " + command.get().name() + " " + command.get().synopsis());
    } catch (SQLException e) {
      failed = true;
      show(StatementError.of(e, text));
    }
  }

  private void show(StatementError error) throws IOException {
    complain(ErrorBlock.of(error, origin));
  }

  private void complain(String text) throws IOException {
    screen.out().flush();
    screen.err().write(screen.colour() ? RED + text + PLAIN + "\n" : text + "\n");
    screen.err().flush();
  }

  /** Writes a remark, which is no result. */
  void say(String text) throws IOException {
    screen.out().flush();
    screen.err().write(text + "\n");
    screen.err().flush();
  }

  /** A printer in the mode chosen. */
  ResultPrinter printer() {
    return switch (mode) {
      case TABLE -> tables();
      case CSV -> new CsvPrinter(screen.out(), (error, _) -> show(error));
      case JSON -> new JsonPrinter(screen.bytes());
    };
  }

  /** A printer of tables, whatever the mode. */
  TablePrinter tables() {
    return new TablePrinter(
        screen.out(),
        new TableStyle(screen.width(), screen.colour(), () -> timer),
        (error, _) -> show(error));
  }

  Connection connection() {
    return runner.connection();
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  DotCommands commands() {
    return commands;
  }

  ResultFormat mode() {
    return mode;
  }

  void setMode(ResultFormat mode) {
    this.mode = mode;
  }

  boolean timer() {
    return timer;
  }

  void setTimer(boolean timer) {
    this.timer = timer;
  }

  void leave() {
    over = true;
  }
}
