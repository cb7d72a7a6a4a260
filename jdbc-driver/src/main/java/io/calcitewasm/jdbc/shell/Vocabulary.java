package io.calcitewasm.jdbc.shell;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names a database knows, for completion. They are read when first asked for and again after
 * statements that can change them.
 */
final class Vocabulary {
  private static final Pattern QUERY =
      Pattern.compile(
          "(?i)\\s*\\(*\\s*(select|values|with|table|show|describe|explain|insert|update|delete|merge)\\b.*",
          Pattern.DOTALL);

  /** A table or view. */
  record Table(String schema, String name) {}

  /** A column. */
  record Column(String schema, String table, String name, String type) {}

  /**
   * A function.
   *
   * @param signature as in {@code slugify(s VARCHAR) -> VARCHAR}
   */
  record Function(String module, String name, String signature) {}

  /** A collation. */
  record Collation(String module, String name, String documentation) {}

  /** All names at one time. */
  record Names(
      Set<String> schemas,
      List<Table> tables,
      List<Column> columns,
      List<Function> functions,
      List<Collation> collations) {
    Set<String> modules() {
      Set<String> modules = new TreeSet<>();
      functions.forEach(f -> modules.add(f.module()));
      return modules;
    }
  }

  private final Connection connection;
  private @Nullable Names names;

  Vocabulary(Connection connection) {
    this.connection = connection;
  }

  /** Tells that a statement ran; what it may have changed is read anew. */
  void ran(String sql) {
    if (!QUERY.matcher(sql).matches()) {
      names = null;
    }
  }

  /** The names as of the last statement that can have changed them. */
  Names names() {
    Names known = names;
    if (known == null) {
      known = read();
      names = known;
    }
    return known;
  }

  private Names read() {
    Set<String> schemas = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<Table> tables = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    try {
      DatabaseMetaData meta = connection.getMetaData();
      each(meta.getSchemas(), r -> schemas.add(text(r, "TABLE_SCHEM")));
      each(
          meta.getTables(null, null, "%", null),
          r -> tables.add(new Table(text(r, "TABLE_SCHEM"), text(r, "TABLE_NAME"))));
      each(
          meta.getColumns(null, null, "%", "%"),
          r ->
              columns.add(
                  new Column(
                      text(r, "TABLE_SCHEM"),
                      text(r, "TABLE_NAME"),
                      text(r, "COLUMN_NAME"),
                      text(r, "TYPE_NAME"))));
    } catch (SQLException _) {
      // Completion offers what could be read.
    }
    return new Names(schemas, tables, columns, functions(), collations());
  }

  private List<Function> functions() {
    List<Function> functions = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      each(
          statement.executeQuery("SELECT module, name, signature FROM wasm.functions"),
          r ->
              functions.add(
                  new Function(text(r, "module"), text(r, "name"), text(r, "signature"))));
    } catch (SQLException _) {
      // Another vendor's database.
    }
    return functions;
  }

  private List<Collation> collations() {
    List<Collation> collations = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      each(
          statement.executeQuery("SELECT module, name, documentation FROM wasm.collations"),
          r ->
              collations.add(
                  new Collation(text(r, "module"), text(r, "name"), text(r, "documentation"))));
    } catch (SQLException _) {
      // Another vendor's database.
    }
    return collations;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static void each(ResultSet rows, RowReader reader) throws SQLException {
    try (rows) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  static boolean same(String a, String b) {
    return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
  }
}
