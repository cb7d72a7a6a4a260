package io.calcitewasm.jdbc.shell;

import io.calcitewasm.jdbc.shell.Vocabulary.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes SQL: keywords, schemas, tables, modules and functions; behind {@code schema.} its
 * tables and functions; behind a table or alias of the statement its columns; behind COLLATE
 * collations.
 */
final class NameCompleter implements Completer {
  private static final Pattern TABLE_AND_ALIAS =
      Pattern.compile(
          "(?i)(?:\\bfrom|\\bjoin|\\binto|\\bupdate|,)\\s+((?:\"[^\"]+\"|[\\w$]+)(?:\\s*\\.\\s*(?:\"[^\"]+\"|[\\w$]+))*)"
              + "(?:\\s+(?:as\\s+)?(\"[^\"]+\"|\\w+))?");

  private static final Pattern BEHIND_COLLATE =
      Pattern.compile(".*\\bcollate\\s+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The order of texts without any collation. */
  private static final String PLAIN = "ucs_basic";

  private final Vocabulary vocabulary;

  NameCompleter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word().substring(0, line.wordCursor());
    Names names = vocabulary.names();
    String before = line.line().substring(0, line.cursor() - line.wordCursor());
    int dot = word.lastIndexOf('.');
    if (BEHIND_COLLATE.matcher(before).matches()) {
      collations(word.substring(0, dot + 1), names, candidates);
    } else if (dot < 0) {
      unqualified(word, line.line(), names, candidates);
    } else {
      String qualifier = word.substring(0, dot + 1);
      qualified(qualifier, SqlNames.parts(qualifier), line.line(), names, candidates);
    }
  }

  /** Collations by their names alone, or those of a module behind its name and a dot. */
  private static void collations(String qualifier, Names names, List<Candidate> candidates) {
    if (qualifier.isEmpty()) {
      candidates.add(candidate(PLAIN, PLAIN, "collations", "", true));
    }
    for (Vocabulary.Collation collation : names.collations()) {
      if (qualifier.isEmpty()) {
        String module = SqlNames.quoted(collation.module());
        candidates.add(candidate(module + ".", collation.module(), "modules", "", false));
      }
      if (qualifier.isEmpty()
          || Vocabulary.same(collation.module(), SqlNames.parts(qualifier).getFirst())) {
        String name = collation.name();
        String value =
            qualifier.isEmpty() ? SqlNames.quoted(name) : qualifier + SqlNames.afterDot(name);
        candidates.add(candidate(value, name, "collations", collation.documentation(), true));
      }
    }
  }

  private static void unqualified(
      String word, String line, Names names, List<Candidate> candidates) {
    boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
    for (String keyword : Keywords.OFFERED) {
      String shown = lower ? keyword.toLowerCase(Locale.ROOT) : keyword;
      candidates.add(candidate(shown, shown, "keywords", "", true));
    }
    for (String schema : names.schemas()) {
      String name = SqlNames.quoted(schema);
      candidates.add(candidate(name + ".", schema, "schemas", "", false));
    }
    for (String module : names.modules()) {
      if (!names.schemas().contains(module)) {
        String name = SqlNames.quoted(module);
        candidates.add(candidate(name + ".", module, "modules", "", false));
      }
    }
    Map<String, Vocabulary.Table> used = tablesOf(line, names);
    for (Vocabulary.Column column : names.columns()) {
      if (used.values().stream().anyMatch(t -> has(t, column))) {
        candidates.add(
            candidate(
                SqlNames.quoted(column.name()), column.name(), "columns", column.type(), true));
      }
    }
    used.keySet()
        .forEach(
            alias ->
                candidates.add(
                    candidate(SqlNames.quoted(alias) + ".", alias, "tables", "", false)));
    for (Vocabulary.Table table : names.tables()) {
      String name = SqlNames.quoted(table.name());
      candidates.add(candidate(name, table.name(), "tables", table.schema(), true));
    }
  }

  private static void qualified(
      String qualifier, List<String> path, String line, Names names, List<Candidate> candidates) {
    if (path.isEmpty()) {
      return;
    }
    String last = path.getLast();
    if (path.size() == 1) {
      for (Vocabulary.Function f : names.functions()) {
        if (Vocabulary.same(f.module(), last)) {
          String value = qualifier + SqlNames.afterDot(f.name()) + "(";
          candidates.add(candidate(value, f.name(), "functions", f.signature(), false));
        }
      }
      for (Vocabulary.Table t : names.tables()) {
        if (Vocabulary.same(t.schema(), last)) {
          String value = qualifier + SqlNames.afterDot(t.name());
          candidates.add(candidate(value, t.name(), "tables", "", true));
        }
      }
    }
    Optional<Vocabulary.Table> table =
        path.size() == 1
            ? tablesOf(line, names).entrySet().stream()
                .filter(e -> Vocabulary.same(e.getKey(), last))
                .map(Map.Entry::getValue)
                .findFirst()
            : table(path, names);
    table.ifPresent(
        t ->
            names.columns().stream()
                .filter(c -> has(t, c))
                .forEach(
                    c ->
                        candidates.add(
                            candidate(
                                qualifier + SqlNames.afterDot(c.name()),
                                c.name(),
                                "columns",
                                c.type(),
                                true))));
  }

  /** The tables a statement names, by alias or name. */
  private static Map<String, Vocabulary.Table> tablesOf(String line, Names names) {
    Map<String, Vocabulary.Table> tables = new HashMap<>();
    Matcher matcher = TABLE_AND_ALIAS.matcher(line);
    while (matcher.find()) {
      List<String> path = SqlNames.parts(matcher.group(1).replaceAll("\\s", ""));
      String alias = matcher.group(2);
      table(path, names)
          .ifPresent(
              t ->
                  tables.put(
                      alias == null || Keywords.isReserved(alias)
                          ? path.getLast()
                          : SqlNames.parts(alias).getFirst(),
                      t));
    }
    return tables;
  }

  private static Optional<Vocabulary.Table> table(List<String> path, Names names) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String schema = path.size() > 1 ? path.get(path.size() - 2) : "";
    return names.tables().stream()
        .filter(t -> Vocabulary.same(t.name(), path.getLast()))
        .filter(t -> schema.isEmpty() || Vocabulary.same(t.schema(), schema))
        .findFirst();
  }

  private static boolean has(Vocabulary.Table table, Vocabulary.Column column) {
    return table.schema().equals(column.schema()) && table.name().equals(column.table());
  }

  private static Candidate candidate(
      String value, String shown, String group, String description, boolean complete) {
    return new Candidate(
        value, shown, group, description.isEmpty() ? null : description, null, null, complete);
  }
}
