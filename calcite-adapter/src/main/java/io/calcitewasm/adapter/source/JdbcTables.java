package io.calcitewasm.adapter.source;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcConvention;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.adapter.jdbc.JdbcTable;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.function.Predicate1;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.schema.Schemas;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.calcite.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one schema of a JDBC database as a Calcite schema, with Calcite's push-down. Names
 * match exactly first, then in any letter case; what is read of a table is remembered for a while.
 */
public final class JdbcTables extends JdbcSchema {
  private final String name;
  private final DataSource source;
  private final Expression schemaExpression;
  private final @Nullable String catalogName;
  private final @Nullable String schemaName;
  private final String escape;
  private final Duration remembered;
  private final TableNames tableNames;
  private final JdbcConvention convention;
  private final Cache<String, Table> tables;
  private final @Nullable JdbcTables known;
  private volatile Map<String, String> names = Map.of();

  private JdbcTables(
      String name,
      JdbcBorder border,
      SqlDialect dialect,
      JdbcConvention convention,
      @Nullable String catalog,
      @Nullable String schema,
      String escape,
      Duration remembered,
      TableNames tableNames,
      @Nullable JdbcTables known) {
    super(border, dialect, convention, catalog, schema);
    this.convention = convention;
    this.remembered = remembered;
    this.tableNames = tableNames;
    this.known = known;
    this.name = name;
    this.source = border.source();
    this.schemaExpression = convention.expression;
    this.catalogName = catalog;
    this.schemaName = schema;
    this.escape = escape;
    this.tables = CacheBuilder.newBuilder().expireAfterWrite(remembered).build();
  }

  /**
   * Looks into a database.
   *
   * @param name the schema's name below the root schema
   * @param source connections to the database
   * @param catalog the catalogue whose tables these are, null for the connection's
   * @param schema the schema whose tables these are, null for the connection's
   * @param remembered how long what was read of a table is taken for true
   * @param tableNames which tables there are to see, under which names
   * @throws SQLException when the database does not answer
   */
  public static JdbcTables connect(
      String name,
      DataSource source,
      @Nullable String catalog,
      @Nullable String schema,
      Duration remembered,
      TableNames tableNames)
      throws SQLException {
    // Generated code finds the schema below the root schema it is run with.
    Expression expression =
        Schemas.subSchemaExpression(
            CalciteSchema.createRootSchema(false, false).plus(), name, JdbcSchema.class);
    SqlDialect dialect;
    String escape;
    try (Connection connection = source.getConnection()) {
      dialect = Dialects.of(connection.getMetaData());
      escape = connection.getMetaData().getSearchStringEscape();
    }
    return new JdbcTables(
        name,
        new JdbcBorder(source),
        dialect,
        new PushDown(dialect, expression, name),
        catalog,
        schema,
        escape == null ? "" : escape,
        remembered,
        tableNames,
        null);
  }

  /** The same schema reached by other connections, about which nothing is remembered yet. */
  public JdbcTables renewed(DataSource other) {
    return over(other, null);
  }

  /** The same tables, whose rows are read and changed by other connections. */
  public JdbcTables reachedBy(DataSource other) {
    return over(other, known == null ? this : known);
  }

  private JdbcTables over(DataSource other, @Nullable JdbcTables remembering) {
    return new JdbcTables(
        name,
        new JdbcBorder(other),
        dialect,
        convention,
        catalogName,
        schemaName,
        escape,
        remembered,
        tableNames,
        remembering);
  }

  /** Connections to the database whose result sets are the driver's own. */
  DataSource source() {
    return source;
  }

  @Override
  public Lookup<Table> tables() {
    return known == null ? ownTables() : known.tables();
  }

  private Lookup<Table> ownTables() {
    return new Lookup<>() {
      @Override
      public @Nullable Table get(String name) {
        return hasTable(name) ? table(name) : null;
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        String match = Names.match(names.keySet(), name);
        if (match == null) {
          names = readNames();
          match = Names.match(names.keySet(), name);
        }
        Table table = match == null ? null : table(match);
        return match == null || table == null ? null : new Named<>(match, table);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        names = readNames();
        Predicate1<String> matcher = pattern.matcher();
        return names.keySet().stream().filter(matcher::apply).collect(Collectors.toSet());
      }
    };
  }

  /**
   * One of the tables, whose columns have only those collations that there are.
   *
   * @param known whether there is a collation of this name, in lower case
   */
  public static Table collatedAs(Table table, Predicate<String> known) {
    return table instanceof SourceTable source ? source.collatedAs(known) : table;
  }

  private boolean hasTable(String name) {
    if (!names.containsKey(name)) {
      names = readNames();
    }
    return names.containsKey(name);
  }

  /** Whether one of the tables has this name in the database. */
  public boolean stores(String stored) {
    return known == null ? readNames().containsValue(stored) : known.stores(stored);
  }

  private @Nullable Table table(String name) {
    Table known = tables.getIfPresent(name);
    if (known != null) {
      return known;
    }
    // Calcite takes the name for a pattern.
    Table found = super.tables().get(escape(names.getOrDefault(name, name)));
    if (!(found instanceof JdbcTable table)) {
      return null;
    }
    Table read = new SourceTable(table, readColumns(table), schemaExpression, () -> readKey(table));
    tables.put(name, read);
    return read;
  }

  private Map<String, String> readNames() {
    try (Connection connection = source.getConnection()) {
      return tableNames.visible(connection, () -> inDatabase(connection));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private Set<String> inDatabase(Connection connection) throws SQLException {
    Set<String> read = new TreeSet<>();
    try (ResultSet row =
        connection.getMetaData().getTables(catalogName, escape(schemaName), "%", null)) {
      while (row.next()) {
        String schema = row.getString("TABLE_SCHEM");
        if (schema == null || schema.equals(schemaName)) {
          read.add(row.getString("TABLE_NAME"));
        }
      }
    }
    return read;
  }

  private List<JdbcColumn> readColumns(JdbcTable table) {
    List<JdbcColumn> columns = new ArrayList<>();
    try (Connection connection = source.getConnection();
        ResultSet row =
            connection
                .getMetaData()
                .getColumns(
                    table.jdbcCatalogName,
                    escape(table.jdbcSchemaName),
                    escape(table.jdbcTableName),
                    "%")) {
      while (row.next()) {
        if (table.jdbcTableName.equals(row.getString("TABLE_NAME"))) {
          columns.add(JdbcColumn.read(row));
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return columns;
  }

  private List<String> readKey(JdbcTable table) {
    SortedMap<Short, String> columns = new TreeMap<>();
    try (Connection connection = source.getConnection();
        ResultSet row =
            connection
                .getMetaData()
                .getPrimaryKeys(table.jdbcCatalogName, table.jdbcSchemaName, table.jdbcTableName)) {
      while (row.next()) {
        columns.put(row.getShort("KEY_SEQ"), row.getString("COLUMN_NAME"));
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return List.copyOf(columns.values());
  }

  private SqlError unreadable(SQLException e) {
    return new SqlError(
        "08001", "the tables of schema " + name + " cannot be read: " + e.getMessage(), e);
  }

  /** A name as a pattern of the metadata that only this name matches. */
  private @Nullable String escape(@Nullable String name) {
    return name == null || escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }
}
