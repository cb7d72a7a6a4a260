package io.calcitewasm.jdbc.shell;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * A command of the shell itself.
 *
 * @param name with its dot
 * @param synopsis its arguments, as help shows them
 * @param description one line
 * @param action what it does
 */
record DotCommand(String name, String synopsis, String description, Action action) {
  /** What a command does with its arguments. */
  @FunctionalInterface
  interface Action {
    /**
     * Runs the command.
     *
     * @throws WrongArguments if they do not fit the synopsis
     */
    void run(Shell shell, List<String> arguments) throws WrongArguments, IOException, SQLException;
  }

  /** Arguments that do not fit; the message says what is wrong with them. */
  static final class WrongArguments extends Exception {
    private static final long serialVersionUID = 1L;

    WrongArguments(String message) {
      super(message);
    }
  }
}
