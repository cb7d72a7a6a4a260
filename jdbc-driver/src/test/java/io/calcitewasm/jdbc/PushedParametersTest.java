package io.calcitewasm.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters of all types that are sent to a database: compared there, and stored. */
class PushedParametersTest {
  private TestDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = new TestDatabase("components/text");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  /** A column's type, a value of it and a greater one. */
  record Values(String type, Object value, Object greater) {
    @Override
    public String toString() {
      return type;
    }
  }

  static List<Values> values() {
    return List.of(
        new Values("DATE", Date.valueOf("1969-12-31"), Date.valueOf("2026-03-29")),
        new Values("TIME", Time.valueOf("00:00:00"), Time.valueOf("23:59:59")),
        new Values(
            "TIMESTAMP",
            Timestamp.valueOf("1969-12-31 23:59:59.5"),
            Timestamp.valueOf("2026-07-01 12:00:00.25")),
        new Values("DECIMAL(10, 2)", new BigDecimal("-1.25"), new BigDecimal("12345678.90")),
        new Values("TINYINT", (byte) -7, (byte) 7),
        new Values("SMALLINT", (short) -7, (short) 7),
        new Values("INTEGER", 7, 8),
        new Values("BIGINT", -7L, 1L << 60),
        new Values("REAL", 0.5f, 2.5f),
        new Values("DOUBLE", -0.5, 2.5),
        new Values("BOOLEAN", false, true),
        new Values("VARCHAR", "a", "ä"),
        new Values("VARBINARY", "a".getBytes(UTF_8), "b".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void theyAreStoredComparedAndReplaced(Values values) throws SQLException {
    database.execute("CREATE TABLE t (k INTEGER, v " + values.type() + ")");
    Connection connection = database.connection();
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      insert.setInt(1, 1);
      insert.setObject(2, values.value());
      assertThat(insert.executeUpdate()).isEqualTo(1);
      insert.setInt(1, 2);
      insert.setObject(2, values.greater());
      insert.addBatch();
      insert.setInt(1, 3);
      insert.setNull(2, Types.NULL);
      insert.addBatch();
      assertThat(insert.executeBatch()).containsExactly(1, 1);
    }
    assertThat(keys("v = ?", values.value())).containsExactly(1);
    assertThat(keys("v > ?", values.value())).containsExactly(2);
    assertThat(keys("? = v AND CHAR_LENGTH(text.slugify('a')) = 1", values.greater()))
        .containsExactly(2);
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE t SET v = ?, k = k + 10 WHERE v = ?")) {
      update.setObject(1, values.greater());
      update.setObject(2, values.value());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    assertThat(keys("v = ?", values.greater())).containsExactly(2, 11);
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM t WHERE v = ?")) {
      delete.setObject(1, values.greater());
      assertThat(delete.executeUpdate()).isEqualTo(2);
    }
    assertThat(Sql.rows(connection, "SELECT k, v FROM t")).containsExactly(Arrays.asList(3, null));
  }

  @Test
  void theSameParameterMayStayHereAndBeSent() throws SQLException {
    database.execute("CREATE TABLE t (d DATE)");
    database.execute("INSERT INTO t VALUES (DATE '2026-01-02')");
    try (PreparedStatement both =
        database
            .connection()
            .prepareStatement(
                "SELECT text.slugify(CAST(CAST(? AS DATE) AS VARCHAR)), d FROM t WHERE d = ?")) {
      both.setDate(1, Date.valueOf("2026-01-02"));
      both.setDate(2, Date.valueOf("2026-01-02"));
      try (ResultSet rows = both.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("2026-01-02");
        assertThat(rows.getDate(2)).isEqualTo(Date.valueOf("2026-01-02"));
      }
    }
  }

  private List<Object> keys(String condition, Object value) throws SQLException {
    String sql = "SELECT k FROM t WHERE " + condition + " ORDER BY k";
    try (PreparedStatement select = database.connection().prepareStatement(sql)) {
      select.setObject(1, value);
      try (ResultSet rows = select.executeQuery()) {
        return Sql.rows(rows).stream().map(row -> Objects.requireNonNull(row.getFirst())).toList();
      }
    }
  }
}
