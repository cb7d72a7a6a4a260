package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.Literals;
import io.calcitewasm.udf.SqlError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.ddl.SqlCreateForeignSchema;
import org.apache.calcite.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CREATE FOREIGN SCHEMA … OPTIONS (…)} says.
 *
 * @param url the JDBC URL
 * @param user the user's name, null where none is given
 * @param password the password, null where none is given
 * @param catalog the database's catalogue, null for the connection's
 * @param schema the database's schema, null for the connection's
 */
public record ForeignOptions(
    String url,
    @Nullable String user,
    @Nullable String password,
    @Nullable String catalog,
    @Nullable String schema) {
  private static final List<String> KEYS = List.of("url", "user", "password", "catalog", "schema");

  /**
   * Reads a statement's type and options.
   *
   * @throws SqlError 0A000 for a type other than {@code jdbc}; 22023 for an option that is unknown,
   *     given twice, not a text or missing
   */
  public static ForeignOptions of(SqlCreateForeignSchema statement) {
    String type = statement.type == null ? "" : Literals.string(statement.type);
    if (!type.equalsIgnoreCase("jdbc")) {
      throw new SqlError(
          "0A000", "foreign schema type '" + type + "' is not supported; use 'jdbc'");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (Pair<SqlIdentifier, SqlNode> option : statement.options()) {
      String key = option.left.getSimple().toLowerCase(Locale.ROOT);
      if (!KEYS.contains(key)) {
        throw new SqlError(
            "22023",
            "'"
                + key
                + "' is not an option of a foreign schema; options are "
                + String.join(", ", KEYS));
      }
      if (!(Literals.value(option.right) instanceof String value)) {
        throw new SqlError("22023", "option " + key + " takes a text");
      }
      if (options.put(key, value) != null) {
        throw new SqlError("22023", "option " + key + " is given twice");
      }
    }
    String url = options.get("url");
    if (url == null) {
      throw new SqlError("22023", "a foreign schema needs OPTIONS (url 'jdbc:…')");
    }
    return new ForeignOptions(
        url,
        options.get("user"),
        options.get("password"),
        options.get("catalog"),
        options.get("schema"));
  }
}
