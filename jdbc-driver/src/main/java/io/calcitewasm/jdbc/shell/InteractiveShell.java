package io.calcitewasm.jdbc.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Opens a shell at the terminal, or on the streams where there is none. */
public final class InteractiveShell {
  private static final String HISTORY = ".calcite_wasm_history";

  private InteractiveShell() {}

  /**
   * Runs a shell until its user leaves or its input ends.
   *
   * @param in read where standard input and output are not both a terminal
   * @return whether all was well: without a terminal, false if anything failed
   * @throws IOException if the output is gone
   */
  public static boolean run(
      Connection connection, InputStream in, OutputStream out, OutputStream err)
      throws IOException {
    if (System.console() == null || !System.console().isTerminal()) {
      Shell shell = new Shell(connection, Screen.of(out, err), false);
      new PipeSession(in, shell).run();
      out.flush();
      return !shell.failed();
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      Shell shell = new Shell(connection, Screen.of(terminal), true);
      shell.say(".help lists commands, .quit leaves");
      new TerminalSession(terminal, shell, history()).run();
    }
    return true;
  }

  private static Path history() {
    String named = System.getenv("CALCITE_WASM_HISTORY");
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home"), HISTORY)
        : Path.of(named);
  }
}
