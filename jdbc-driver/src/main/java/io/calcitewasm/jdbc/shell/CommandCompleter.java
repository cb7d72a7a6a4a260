package io.calcitewasm.jdbc.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes dot-commands: their names, files, modules, schemas and words; SQL by another completer.
 */
final class CommandCompleter implements Completer {
  private final DotCommands commands;
  private final Vocabulary vocabulary;
  private final Completer sql;

  CommandCompleter(DotCommands commands, Vocabulary vocabulary) {
    this.commands = commands;
    this.vocabulary = vocabulary;
    this.sql = new NameCompleter(vocabulary);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (!line.line().stripLeading().startsWith(".")) {
      sql.complete(reader, line, candidates);
    } else if (line.wordIndex() == 0) {
      for (DotCommand command : commands.all()) {
        candidates.add(
            new Candidate(
                command.name(), command.name(), null, command.description(), null, null, true));
      }
    } else {
      arguments(line, candidates);
    }
  }

  private void arguments(ParsedLine line, List<Candidate> candidates) {
    switch (line.words().getFirst()) {
      case ".mode" -> words(candidates, "table", "csv", "json");
      case ".timer" -> words(candidates, "on", "off");
      case ".functions" -> vocabulary.names().modules().forEach(m -> words(candidates, m));
      case ".tables" -> vocabulary.names().schemas().forEach(s -> words(candidates, s));
      case ".read" -> files(line, "", candidates);
      case ".load" -> {
        if (line.wordIndex() == 1) {
          files(line, ".wasm", candidates);
        } else {
          words(candidates, "AS", "--grant", "--replace");
        }
      }
      default -> {}
    }
  }

  private static void words(List<Candidate> candidates, String... words) {
    Stream.of(words).map(Candidate::new).forEach(candidates::add);
  }

  /** Folders, and files with a suffix, in the folder that the word names. */
  private static void files(ParsedLine line, String suffix, List<Candidate> candidates) {
    String typed = line.word().substring(0, line.wordCursor());
    String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
    try {
      Path path = LoadRequest.expand(folder.isEmpty() ? "." : folder);
      try (Stream<Path> entries = Files.list(path)) {
        entries
            .filter(e -> Files.isDirectory(e) || e.toString().endsWith(suffix))
            .sorted()
            .forEach(
                e -> {
                  boolean inner = Files.isDirectory(e);
                  String name = e.getFileName() + (inner ? "/" : "");
                  candidates.add(
                      new Candidate(folder + name, name, null, null, null, null, !inner));
                });
      }
    } catch (IOException | DotCommand.WrongArguments _) {
      // No such folder: nothing to offer.
    }
  }
}
