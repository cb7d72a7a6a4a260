package io.calcitewasm.jdbc.shell;

import io.calcitewasm.jdbc.cli.script.ModuleName;
import io.calcitewasm.jdbc.shell.DotCommand.WrongArguments;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arguments of {@code .load} as the statement they stand for. */
record LoadRequest(String path, String module, List<String> grants, boolean replace) {
  static final String SYNOPSIS = "PATH [AS name] [--grant capability,…] [--replace]";

  /** Reads the arguments: {@code PATH [AS name] [--name name] [--grant a,b] [--replace]}. */
  static LoadRequest of(List<String> arguments) throws WrongArguments {
    String path = "";
    String module = "";
    List<String> grants = new ArrayList<>();
    boolean replace = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument.toLowerCase(Locale.ROOT)) {
        case "as", "--name" -> module = value(arguments, ++i, argument);
        case "--grant" -> grants.addAll(list(value(arguments, ++i, argument)));
        case "--replace" -> replace = true;
        default -> {
          if (argument.startsWith("--")) {
            throw new WrongArguments("there is no option " + argument);
          }
          if (!path.isEmpty()) {
            throw new WrongArguments("a second path, " + argument + "; quote a path with blanks");
          }
          path = argument;
        }
      }
    }
    if (path.isEmpty()) {
      throw new WrongArguments("the path of a component is missing");
    }
    String file = expand(path).toString();
    return new LoadRequest(file, module.isEmpty() ? suggested(file) : module, grants, replace);
  }

  /** A path as typed, where {@code ~/} is the user's home. */
  static Path expand(String path) throws WrongArguments {
    try {
      return path.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), path.substring(2))
          : Path.of(path);
    } catch (InvalidPathException e) {
      throw new WrongArguments(path + " is not a path: " + e.getReason());
    }
  }

  /** The statement, without semicolon. */
  String sql() {
    return "CREATE "
        + (replace ? "OR REPLACE " : "")
        + "MODULE "
        + SqlNames.quoted(module)
        + " FROM '"
        + path.replace("'", "''")
        + "'"
        + (grants.isEmpty() ? "" : " GRANT (" + String.join(", ", grants) + ")");
  }

  private static String suggested(String file) throws WrongArguments {
    return ModuleName.of(file)
        .orElseThrow(
            () ->
                new WrongArguments("no module name can be made of " + file + "; give one with AS"));
  }

  private static String value(List<String> arguments, int i, String option) throws WrongArguments {
    if (i >= arguments.size()) {
      throw new WrongArguments("a value is missing after " + option);
    }
    return arguments.get(i);
  }

  /** Divides at the commas outside parentheses, which hold a grant's scope. */
  private static List<String> list(String text) {
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == text.length())) {
        String item = text.substring(start, i).strip();
        if (!item.isEmpty()) {
          items.add(item);
        }
        start = i + 1;
      }
    }
    return items;
  }
}
