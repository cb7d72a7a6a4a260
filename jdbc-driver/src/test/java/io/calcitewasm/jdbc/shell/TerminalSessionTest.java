package io.calcitewasm.jdbc.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalSessionTest {
  @TempDir private Path folder;

  /** What a terminal shows after something was typed into it. */
  private String session(String typed) throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        DumbTerminal terminal =
            new DumbTerminal(
                "test",
                "dumb",
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8)) {
      Shell shell = new Shell(connection, Screen.of(terminal), false);
      new TerminalSession(terminal, shell, folder.resolve("history")).run();
    }
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void statementsRunUntilTheInputEnds() throws Exception {
    assertThat(session("SELECT 40 + 2 AS \"x\";\nnonsense;\nSELECT 'z' || 'y';\n"))
        .contains("42")
        .contains("error 42000")
        .contains("zy");
  }

  @Test
  void aStatementMayTakeSeveralLines() throws Exception {
    assertThat(session("SELECT\n40 + 2\n;\n")).contains("42\n(1 row)");
  }

  @Test
  void quitEndsTheSession() throws Exception {
    assertThat(session(".quit\nSELECT 40 + 2;\n")).doesNotContain("42");
  }

  @Test
  void whatWasTypedIsKeptForItsUserAlone() throws Exception {
    session("SELECT\n1;\n.timer on\n");
    Path history = folder.resolve("history");
    assertThat(Files.readString(history)).contains("SELECT\\n1;").contains(".timer on");
    assertThat(Files.getPosixFilePermissions(history))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }
}
