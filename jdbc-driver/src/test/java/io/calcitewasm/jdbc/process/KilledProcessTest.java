package io.calcitewasm.jdbc.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed while it replaces a module again and again. A few times in the build; {@code
 * -Dlife.kills=50} for the long run.
 */
@Timeout(900)
class KilledProcessTest {
  private static final int KILLS = Integer.getInteger("life.kills", 3);

  @TempDir Path folder;

  @Test
  void theCatalogueOpensWithTheOldOrTheNewVersion() throws Exception {
    Versions versions = Versions.in(folder);
    String url = "jdbc:calcite-wasm:file=" + folder.resolve("db");
    Random random = new Random(4711);
    int before = 0;
    int lost = 0;
    int replaced = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      int acknowledged = before;
      OtherProcess process = new OtherProcess(url);
      try {
        process.begin(
            Versions.replace(versions.adding()) + "\t" + Versions.replace(versions.subtracting()));
        int answers = 1 + random.nextInt(30);
        for (int i = 0; i < answers; i++) {
          assertThat(process.answer()).as("round %d", kill).isEqualTo("[]");
          acknowledged++;
        }
        Thread.sleep(0, random.nextInt(1_000_000));
      } finally {
        process.kill();
      }
      try (Connection connection = DriverManager.getConnection(url)) {
        List<Object> module = row(connection, "SELECT state, version_number FROM wasm.modules");
        assertThat(module.getFirst()).as("round %d", kill).isEqualTo("ready");
        int version = ((Number) module.getLast()).intValue();
        assertThat(version)
            .as("what a statement has answered is not lost in round %d", kill)
            .isGreaterThanOrEqualTo(acknowledged);
        lost += version == acknowledged ? 1 : 0;
        long sum = ((Number) row(connection, "VALUES (m.add(5, 1))").getFirst()).longValue();
        assertThat(sum).isEqualTo((version - before) % 2 == 1 ? 6 : 4);
        assertThat(
                row(
                    connection,
                    "SELECT COUNT(*) FROM wasm.versions WHERE state = 'active' AND number = "
                        + version))
            .containsExactly(1L);
        replaced += version - before;
        before = version;
      }
    }
    System.out.printf(
        "killed %d times in %d replacements: always the old or the new version (%d times the last"
            + " one answered)%n",
        KILLS, replaced, lost);
  }

  private static List<Object> row(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getObject(i));
      }
      return row;
    }
  }
}
