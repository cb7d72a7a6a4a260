package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.catalogue.Buckets;
import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.session.Failures;
import io.calcitewasm.adapter.session.IdleTimeout;
import io.calcitewasm.adapter.session.PolicyChoice;
import io.calcitewasm.adapter.session.SessionRequest;
import io.calcitewasm.policy.rules.PolicySource;
import io.calcitewasm.udf.SqlError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.ConnectStringParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a URL and its properties ask for. {@code jdbc:calcite-wasm:} is private and in memory,
 * {@code jdbc:calcite-wasm:mem=NAME} is shared in the process, {@code jdbc:calcite-wasm:file=PATH}
 * is durable; further properties follow as {@code ;key=value}. Properties are also taken from the
 * {@link Properties} given to the driver, where the URL does not have them. Unknown ones are
 * refused.
 */
final class ConnectionUrl {
  /** What the store adds to the path. */
  private static final String ENDING = ".mv.db";

  /** Threads of one statement, at most. */
  private static final int MOST_THREADS = 64;

  private ConnectionUrl() {}

  /** The properties, with what they mean. */
  private enum Key {
    MEM("mem", "name of an in-memory database shared in this process"),
    FILE("file", "path of a durable database, without extension"),
    SHARED(
        "shared",
        "whether other processes may open file= at the same time, true or false; default: false"),
    USER("user", "name of the principal; default: the operating system's user"),
    PASSWORD("password", "not used: an embedded database has no passwords"),
    TIME_ZONE("timeZone", "time zone of the connection, e.g. Europe/Berlin; default: the JVM's"),
    POLICY(
        "policy",
        "path of a policy file, \"deny\" for none that allows anything, \"embedded\" for one that"
            + " allows everything; default: the process's, else \"embedded\""),
    SCHEMA("schema", "schema of unqualified names; default: the user tables' schema"),
    BATCHES(
        "batches",
        "whether functions are called for batches of rows, true or false; default: true"),
    PARALLELISM(
        "parallelism",
        "over how many threads a statement divides rows that modules' aggregates take, 1 to 64;"
            + " default: 1"),
    BUCKET(
        "bucket",
        "a folder that modules may come from, beside the database's buckets; default: none, and"
            + " where the database has none either, modules may come from anywhere"),
    IDLE_TRANSACTION_TIMEOUT(
        "idleTransactionTimeout",
        "how long a transaction that has written something may be left alone before it is rolled"
            + " back, as in 30s or 10min, 0 for ever; default: the process's, else 10min, and 0 for"
            + " a private database");

    private final String text;
    private final String meaning;

    Key(String text, String meaning) {
      this.text = text;
      this.meaning = meaning;
    }

    static Optional<Key> of(String text) {
      return Arrays.stream(values()).filter(k -> k.text.equalsIgnoreCase(text)).findFirst();
    }

    @Nullable String in(Properties properties) {
      String value = properties.getProperty(text);
      return value == null || (value.isBlank() && this != FILE && this != MEM) ? null : value;
    }
  }

  /**
   * The properties of a URL over those given beside it, all known.
   *
   * @param suffix the URL without its prefix
   * @param given the properties handed to the driver
   * @throws SQLException 08001 naming what is wrong
   */
  static Properties properties(String suffix, @Nullable Properties given) throws SQLException {
    for (String property : suffix.split(";", -1)) {
      if (!property.isBlank()
          && property.indexOf('=') < 0
          && suffix.indexOf('"') < 0
          && suffix.indexOf('\'') < 0) {
        throw refuse("\"" + property + "\" in the URL is no property: it lacks its =value");
      }
    }
    Properties inUrl;
    try {
      inUrl = ConnectStringParser.parse(suffix.startsWith(";") ? suffix.substring(1) : suffix);
    } catch (SQLException | RuntimeException e) {
      throw refuse("the URL cannot be read: " + e.getMessage());
    }
    Map<String, String> merged = new TreeMap<>();
    if (given != null) {
      for (String name : given.stringPropertyNames()) {
        merged.put(known(name), given.getProperty(name));
      }
    }
    for (String name : inUrl.stringPropertyNames()) {
      merged.put(known(name), inUrl.getProperty(name));
    }
    Properties properties = new Properties();
    properties.putAll(merged);
    return properties;
  }

