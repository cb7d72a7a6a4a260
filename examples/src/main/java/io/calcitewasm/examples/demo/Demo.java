package io.calcitewasm.examples.demo;

import io.calcitewasm.adapter.parser.ScriptSplitter;
import io.calcitewasm.adapter.parser.ScriptStatement;
import io.calcitewasm.jdbc.cli.output.ErrorBlock;
import io.calcitewasm.jdbc.cli.output.StatementError;
import io.calcitewasm.jdbc.cli.output.Stopwatch;
import io.calcitewasm.jdbc.cli.output.TablePrinter;
import io.calcitewasm.jdbc.cli.output.TableStyle;
import io.calcitewasm.jdbc.cli.script.StatementRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs the script and writes each statement with its comment, its result and its time. A comment
 * that ends with {@code fails: SQLSTATE} announces an error, which is shown like a result.
 */
final class Demo {
  private static final String SCRIPT = "demo.sql";
  private static final Pattern FAILS = Pattern.compile("\\bfails: ([0-9A-Z]{5})\\s*$");
  private static final String RULE = "-".repeat(80);

  private final Connection connection;
  private final Writer out;
  private @Nullable StatementError error;

  Demo(Connection connection, Writer out) {
    this.connection = connection;
    this.out = out;
  }

  /** The script's text. */
  static String script() throws IOException {
    try (InputStream in = Demo.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IOException(SCRIPT + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Runs the script until something fails that should not.
   *
   * @return whether all went as announced
   * @throws IOException if the output is gone
   */
  boolean run() throws IOException {
    List<ScriptStatement> statements = ScriptSplitter.split(script());
    StatementRunner runner = new StatementRunner(connection);
    TablePrinter printer = new TablePrinter(out, TableStyle.plain(true), (e, _) -> show(e));
    Stopwatch watch = Stopwatch.start();
    for (int i = 0; i < statements.size(); i++) {
      ScriptStatement statement = statements.get(i);
      announce(statement, i + 1, statements.size());
      error = null;
      runner.run(statement.text(), printer);
      out.write('\n');
      if (!asAnnounced(statement)) {
        out.write("The demo ends here, at line " + statement.line() + " of " + SCRIPT + ".\n");
        out.flush();
        return false;
      }
    }
    out.write("All " + statements.size() + " statements ran, in " + watch.text() + ".\n");
    out.flush();
    return true;
  }

  private void announce(ScriptStatement statement, int number, int count) throws IOException {
    String title = "-- " + number + " of " + count + " ";
    out.write(title + RULE.substring(title.length()) + "\n");
    if (!statement.comment().isEmpty()) {
      out.write(statement.comment() + "\n");
    }
    out.write(statement.text() + ";\n\n");
    out.flush();
  }

  private void show(StatementError e) throws IOException {
    error = e;
    out.write(ErrorBlock.of(e, null) + "\n");
    out.flush();
  }

  private boolean asAnnounced(ScriptStatement statement) throws IOException {
    Matcher fails = FAILS.matcher(statement.comment());
    String expected = fails.find() ? fails.group(1) : "";
    StatementError met = error;
    if (expected.equals(met == null ? "" : met.sqlState())) {
      return true;
    }
    if (met == null) {
      out.write("This was to fail with " + expected + ", and did not.\n");
    }
    return false;
  }
}
