package io.calcitewasm.jdbc.cli.output;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Result sets as aligned tables, numbers to the right, NULL as {@code NULL}. The first {@value
 * #AHEAD} rows decide on the widths. In a terminal, values that do not fit are cut with an
 * ellipsis, and a table with too many columns is shown one value per line.
 */
public final class TablePrinter implements ResultPrinter {
  private static final int AHEAD = 1_000;
  private static final String NULL = "NULL";
  private static final String DIM = "\u001b[2m";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final Pattern CHANGES =
      Pattern.compile("(?i)(insert|update|delete|merge)\\b.*", Pattern.DOTALL);

  private final Writer out;
  private final TableStyle style;
  private final ErrorSink errors;

  /** A printer on a writer, which it flushes after each statement. */
  public TablePrinter(Writer out, TableStyle style, ErrorSink errors) {
    this.out = out;
    this.style = style;
    this.errors = errors;
  }

  @Override
  public void rows(ResultSet rows, Stopwatch watch) throws SQLException, IOException {
    Cells cells = new Cells(rows);
    Table table = new Table(cells.columns(), style.width().getAsInt());
    try {
      while (rows.next()) {
        addRow(cells, table);
      }
    } catch (SQLException e) {
      table.abandon();
      throw e;
    }
    table.finish();
    String cut = table.cut ? "; values cut to the terminal, .mode csv shows them whole" : "";
    footer("(" + plural(table.count) + time(watch) + cut + ")");
  }

  /** A single column may hold lines, as plans do; beside others they would tear the table. */
  private static void addRow(Cells cells, Table table) throws SQLException, IOException {
    int count = cells.columns().size();
    String only = count == 1 ? cells.text(0) : null;
    if (only != null && only.indexOf('\n') >= 0) {
      for (String line : only.lines().toList()) {
        table.add(new @Nullable String[] {Printable.cell(line)}, false);
      }
      table.count++;
      return;
    }
    @Nullable String[] row = new @Nullable String[count];
    for (int i = 0; i < count; i++) {
      String text = cells.text(i);
      row[i] = text == null ? null : Printable.cell(text);
    }
    table.add(row, true);
  }

  /** Writes a table of texts, without time. */
  public void table(List<String> names, List<? extends List<@Nullable String>> rows)
      throws IOException {
    Table table =
        new Table(
            names.stream().map(n -> new Cells.Column(n, "VARCHAR", Types.VARCHAR)).toList(),
            style.width().getAsInt());
    for (List<@Nullable String> row : rows) {
      table.add(
          row.stream().map(t -> t == null ? null : Printable.cell(t)).toArray(String[]::new), true);
    }
    table.finish();
    footer("(" + plural(table.count) + ")");
  }

  @Override
  public void count(String sql, long count, Stopwatch watch) throws IOException {
    boolean changes = count > 0 || CHANGES.matcher(sql).matches();
    footer("(" + (changes ? plural(count) + " changed" : "done") + time(watch) + ")");
  }

  @Override
  public void error(StatementError error, Stopwatch watch) throws IOException {
    errors.error(error, watch);
  }

  private void footer(String text) throws IOException {
    out.write(style.colour() ? DIM + text + PLAIN : text);
    out.write('\n');
    out.flush();
  }

  private static String plural(long count) {
    return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
  }

  private String time(Stopwatch watch) {
    return style.timer().getAsBoolean() ? ", " + watch.text() : "";
  }

  /** One table on its way to the writer. */
  private final class Table {
    private final List<Cells.Column> columns;
    private final String[] names;
    private final int terminal;
    private final List<@Nullable String[]> ahead = new ArrayList<>();
    private int[] widths = {};
    private boolean started;
    private boolean cut;
    private long count;
    private long records;

    Table(List<Cells.Column> columns, int terminal) {
      this.columns = columns;
      this.names = columns.stream().map(c -> Printable.cell(c.name())).toArray(String[]::new);
      this.terminal = terminal;
    }

    /** Adds a line, which is a row of the result or only a part of one. */
    void add(@Nullable String[] row, boolean whole) throws IOException {
      count += whole ? 1 : 0;
      if (started) {
        line(row);
      } else {
        ahead.add(row);
        if (ahead.size() == AHEAD) {
          start();
        }
      }
    }

    void finish() throws IOException {
      if (!started) {
        start();
      }
    }

    /** Writes the rows so far; without any, nothing. */
    void abandon() throws IOException {
      if (!started && !ahead.isEmpty()) {
        start();
      }
      out.flush();
    }

    private void start() throws IOException {
      started = true;
      int[] wanted = new int[names.length];
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = Math.max(1, Printable.columns(names[i]));
        for (@Nullable String[] row : ahead) {
          wanted[i] = Math.max(wanted[i], Printable.columns(shown(row[i])));
        }
      }
      widths = ColumnWidths.fit(wanted, terminal);
      if (widths.length > 0) {
        header();
      }
      for (@Nullable String[] row : ahead) {
        line(row);
      }
      ahead.clear();
    }

    private void header() throws IOException {
      StringBuilder line = new StringBuilder();
      StringBuilder rule = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(i == 0 ? " " : " | ");
        append(line, names[i], i, BOLD);
        rule.append(i == 0 ? "-" : "-+-").append("-".repeat(widths[i]));
      }
      write(line);
      write(rule.append('-'));
    }

    private void line(@Nullable String[] row) throws IOException {
      if (widths.length == 0) {
        record(row);
        return;
      }
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(i == 0 ? " " : " | ");
        append(line, shown(row[i]), i, row[i] == null ? DIM : "");
      }
      write(line);
    }

    private void append(StringBuilder line, String text, int column, String ansi) {
      String fitted = text;
      if (terminal > 0) {
        fitted = Printable.cut(text, widths[column]);
        cut |= fitted.length() < text.length();
      }
      String blanks = " ".repeat(Math.max(0, widths[column] - Printable.columns(fitted)));
      boolean right = columns.get(column).isNumber();
      line.append(right ? blanks : "");
      line.append(style.colour() && !ansi.isEmpty() ? ansi + fitted + PLAIN : fitted);
      line.append(right ? "" : blanks);
    }

    /** A row as lines of name and value. */
    private void record(@Nullable String[] row) throws IOException {
      write(new StringBuilder("--[ row ").append(++records).append(" ]--"));
      int width = 0;
      for (String name : names) {
        width = Math.max(width, Printable.columns(name));
      }
      width = Math.min(width, Math.max(8, terminal / 3));
      for (int i = 0; i < names.length; i++) {
        String name = Printable.cut(names[i], width);
        String text = shown(row[i]);
        String value = Printable.cut(text, Math.max(8, terminal - width - SEPARATORS));
        cut |= value.length() < text.length();
        write(
            new StringBuilder(" ")
                .append(name)
                .append(" ".repeat(width - Printable.columns(name)))
                .append(" | ")
                .append(value));
      }
    }

    private static final int SEPARATORS = ColumnWidths.MARGIN + ColumnWidths.SEPARATOR;

    private static String shown(@Nullable String text) {
      return text == null ? NULL : text;
    }

    private void write(StringBuilder line) throws IOException {
      int end = line.length();
      while (end > 0 && line.charAt(end - 1) == ' ') {
        end--;
      }
      out.append(line, 0, end).append('\n');
    }
  }
}