  private static String known(String name) throws SQLException {
    return Key.of(name)
        .map(key -> key.text)
        .orElseThrow(
            () ->
                refuse(
                    "unknown connection property \""
                        + name
                        + "\"; known are "
                        + Arrays.stream(Key.values())
                            .map(k -> k.text)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * Reads what properties ask for.
   *
   * @throws SQLException 08001 naming what is wrong
   */
  static SessionRequest of(Properties properties) throws SQLException {
    String user = Key.USER.in(properties);
    return new SessionRequest(
        location(
            Key.MEM.in(properties), Key.FILE.in(properties), truth(Key.SHARED, properties, false)),
        user == null ? System.getProperty("user.name", "anonymous") : user,
        timeZone(Key.TIME_ZONE.in(properties)),
        Optional.ofNullable(Key.SCHEMA.in(properties)),
        truth(Key.BATCHES, properties, true),
        threads(Key.PARALLELISM.in(properties)),
        policy(Key.POLICY.in(properties)),
        bucket(Key.BUCKET.in(properties)),
        idleTimeout(Key.IDLE_TRANSACTION_TIMEOUT.in(properties)));
  }

  private static Optional<IdleTimeout> idleTimeout(@Nullable String text) throws SQLException {
    try {
      return Optional.ofNullable(text)
          .map(time -> IdleTimeout.parse(Key.IDLE_TRANSACTION_TIMEOUT.text, time));
    } catch (SqlError e) {
      throw refuse(e.getMessage());
    }
  }

  private static Optional<PolicySource> policy(@Nullable String text) throws SQLException {
    try {
      return Optional.ofNullable(text).map(PolicyChoice::parse);
    } catch (SqlError e) {
      throw Failures.of(e);
    }
  }

  private static DatabaseLocation location(
      @Nullable String memory, @Nullable String file, boolean shared) throws SQLException {
    if (memory != null && memory.isBlank()) {
      throw refuse("mem= names no database");
    }
    if (memory != null && file != null) {
      throw refuse("a database is either mem=" + memory + " or file=" + file + ", not both");
    }
    if (file != null) {
      DatabaseLocation.DurableFile durable = file(file);
      return shared ? new DatabaseLocation.SharedFile(durable.path()) : durable;
    }
    if (shared) {
      throw refuse("shared=true is for a database in a file: file=PATH");
    }
    return memory == null
        ? new DatabaseLocation.PrivateMemory()
        : new DatabaseLocation.SharedMemory(memory);
  }

  /**
   * A file in a folder that exists: a mistyped path must not make folders and an empty database.
   */
  private static DatabaseLocation.DurableFile file(String text) throws SQLException {
    DatabaseLocation.DurableFile location;
    try {
      location = DatabaseLocation.file(text);
    } catch (SqlError e) {
      throw Failures.of(e);
    }
    Path path = location.path();
    Path folder = path.getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw refuse(
          "there is no folder "
              + folder
              + " for the database file="
              + text
              + (Files.exists(folder) ? "; it is a file" : "; make it first"));
    }
    if (Files.isDirectory(path) && !Files.exists(Path.of(path + ENDING))) {
      throw refuse(
          "file="
              + text
              + " is a folder; name the database in it, as in file="
              + path.resolve("db"));
    }
    return location;
  }

  private static Optional<Path> bucket(@Nullable String folder) throws SQLException {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Buckets.folder(folder));
    } catch (SqlError e) {
      throw refuse("bucket=" + folder + ": " + e.getMessage());
    }
  }

  private static TimeZone timeZone(@Nullable String name) throws SQLException {
    if (name == null) {
      return TimeZone.getDefault();
    }
    TimeZone zone = TimeZone.getTimeZone(name);
    if (zone.getID().equals("GMT") && !name.toUpperCase(Locale.ROOT).matches("GMT|UTC|Z")) {
      throw refuse("timeZone=" + name + " is not a time zone");
    }
    return zone;
  }

  private static boolean truth(Key key, Properties properties, boolean otherwise)
      throws SQLException {
    String value = key.in(properties);
    if (value == null) {
      return otherwise;
    }
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw refuse(key.text + "=" + value + " is neither true nor false");
    }
    return Boolean.parseBoolean(value);
  }

  private static int threads(@Nullable String text) throws SQLException {
    try {
      int threads = text == null ? 1 : Integer.parseInt(text.strip());
      if (threads >= 1 && threads <= MOST_THREADS) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // Refused with the others.
    }
    throw refuse(
        Key.PARALLELISM.text + "=" + text + " is no number of threads from 1 to " + MOST_THREADS);
  }

  private static SQLException refuse(String sentence) {
    return new SQLException(sentence, "08001");
  }

  /** The properties for tools that ask. */
  static DriverPropertyInfo[] describe(@Nullable Properties given) {
    return Arrays.stream(Key.values())
        .map(
            key -> {
              DriverPropertyInfo info =
                  new DriverPropertyInfo(key.text, given == null ? null : key.in(given));
              info.description = key.meaning;
              return info;
            })
        .toArray(DriverPropertyInfo[]::new);
  }
}
