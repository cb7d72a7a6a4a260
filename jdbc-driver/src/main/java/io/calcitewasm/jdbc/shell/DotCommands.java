package io.calcitewasm.jdbc.shell;

import io.calcitewasm.jdbc.cli.output.ResultFormat;
import io.calcitewasm.jdbc.cli.script.Script;
import io.calcitewasm.jdbc.shell.DotCommand.Action;
import io.calcitewasm.jdbc.shell.DotCommand.WrongArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The shell's own commands. */
final class DotCommands {
  private final Map<String, DotCommand> byName = new TreeMap<>();

  private DotCommands() {}

  /** All commands there are. */
  static DotCommands standard() {
    DotCommands all = new DotCommands();
    all.add(".help", "", "this list", (shell, a) -> help(shell));
    all.add(".load", LoadRequest.SYNOPSIS, "install a component as module", DotCommands::load);
    all.add(".modules", "", "the modules installed", (shell, a) -> shell.run("SHOW MODULES"));
    all.add(
        ".functions", "[module]", "the functions of all modules or one", DotCommands::functions);
    all.add(
        ".tables", "[schema]", "the tables and views of all schemas or one", DotCommands::tables);
    all.add(".timer", "on|off", "whether the time of statements is shown", DotCommands::timer);
    all.add(".mode", "table|csv|json", "how results are shown", DotCommands::mode);
    all.add(".read", "FILE", "run the statements and commands of a file", DotCommands::read);
    all.add(".quit", "", "leave (also .exit, Ctrl-D)", (shell, a) -> shell.leave());
    all.add(".exit", "", "leave", (shell, a) -> shell.leave());
    return all;
  }

  private void add(String name, String synopsis, String description, Action action) {
    byName.put(name, new DotCommand(name, synopsis, description, action));
  }

  Optional<DotCommand> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<String> nearest(String name) {
    return Nearest.to(name, byName.keySet());
  }

  Collection<DotCommand> all() {
    return byName.values();
  }

  private static void help(Shell shell) throws IOException {
    StringBuilder text = new StringBuilder("Statements end with a semicolon. Commands:\n");
    for (DotCommand command : shell.commands().all()) {
      String usage = command.name() + " " + command.synopsis();
      text.append(
          usage.length() <= 24
              ? String.format("  %-24s  %s%n", usage, command.description())
              : String.format("  %s%n  %-24s  %s%n", usage, "", command.description()));
    }
    text.append("Ctrl-C stops the running statement; Tab completes names.");
    shell.say(text.toString());
  }

  private static void load(Shell shell, List<String> arguments) throws WrongArguments, IOException {
    String sql = LoadRequest.of(arguments).sql();
    shell.say(sql + ";");
    shell.run(sql);
  }

  private static void functions(Shell shell, List<String> arguments)
      throws WrongArguments, IOException, SQLException {
    String module = atMostOne(arguments);
    if (!module.isEmpty()) {
      checkModule(shell, module);
    }
    shell.run(
        "SELECT module, signature, documentation FROM wasm.functions"
            + (module.isEmpty()
                ? ""
                : " WHERE LOWER(module) = '"
                    + module.toLowerCase(Locale.ROOT).replace("'", "''")
                    + "'")
            + " ORDER BY 1, 2");
  }

  private static void checkModule(Shell shell, String module) throws WrongArguments, SQLException {
    List<String> modules = new ArrayList<>();
    try (Statement statement = shell.connection().createStatement();
        ResultSet row =
            statement.executeQuery("SELECT DISTINCT module FROM wasm.functions ORDER BY 1")) {
      while (row.next()) {
        modules.add(row.getString(1));
      }
    }
    if (modules.stream().noneMatch(module::equalsIgnoreCase)) {
      throw new WrongArguments(
          "there are no functions of a module '"
              + module
              + "'; modules with functions are "
              + (modules.isEmpty() ? "none" : String.join(", ", modules)));
    }
  }

  private static void tables(Shell shell, List<String> arguments)
      throws WrongArguments, IOException, SQLException {
    String schema = atMostOne(arguments);
    List<List<String>> rows = new ArrayList<>();
    DatabaseMetaData meta = shell.connection().getMetaData();
    try (ResultSet tables = meta.getTables(null, null, "%", null)) {
      while (tables.next()) {
        String in = String.valueOf(tables.getString("TABLE_SCHEM"));
        if (schema.isEmpty() || schema.equalsIgnoreCase(in)) {
          rows.add(List.of(in, tables.getString("TABLE_NAME"), tables.getString("TABLE_TYPE")));
        }
      }
    }
    if (rows.isEmpty() && !schema.isEmpty()) {
      throw new WrongArguments("there are no tables in a schema '" + schema + "'");
    }
    shell.tables().table(List.of("schema", "table", "type"), rows);
  }

  private static void timer(Shell shell, List<String> arguments)
      throws WrongArguments, IOException {
    switch (atMostOne(arguments).toLowerCase(Locale.ROOT)) {
      case "on" -> shell.setTimer(true);
      case "off" -> shell.setTimer(false);
      case "" -> shell.say("timer is " + (shell.timer() ? "on" : "off"));
      default -> throw new WrongArguments("the timer is on or off, not " + arguments.getFirst());
    }
  }

  private static void mode(Shell shell, List<String> arguments) throws WrongArguments, IOException {
    switch (atMostOne(arguments).toLowerCase(Locale.ROOT)) {
      case "table" -> shell.setMode(ResultFormat.TABLE);
      case "csv" -> shell.setMode(ResultFormat.CSV);
      case "json" -> shell.setMode(ResultFormat.JSON);
      case "" -> shell.say("mode is " + shell.mode());
      default -> throw new WrongArguments("there is no mode " + arguments.getFirst());
    }
  }

  private static void read(Shell shell, List<String> arguments) throws WrongArguments, IOException {
    if (arguments.size() != 1) {
      throw new WrongArguments("one file is needed");
    }
    Path file = LoadRequest.expand(arguments.getFirst());
    String text;
    try {
      text = Script.read(file);
    } catch (IOException e) {
      throw new WrongArguments(String.valueOf(e.getMessage()));
    }
    shell.runScript(file.toString(), text);
  }

  private static String atMostOne(List<String> arguments) throws WrongArguments {
    if (arguments.size() > 1) {
      throw new WrongArguments("too many arguments");
    }
    return arguments.isEmpty() ? "" : arguments.getFirst();
  }
}
