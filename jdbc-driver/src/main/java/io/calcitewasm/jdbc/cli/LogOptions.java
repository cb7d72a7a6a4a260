package io.calcitewasm.jdbc.cli;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import picocli.CommandLine.Option;

/** What of the program's log goes to standard error. */
public final class LogOptions {
  /** Levels as the option names them. */
  enum LogLevel {
    OFF(Level.OFF),
    ERROR(Level.SEVERE),
    WARN(Level.WARNING),
    INFO(Level.INFO),
    DEBUG(Level.FINE),
    TRACE(Level.ALL);

    private final Level level;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    LogLevel(Level level) {
      this.level = level;
    }
  }

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "warn",
      description =
          "Log to standard error from this level on: ${COMPLETION-CANDIDATES} (default: warn).")
  private LogLevel level = LogLevel.WARN;

  @Option(
      names = {"-v", "--verbose"},
      description = "Report the runtime, and stack traces of errors.")
  private boolean verbose;

  /** Whether to report more. */
  public boolean verbose() {
    return verbose;
  }

  /** Replaces the JVM's log configuration by one line per record on standard error. */
  public void install() {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(level.level);
    handler.setFormatter(new ShortFormat());
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(level.level);
  }

  private static final class ShortFormat extends Formatter {
    @Override
    public String format(LogRecord entry) {
      StringBuilder line = new StringBuilder();
      LocalTime time = LocalTime.ofInstant(entry.getInstant(), ZoneId.systemDefault());
      line.append(time.truncatedTo(ChronoUnit.SECONDS)).append(' ');
      line.append(entry.getLevel().getName().toLowerCase(Locale.ROOT)).append(' ');
      String name = String.valueOf(entry.getLoggerName());
      line.append(name.substring(name.lastIndexOf('.') + 1)).append(": ");
      line.append(formatMessage(entry));
      for (Throwable t = entry.getThrown(); t != null; t = t.getCause()) {
        line.append(" <- ").append(t);
      }
      return line.append('\n').toString();
    }
  }
}
