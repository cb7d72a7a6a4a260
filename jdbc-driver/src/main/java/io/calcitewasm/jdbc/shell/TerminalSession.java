package io.calcitewasm.jdbc.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * A shell at a terminal: editing, history, completion. Ctrl-C stops the running statement, or drops
 * what has been typed; Ctrl-D leaves.
 */
final class TerminalSession {
  private static final String PROMPT = "wasm> ";
  private static final String CONTINUATION = "   -> ";
  private static final int LAST_STRAW = 3;

  private final Terminal terminal;
  private final Shell shell;
  private final LineReader reader;
  private final AtomicInteger interrupts = new AtomicInteger();

  /**
   * A session at a terminal.
   *
   * @param history the file that keeps what was typed
   */
  TerminalSession(Terminal terminal, Shell shell, Path history) {
    this.terminal = terminal;
    this.shell = shell;
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("calcite-wasm")
            .parser(new StatementParser())
            .completer(new CommandCompleter(shell.commands(), shell.vocabulary()))
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
            .variable(LineReader.LIST_MAX, 200)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .option(LineReader.Option.AUTO_FRESH_LINE, true)
            .build();
    keepPrivate(history);
  }

  /** Reads and runs until the user leaves. */
  void run() throws IOException {
    terminal.handle(Terminal.Signal.INT, _ -> interrupt());
    while (!shell.over()) {
      interrupts.set(0);
      try {
        shell.accept(reader.readLine(shell.isPending() ? CONTINUATION : PROMPT));
      } catch (UserInterruptException _) {
        shell.discard();
      } catch (EndOfFileException _) {
        break;
      }
    }
  }

  /** A statement that does not heed the first interrupts must not keep its user. */
  private void interrupt() {
    boolean running = shell.interrupt();
    int count = interrupts.incrementAndGet();
    terminal.writer().println();
    if (running && count == LAST_STRAW - 1) {
      terminal.writer().println("still stopping; once more ends the shell");
      terminal.writer().flush();
    } else if (running && count >= LAST_STRAW) {
      Runtime.getRuntime().halt(130);
    }
  }

  /** Statements can hold passwords. */
  private static void keepPrivate(Path history) {
    try {
      if (!Files.exists(history)) {
        Files.createFile(
            history,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException | UnsupportedOperationException _) {
      // No such file system, or no right to write: the history just is not kept.
    }
  }
}
