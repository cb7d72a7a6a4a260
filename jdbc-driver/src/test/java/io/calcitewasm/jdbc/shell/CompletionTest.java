package io.calcitewasm.jdbc.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.jdbc.shell.StatementParser.Typed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir private Path folder;
  private Connection connection;
  private Shell shell;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:;DATABASE_TO_UPPER=false");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA chinook");
      statement.execute(
          "CREATE TABLE chinook.\"Album\" (\"AlbumId\" INT, title VARCHAR, \"of artist\" INT)");
      statement.execute("CREATE TABLE chinook.artist (artist_id INT, name VARCHAR)");
      statement.execute("CREATE SCHEMA wasm");
      statement.execute(
          "CREATE TABLE wasm.functions (module VARCHAR, name VARCHAR, signature VARCHAR)");
      statement.execute(
          "INSERT INTO wasm.functions VALUES ('text', 'slugify', 's'), ('text', 'split', 's')");
      statement.execute(
          "CREATE TABLE wasm.collations (module VARCHAR, name VARCHAR, documentation VARCHAR)");
      statement.execute(
          "INSERT INTO wasm.collations VALUES ('texts', 'natural', 'd'), ('texts', 'no_accents',"
              + " 'd'), ('other', 'natural', 'd')");
    }
    shell =
        new Shell(
            connection, Screen.of(new ByteArrayOutputStream(), new ByteArrayOutputStream()), false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** What is offered at the bar, of what begins like the word there. */
  private List<String> offers(String typed) throws Exception {
    int cursor = typed.indexOf('|');
    Typed line = Typed.at(typed.replace("|", ""), cursor);
    List<Candidate> candidates = new ArrayList<>();
    try (DumbTerminal terminal =
        new DumbTerminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream())) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
      new CommandCompleter(shell.commands(), shell.vocabulary()).complete(reader, line, candidates);
    }
    String word = line.word().substring(0, line.wordCursor()).toLowerCase(Locale.ROOT);
    return candidates.stream()
        .map(Candidate::value)
        .filter(v -> v.toLowerCase(Locale.ROOT).startsWith(word))
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void keywordsComeInTheCaseOfWhatWasTyped() throws Exception {
    assertThat(offers("sel|")).containsExactly("select");
    assertThat(offers("SEL|")).containsExactly("SELECT");
  }

  @Test
  void modulesAndSchemasLeadToTheirContents() throws Exception {
    assertThat(offers("SELECT te|")).containsExactly("text.");
    assertThat(offers("SELECT text.s|")).containsExactly("text.slugify(", "text.split(");
    assertThat(offers("SELECT * FROM chin|")).containsExactly("chinook.");
    assertThat(offers("SELECT * FROM chinook.a|"))
        .containsExactly("chinook.Album", "chinook.artist");
  }

  @Test
  void theColumnsOfTheTablesInTheStatementAreOffered() throws Exception {
    assertThat(offers("SELECT t| FROM chinook.\"Album\"")).contains("title");
    assertThat(offers("SELECT na| FROM chinook.\"Album\"")).doesNotContain("name");
    assertThat(offers("SELECT name FROM chinook.artist WHERE art|")).contains("artist_id");
  }

  @Test
  void anAliasLeadsToItsColumns() throws Exception {
    assertThat(offers("SELECT a.| FROM chinook.Album AS a JOIN chinook.artist b ON b."))
        .containsExactly("a.\"of artist\"", "a.AlbumId", "a.title");
    assertThat(offers("SELECT 1 FROM chinook.Album a JOIN chinook.artist b ON b.|"))
        .containsExactly("b.artist_id", "b.name");
    assertThat(offers("SELECT artist.n| FROM chinook.artist WHERE 1 = 1"))
        .containsExactly("artist.name");
  }

  @Test
  void behindCollateThereAreCollations() throws Exception {
    assertThat(offers("SELECT title FROM chinook.Album ORDER BY title COLLATE |"))
        .containsExactly("\"natural\"", "no_accents", "other.", "texts.", "ucs_basic");
    assertThat(offers("SELECT title collate\n  no|")).containsExactly("no_accents");
    assertThat(offers("CREATE TABLE t (x VARCHAR COLLATE texts.|)"))
        .containsExactly("texts.natural", "texts.no_accents");
    assertThat(offers("SELECT collate_t|")).isEmpty();
  }

  @Test
  void whatAStatementCreatesIsOfferedAfterwards() throws Exception {
    assertThat(offers("SELECT * FROM fre|")).isEmpty();
    shell.accept("CREATE TABLE fresh (x INT);");
    assertThat(offers("SELECT * FROM fre|")).containsExactly("fresh");
  }

  @Test
  void commandsAndTheirArgumentsAreOffered() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.createFile(folder.resolve("a.component.wasm"));
    Files.createFile(folder.resolve("notes.txt"));
    assertThat(offers(".mo|")).containsExactly(".mode", ".modules");
    assertThat(offers(".mode c|")).containsExactly("csv");
    assertThat(offers(".functions t|")).containsExactly("text");
    assertThat(offers(".load " + folder + "/|"))
        .containsExactly(folder + "/a.component.wasm", folder + "/sub/");
    assertThat(offers(".load x.wasm --|")).containsExactly("--grant", "--replace");
    assertThat(offers(".read " + folder + "/n|")).containsExactly(folder + "/notes.txt");
    assertThat(offers(".read /no/such/folder/|")).isEmpty();
  }
}
