package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the getters of a result set return for each type that a module's function can have. */
class ValuesTest {
  private static final String PERSON = "row('Ada', 36, array['x', 'y'], row(0e0, 1e0))";
  private static TestDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database = new TestDatabase("fixtures/types");
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  private interface Reading {
    @Nullable Object of(ResultSet row) throws SQLException;
  }

  private static @Nullable Object read(Connection connection, String value, Reading reading)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("values " + value)) {
      assertThat(rows.next()).isTrue();
      return reading.of(rows);
    }
  }

  private static @Nullable Object read(String value, Reading reading) throws SQLException {
    return read(database.connection(), value, reading);
  }

  private static String state(String value, Reading reading) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> read(value, reading));
    assertThat((Throwable) failure).as(value).isNotNull();
    return failure.getSQLState();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          types.id_bool(true)                                       | true
          types.id_s8(-128)                                         | -128
          types.id_u64(18446744073709551615)                        | 18446744073709551615
          types.id_f32(1.5)                                         | 1.5
          types.id_f64(1e300)                                       | 1.0E300
          types.id_char('𝄞')                                        | 𝄞
          types.id_bytes(x'00ff10')                                 | 00ff10
          types.id_list_list_s32(array[array[1], array[2, 3]])      | [[1], [2, 3]]
          types.id_list_option_s32(array[1, null, 3])               | [1, null, 3]
          types.id_person(row('Ada', 36, array['x'], row(0e0, 1e0))) | {Ada, 36, [x], {0.0, 1.0}}
          types.id_date(date '0001-01-01')                          | 0001-01-01
          types.id_time(time '23:59:59.123')                        | 23:59:59.123
          types.id_timestamp(timestamp '1969-12-31 23:59:59.999')   | 1969-12-31 23:59:59.999
          types.id_timestamp(timestamp '2024-02-29 00:00:00')       | 2024-02-29 00:00:00.000
          types.id_interval_months(interval '1-2' year to month)    | 1-2
          types.id_interval_months(interval '-13' month)            | -1-1
          types.id_interval_micros(interval '3 04:05:06.789' day to second(3)) | 3 04:05:06.789
          types.id_interval_micros(interval -'0.5' second(2, 1))    | -0 00:00:00.500
          types.id_decimal(0.000000000000000001)                    | 0.000000000000000001
          types.id_uuid(uuid '6ba7b810-9dad-11d1-80b4-00c04fd430c8') | 6ba7b810-9dad-11d1-80b4-00c04fd430c8
          types.id_list_date(array[date '2024-02-29'])              | [2024-02-29]
          types.id_list_time(array[time '23:59:59.123'])            | [23:59:59.123]
          types.id_list_timestamp(array[timestamp '1969-12-31 23:59:59.9']) | [1969-12-31 23:59:59.900]
          types.id_list_decimal(array[1.50])                        | [1.50]
          types.id_list_interval_months(array[interval '1-2' year to month]) | [1-2]
          types.id_list_interval_micros(array[interval '1 02:03:04.005' day to second(3)]) | [1 02:03:04.005]
          types.id_list_shape(array[row('label', null, null, 'x')]) | [{label, null, null, x}]
          types.id_tuple_one(row(7))                                | {7}
          interval '90' minute                                      | 90
          interval '25:01' hour to minute                           | 25:01
          interval '1:02.5' minute to second(1)                     | 1:02.500
          interval '5' year                                         | 5
          """)
  void every_type_has_a_text(String value, String text) throws SQLException {
    assertThat(read(value, row -> row.getString(1))).isEqualTo(text);
    assertThat(read(value, row -> row.getObject(1, String.class))).isEqualTo(text);
  }

  @Test
  void objects_are_those_of_jdbc() throws SQLException {
    assertThat(read("types.id_s16(7)", row -> row.getObject(1))).isEqualTo((short) 7);
    assertThat(read("types.id_u64(7)", row -> row.getObject(1))).isEqualTo(BigDecimal.valueOf(7));
    assertThat(read("types.id_bytes(x'00ff')", row -> row.getObject(1)))
        .isEqualTo(new byte[] {0, -1});
    assertThat(read("types.id_date(date '2024-02-29')", row -> row.getObject(1)))
        .isEqualTo(Date.valueOf("2024-02-29"));
    assertThat(
            read(
                "types.id_timestamp(timestamp '2024-02-29 01:02:03.004')", row -> row.getObject(1)))
        .isEqualTo(Timestamp.valueOf("2024-02-29 01:02:03.004"));
    assertThat(read("types.id_interval_months(interval '-1-2' year to month)", r -> r.getObject(1)))
        .isEqualTo("-1-2");
    assertThat(read("types.id_list_s32(array[1])", row -> row.getObject(1)))
        .isInstanceOf(Array.class);
    assertThat(read("types.id_point(row(1e0, 2e0))", row -> row.getObject(1)))
        .isInstanceOf(Struct.class);
    assertThat(read("types.always_null()", row -> row.getObject(1))).isNull();
  }

  @Test
  void classes_of_java_time_can_be_asked_for() throws SQLException {
    String moment = "types.id_timestamp(timestamp '2024-02-29 01:02:03.004')";
    assertThat(read(moment, row -> row.getObject(1, LocalDateTime.class)))
        .isEqualTo(LocalDateTime.parse("2024-02-29T01:02:03.004"));
    assertThat(read(moment, row -> row.getObject(1, LocalDate.class)))
        .isEqualTo(LocalDate.parse("2024-02-29"));
    assertThat(read("types.id_time(time '01:02:03.004')", r -> r.getObject(1, LocalTime.class)))
        .isEqualTo(LocalTime.parse("01:02:03.004"));
    assertThat(read("types.id_time(time '01:02:03.004')", row -> row.getTime(1)))
        .isEqualTo(new Time(Timestamp.valueOf("1970-01-01 01:02:03.004").getTime()));
    assertThat(read("interval '1-2' year to month", row -> row.getObject(1, Period.class)))
        .isEqualTo(Period.of(1, 2, 0));
    assertThat(read("interval '1:30' hour to minute", row -> row.getObject(1, Duration.class)))
        .isEqualTo(Duration.ofMinutes(90));
    assertThat(read("types.id_u64(7)", row -> row.getObject(1, BigInteger.class)))
        .isEqualTo(BigInteger.valueOf(7));
    UUID uuid = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(read("types.id_uuid(uuid '" + uuid + "')", row -> row.getObject(1, UUID.class)))
        .isEqualTo(uuid);
  }

  @Test
  void an_instant_is_shown_in_the_time_zone_of_the_connection() throws SQLException {
    try (Connection berlin =
            DriverManager.getConnection("jdbc:calcite-wasm:timeZone=Europe/Berlin");
        Statement statement = berlin.createStatement()) {
      statement.execute(TestDatabase.install("fixtures/types"));
      String value =
          "types.id_timestamp_tz(cast(timestamp '2024-07-01 12:00:00' as"
              + " timestamp with local time zone))";
      assertThat(read(berlin, value, row -> row.getString(1))).isEqualTo("2024-07-01 12:00:00.000");
      Instant instant = Instant.parse("2024-07-01T10:00:00Z");
      assertThat(read(berlin, value, row -> row.getTimestamp(1)))
          .isEqualTo(Timestamp.from(instant));
      assertThat(read(berlin, value, row -> row.getObject(1, Instant.class))).isEqualTo(instant);
      assertThat(read(berlin, value, row -> row.getObject(1, OffsetDateTime.class)))
          .isEqualTo(OffsetDateTime.parse("2024-07-01T12:00:00+02:00"));
    }
  }

  @Test
  void a_time_that_the_clock_skips_survives_as_local() throws SQLException {
    try (Connection berlin =
        DriverManager.getConnection("jdbc:calcite-wasm:timeZone=Europe/Berlin")) {
      String skipped = "timestamp '2024-03-31 02:30:00'";
      assertThat(read(berlin, skipped, row -> row.getString(1))).isEqualTo("2024-03-31 02:30:00");
      assertThat(read(berlin, skipped, row -> row.getObject(1, LocalDateTime.class)))
          .isEqualTo(LocalDateTime.parse("2024-03-31T02:30:00"));
    }
  }

  @Test
  void numbers_out_of_range_are_refused_not_cut() {
    assertThat(state("types.id_s64(5000000000)", row -> row.getInt(1))).isEqualTo("22003");
    assertThat(state("types.id_u64(18446744073709551615)", row -> row.getLong(1)))
        .isEqualTo("22003");
    assertThat(state("types.id_s32(300)", row -> row.getByte(1))).isEqualTo("22003");
    assertThat(state("types.id_f64(1e300)", row -> row.getLong(1))).isEqualTo("22003");
  }

  @Test
  void what_a_type_cannot_be_is_refused() {
    assertThat(state("types.id_date(date '2024-02-29')", row -> row.getInt(1))).isEqualTo("07006");
    assertThat(state("types.id_timestamp(timestamp '2024-02-29 00:00:00')", row -> row.getLong(1)))
        .isEqualTo("07006");
    assertThat(state("types.id_string('x')", row -> row.getArray(1))).isEqualTo("07006");
    assertThat(state("types.id_s32(1)", row -> row.getBytes(1))).isEqualTo("07006");
    assertThat(state("types.id_s32(1)", row -> row.getObject(1, LocalDate.class)))
        .isEqualTo("07006");
    assertThat(state("types.id_string('x')", row -> row.getInt(1))).isEqualTo("22018");
    assertThat(state("types.id_string('x')", row -> row.getDate(1))).isEqualTo("22007");
  }

  @Test
  void texts_are_read_as_what_is_asked_for() throws SQLException {
    assertThat(read("types.id_string(' 12 ')", row -> row.getInt(1))).isEqualTo(12);
    assertThat(read("types.id_string('true')", row -> row.getBoolean(1))).isEqualTo(true);
    assertThat(read("types.id_string('2024-02-29')", row -> row.getDate(1)))
        .isEqualTo(Date.valueOf("2024-02-29"));
    assertThat(read("types.id_string('2024-02-29 01:02:03')", row -> row.getTimestamp(1)))
        .isEqualTo(Timestamp.valueOf("2024-02-29 01:02:03"));
  }

  @Test
  void null_is_told_by_was_null() throws SQLException {
    read(
        "types.always_null()",
        row -> {
          assertThat(row.getInt(1)).isZero();
          assertThat(row.wasNull()).isTrue();
          assertThat(row.getString(1)).isNull();
          assertThat(row.getBigDecimal(1)).isNull();
          return true;
        });
  }

  @Test
  void an_array_is_a_java_array_of_its_elements_objects() throws SQLException {
    assertThat(array("types.id_list_s32(array[1, -2])")).isEqualTo(new Integer[] {1, -2});
    assertThat(array("types.id_list_option_s32(array[1, null])"))
        .isEqualTo(new Integer[] {1, null});
    assertThat(array("types.id_list_string(array['a', 'bc'])")).isEqualTo(new String[] {"a", "bc"});
    assertThat(array("types.id_list_list_s32(array[array[1], array[2, 3]])"))
        .isEqualTo(new Integer[][] {{1}, {2, 3}});
    assertThat(array("types.id_list_date(array[date '2024-02-29'])"))
        .isEqualTo(new Date[] {Date.valueOf("2024-02-29")});
    assertThat(array("types.id_list_timestamp(array[timestamp '2024-02-29 01:02:03.004'])"))
        .isEqualTo(new Timestamp[] {Timestamp.valueOf("2024-02-29 01:02:03.004")});
    assertThat(array("types.id_list_decimal(array[1.50])"))
        .isEqualTo(new BigDecimal[] {new BigDecimal("1.50")});
    assertThat(array("types.id_permissions(array['run-it', 'read'])"))
        .isEqualTo(new String[] {"read", "run-it"});
  }

  private static Object array(String value) throws SQLException {
    return arrayOf(value).getArray();
  }

  private static Array arrayOf(String value) throws SQLException {
    return (Array) Objects.requireNonNull(read(value, row -> row.getArray(1)));
  }

  @Test
  void an_array_of_rows_holds_structs_with_arrays_and_nulls_inside() throws SQLException {
    Struct[] people =
        (Struct[]) array("types.id_list_person(array[" + PERSON + ", " + PERSON + "])");
    assertThat(people).hasSize(2);
    Object[] person = people[1].getAttributes();
    assertThat(person[0]).isEqualTo("Ada");
    assertThat(((Array) person[2]).getArray()).isEqualTo(new String[] {"x", "y"});
    assertThat(((Struct) person[3]).getAttributes()).containsExactly(0.0, 1.0);
    Struct[] shapes =
        (Struct[]) array("types.id_list_shape(array[row('circle', 2e0, null, null)])");
    assertThat(shapes[0].getAttributes()).containsExactly("circle", 2.0, null, null);
    assertThat(shapes[0].getSQLTypeName()).isEqualTo("ROW");
  }

  @Test
  void a_part_of_an_array_is_read_by_index_and_count() throws SQLException {
    Array array = arrayOf("types.id_list_s32(array[10, 20, 30])");
    assertThat(array.getArray(2, 2)).isEqualTo(new Integer[] {20, 30});
    assertThat(array.getArray(3, 9)).isEqualTo(new Integer[] {30});
    assertThat(array.getBaseType()).isEqualTo(Types.INTEGER);
    assertThat(array.getBaseTypeName()).isEqualTo("INTEGER");
    SQLException outside = catchThrowableOfType(SQLException.class, () -> array.getArray(0, 1));
    assertThat(outside.getSQLState()).isEqualTo("2202E");
  }

  @Test
  void the_result_set_of_an_array_has_index_and_value_and_outlives_its_row() throws SQLException {
    Array array = arrayOf("types.id_list_time(array[time '23:59:59.123'])");
    try (ResultSet elements = array.getResultSet()) {
      assertThat(elements.next()).isTrue();
      assertThat(elements.getInt("INDEX")).isEqualTo(1);
      assertThat(elements.getString("VALUE")).isEqualTo("23:59:59.123");
      assertThat(elements.next()).isFalse();
    }
    Array nested = arrayOf("types.id_list_list_s32(array[array[1], array[2, 3]])");
    try (ResultSet elements = nested.getResultSet(2, 1)) {
      assertThat(elements.next()).isTrue();
      assertThat(elements.getInt(1)).isEqualTo(2);
      assertThat(elements.getArray(2).getArray()).isEqualTo(new Integer[] {2, 3});
    }
  }

  @Test
  void a_type_map_chooses_the_class_of_elements_and_attributes() throws SQLException {
    Map<String, Class<?>> texts = Map.of("TIME", String.class, "DOUBLE", BigDecimal.class);
    assertThat(arrayOf("types.id_list_time(array[time '23:59:59.123'])").getArray(texts))
        .isEqualTo(new Object[] {"23:59:59.123"});
    Struct point =
        (Struct)
            Objects.requireNonNull(
                read("types.id_point(row(1.5e0, 2e0))", row -> row.getObject(1)));
    assertThat(point.getAttributes(texts))
        .containsExactly(new BigDecimal("1.5"), new BigDecimal("2.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          types.id_list_s32(array[1, -2])                       | types.id_list_s32(?)
          types.id_list_option_s32(array[1, null])              | types.id_list_option_s32(?)
          types.id_list_list_s32(array[array[1], array[2, 3]])  | types.id_list_list_s32(?)
          types.id_list_date(array[date '2024-02-29'])          | types.id_list_date(?)
          types.id_list_time(array[time '23:59:59.123'])        | types.id_list_time(?)
          types.id_list_decimal(array[1.50])                    | types.id_list_decimal(?)
          types.id_list_shape(array[row('circle', 2e0, null, null)]) | types.id_list_shape(?)
          types.id_point(row(1.5e0, 2.5e0))                     | types.id_point(?)
          types.id_tuple_nested(row(row(1, 2), array[row(true, 'a')], row(1e0, 2e0))) | types.id_tuple_nested(?)
          """)
  void what_was_read_can_be_a_parameter(String value, String call) throws SQLException {
    Object read = read(value, row -> row.getObject(1));
    try (PreparedStatement statement = database.connection().prepareStatement("values " + call)) {
      if (read instanceof Array array) {
        statement.setArray(1, array);
      } else {
        statement.setObject(1, read);
      }
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo(String.valueOf(read));
      }
    }
  }

  @Test
  void the_fields_of_a_row_can_be_a_parameter() throws SQLException {
    try (PreparedStatement statement =
        database
            .connection()
            .prepareStatement("select types.id_point(?) from (values (1), (2)) as t (i)")) {
      statement.setObject(1, new Object[] {1.5d, 2});
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(((Struct) rows.getObject(1)).getAttributes()).containsExactly(1.5d, 2d);
        assertThat(rows.next()).isTrue();
      }
      statement.setObject(1, null);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getObject(1)).isNull();
      }
    }
  }

  @Test
  void a_row_of_too_few_fields_and_what_is_no_row_are_refused() throws SQLException {
    for (Object wrong : new Object[] {new Object[] {1.5d}, "x", 1}) {
      try (PreparedStatement statement =
          database.connection().prepareStatement("values types.id_point(?)")) {
        statement.setObject(1, wrong);
        SQLException failure =
            catchThrowableOfType(SQLException.class, () -> Sql.rows(statement.executeQuery()));
        assertThat(failure.getSQLState()).as("%s", wrong).isEqualTo("22023");
      }
    }
  }

  @Test
  void java_arrays_and_lists_can_be_parameters() throws SQLException {
    for (Object list :
        List.of(
            new int[][] {{1}, {2, 3}},
            new Integer[][] {{1}, {2, 3}},
            List.of(List.of(1), List.of(2, 3)))) {
      try (PreparedStatement statement =
          database.connection().prepareStatement("values types.id_list_list_s32(?)")) {
        statement.setObject(1, list);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("[[1], [2, 3]]");
        }
      }
    }
  }
}
