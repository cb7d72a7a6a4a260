package io.calcitewasm.jdbc.cli;

import java.io.Console;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on. */
public final class ConnectionOptions {
  private static final String IN_MEMORY = "jdbc:calcite-wasm:";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = IN_MEMORY,
      description = {
        "JDBC URL (default: ${DEFAULT-VALUE}, in memory and gone afterwards).",
        "jdbc:calcite-wasm:file=PATH keeps modules and tables."
      })
  private String url = IN_MEMORY;

  @Option(names = "--user", paramLabel = "NAME", description = "User name.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      fallbackValue = "",
      description = "Password; without a value it is asked for.")
  private @Nullable String password;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy file under which the database is opened, or deny, or embedded.")
  private @Nullable String policy;

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "Connection property; may be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /** The JDBC URL. */
  public String url() {
    return url;
  }

  /**
   * Opens the connection. Modules may come from the working directory, unless the property {@code
   * bucket} names another folder.
   *
   * @throws SQLException as the driver tells; 08001 if no driver knows the URL
   */
  public Connection open() throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    if (user != null) {
      all.setProperty("user", user);
    }
    if (policy != null) {
      all.setProperty("policy", policy);
    }
    if (password != null) {
      all.setProperty("password", password.isEmpty() ? ask() : password);
    }
    if (url.startsWith(IN_MEMORY) && !url.contains("bucket=") && !all.containsKey("bucket")) {
      all.setProperty("bucket", Path.of("").toAbsolutePath().toString());
    }
    if (DriverManager.drivers().noneMatch(this::accepts)) {
      throw new SQLException("no JDBC driver on the class path accepts the URL " + url, "08001");
    }
    return DriverManager.getConnection(url, all);
  }

  private boolean accepts(java.sql.Driver driver) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException _) {
      return true; // it knows the URL well enough to find fault with it
    }
  }

  private static String ask() {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password: ");
    return typed == null ? "" : new String(typed);
  }
}
