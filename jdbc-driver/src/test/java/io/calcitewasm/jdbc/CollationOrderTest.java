package io.calcitewasm.jdbc;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.nullsLast;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What queries answer by the example collations is what the same orders, written in Java by other
 * means, say of random texts.
 */
class CollationOrderTest {
  private static final int ROWS = 3_000;
  private static final String ALPHABET = "aAbBéÉzZ019 -.ßłЖж";

  private Connection connection;
  private final List<@Nullable String> texts = new ArrayList<>();

  @BeforeEach
  void fill() throws SQLException {
    connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(TestDatabase.install("components/collate AS texts"));
      statement.execute("CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR)");
    }
    Random random = new Random(7);
    connection.setAutoCommit(true);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
          text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        String value = random.nextInt(50) == 0 ? null : text.toString();
        texts.add(value);
        insert.setInt(1, i);
        insert.setString(2, value);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(ROWS);
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Numbers by their values, everything else by code points in lower case. */
  private static int natural(String a, String b) {
    List<Object> left = parts(a);
    List<Object> right = parts(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = compareParts(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<Object> parts(String text) {
    List<Object> parts = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); ) {
      int end = i;
      while (end < lower.length() && lower.charAt(end) >= '0' && lower.charAt(end) <= '9') {
        end++;
      }
      parts.add(end > i ? new BigInteger(lower.substring(i, end)) : (Object) lower.charAt(i));
      i = Math.max(end, i + 1);
    }
    return parts;
  }

  private static int compareParts(Object a, Object b) {
    if (a instanceof BigInteger x && b instanceof BigInteger y) {
      return x.compareTo(y);
    }
    return Character.compare(
        a instanceof Character x ? x : '0', b instanceof Character y ? y : '0');
  }

  /** Letters without accents, in lower case. */
  private static String unaccented(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replace("ß", "ss")
        .replace("ł", "l");
  }

  private static final Comparator<String> NATURAL = CollationOrderTest::natural;
  private static final Comparator<String> UNACCENTED =
      Comparator.comparing(CollationOrderTest::unaccented);

  private List<List<@Nullable String>> query(String sql) throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private List<@Nullable String> column(String sql) throws SQLException {
    return query(sql).stream().<@Nullable String>map(List::getFirst).toList();
  }

  @Test
  void sorts_by_numbers_and_letters() throws SQLException {
    Comparator<@Nullable String> plain = nullsLast(naturalOrder());
    assertThat(column("SELECT s FROM t ORDER BY s COLLATE natural, s"))
        .isEqualTo(texts.stream().sorted(nullsLast(NATURAL).thenComparing(plain)).toList());
    assertThat(column("SELECT s FROM t ORDER BY s COLLATE natural DESC NULLS LAST, s"))
        .isEqualTo(
            texts.stream().sorted(nullsLast(NATURAL.reversed()).thenComparing(plain)).toList());
    assertThat(column("SELECT s FROM t ORDER BY s COLLATE natural NULLS FIRST, s LIMIT 100"))
        .isEqualTo(
            texts.stream().sorted(nullsFirst(NATURAL).thenComparing(plain)).limit(100).toList());
  }

  @Test
  void sorts_without_accents() throws SQLException {
    Comparator<@Nullable String> plain = nullsLast(naturalOrder());
    assertThat(column("SELECT s FROM t ORDER BY s COLLATE accent_insensitive, s"))
        .isEqualTo(texts.stream().sorted(nullsLast(UNACCENTED).thenComparing(plain)).toList());
  }

  @Test
  void sorts_by_comparison_as_by_keys() throws SQLException {
    // the same texts by a collation without keys: versions compare by numbers first
    List<@Nullable String> sorted = column("SELECT s FROM t ORDER BY s COLLATE version_order, s");
    assertThat(sorted).containsExactlyInAnyOrderElementsOf(texts);
    List<List<@Nullable String>> wrong =
        query(
            "SELECT a.s, b.s FROM t a JOIN t b ON a.s COLLATE version_order > b.s"
                + " WHERE a.id < 40 AND b.id < 40");
    for (List<@Nullable String> pair : wrong) {
      assertThat(sorted.indexOf(pair.get(0))).isGreaterThan(sorted.indexOf(pair.get(1)));
    }
  }

  @Test
  void groups_are_those_of_the_order_and_answer_their_least_text() throws SQLException {
    Map<String, List<String>> groups = new TreeMap<>(NATURAL);
    texts.stream()
        .filter(Objects::nonNull)
        .forEach(s -> groups.computeIfAbsent(s, k -> new ArrayList<>()).add(s));
    List<List<String>> expected =
        groups.values().stream()
            .map(g -> List.of(g.stream().min(naturalOrder()).orElseThrow(), "" + g.size()))
            .toList();
    assertThat(
            query(
                "SELECT s COLLATE natural AS s, COUNT(*) FROM t WHERE s IS NOT NULL"
                    + " GROUP BY s COLLATE natural ORDER BY s"))
        .isEqualTo(expected);
    assertThat(
            column("SELECT DISTINCT s COLLATE natural AS s FROM t WHERE s IS NOT NULL ORDER BY s"))
        .isEqualTo(expected.stream().map(List::getFirst).toList());
    assertThat(
            column(
                "SELECT s COLLATE natural AS s FROM t WHERE id < 1500 AND s IS NOT NULL UNION"
                    + " SELECT s FROM t WHERE id >= 1500 AND s IS NOT NULL ORDER BY s"))
        .isEqualTo(expected.stream().map(List::getFirst).toList());
  }

  @Test
  void extremes_and_counts_are_those_of_the_order() throws SQLException {
    List<String> known = texts.stream().filter(Objects::nonNull).<String>map(s -> s).toList();
    Comparator<String> strict = UNACCENTED.thenComparing(naturalOrder());
    TreeSet<String> different = new TreeSet<>(UNACCENTED);
    different.addAll(known);
    assertThat(
            query(
                "SELECT MIN(s COLLATE accent_insensitive), MAX(s COLLATE accent_insensitive),"
                    + " COUNT(DISTINCT s COLLATE accent_insensitive) FROM t WHERE s > ' '"))
        .isEqualTo(
            List.of(
                List.of(
                    known.stream().filter(s -> s.compareTo(" ") > 0).min(strict).orElseThrow(),
                    known.stream().max(strict).orElseThrow(),
                    ""
                        + known.stream()
                            .filter(s -> s.compareTo(" ") > 0)
                            .map(CollationOrderTest::unaccented)
                            .distinct()
                            .count())));
    assertThat(different).isNotEmpty();
  }

  @Test
  void joins_and_comparisons_find_the_same_pairs() throws SQLException {
    long equal = 0;
    long less = 0;
    for (String a : texts.subList(0, 300)) {
      for (String b : texts.subList(300, 600)) {
        if (a != null && b != null) {
          int order = natural(a, b);
          equal += order == 0 ? 1 : 0;
          less += order < 0 ? 1 : 0;
        }
      }
    }
    String from = " FROM t a, t b WHERE a.id < 300 AND b.id >= 300 AND b.id < 600 AND ";
    assertThat(column("SELECT COUNT(*)" + from + "a.s = b.s COLLATE natural"))
        .containsExactly("" + equal);
    assertThat(column("SELECT COUNT(*)" + from + "a.s COLLATE natural < b.s"))
        .containsExactly("" + less);
    assertThat(equal).isPositive();
  }

  private long count(Predicate<String> wanted) {
    return texts.stream().filter(s -> s != null && wanted.test(s)).count();
  }

  @Test
  void ranges_lists_and_cases_compare_by_the_order() throws SQLException {
    assertThat(
            query(
                "SELECT COUNT(*) FILTER (WHERE s COLLATE natural BETWEEN 'a' AND 'b9'),"
                    + " COUNT(*) FILTER (WHERE s COLLATE natural NOT BETWEEN 'a' AND 'b9'),"
                    + " COUNT(*) FILTER (WHERE s COLLATE natural IN ('A', 'b', '09')),"
                    + " COUNT(*) FILTER (WHERE s COLLATE natural NOT IN ('A', 'b', '09')),"
                    + " COUNT(CASE s COLLATE natural WHEN 'B' THEN 1 END),"
                    + " COUNT(NULLIF(s COLLATE natural, 'É')),"
                    + " COUNT(*) FILTER (WHERE s COLLATE natural <> 'a'),"
                    + " COUNT(*) FILTER (WHERE s COLLATE natural IS NOT DISTINCT FROM '9')"
                    + " FROM t"))
        .isEqualTo(
            List.of(
                LongStream.of(
                        count(s -> natural(s, "a") >= 0 && natural(s, "b9") <= 0),
                        count(s -> natural(s, "a") < 0 || natural(s, "b9") > 0),
                        count(
                            s -> List.of("a", "b", "9").stream().anyMatch(o -> natural(s, o) == 0)),
                        count(
                            s ->
                                List.of("a", "b", "9").stream().noneMatch(o -> natural(s, o) == 0)),
                        count(s -> natural(s, "b") == 0),
                        count(s -> natural(s, "é") != 0),
                        count(s -> natural(s, "a") != 0),
                        count(s -> natural(s, "9") == 0))
                    .mapToObj(Long::toString)
                    .toList()));
  }

  /** How often the texts of some rows have each key, by the order. */
  private TreeMap<String, List<String>> bag(int from, int to) {
    TreeMap<String, List<String>> bag = new TreeMap<>(NATURAL);
    texts.subList(from, to).stream()
        .filter(Objects::nonNull)
        .forEach(s -> bag.computeIfAbsent(s, k -> new ArrayList<>()).add(s));
    bag.values().forEach(same -> same.sort(naturalOrder()));
    return bag;
  }

  @Test
  void sets_and_bags_know_rows_by_the_order() throws SQLException {
    TreeMap<String, List<String>> left = bag(0, 1500);
    TreeMap<String, List<String>> right = bag(1200, 3000);
    List<String> both = new ArrayList<>();
    List<String> bothAll = new ArrayList<>();
    List<String> only = new ArrayList<>();
    List<String> onlyAll = new ArrayList<>();
    left.forEach(
        (key, same) -> {
          int others = right.getOrDefault(key, List.of()).size();
          (others > 0 ? both : only).add(same.getFirst());
          bothAll.addAll(same.subList(0, Math.min(same.size(), others)));
          onlyAll.addAll(same.subList(Math.min(same.size(), others), same.size()));
        });
    assertThat(onlyAll.size()).isGreaterThan(only.size());
    assertThat(bothAll.size()).isGreaterThan(both.size());
    String of =
        "SELECT s COLLATE natural AS s FROM t WHERE id < 1500 AND s IS NOT NULL %s SELECT s FROM t"
            + " WHERE id >= 1200 AND s IS NOT NULL";
    assertThat(column(of.formatted("INTERSECT"))).containsExactlyInAnyOrderElementsOf(both);
    assertThat(column(of.formatted("EXCEPT"))).containsExactlyInAnyOrderElementsOf(only);
    assertThat(column(of.formatted("INTERSECT ALL"))).containsExactlyInAnyOrderElementsOf(bothAll);
    assertThat(column(of.formatted("EXCEPT ALL"))).containsExactlyInAnyOrderElementsOf(onlyAll);
  }

  @Test
  void three_bags_and_bags_of_nulls_too() throws SQLException {
    assertThat(
            query(
                "SELECT s COLLATE natural AS s, n FROM (VALUES ('a', 1), ('A', 1), ('a', 1), ('b', 1),"
                    + " (NULL, 1), (NULL, 1)) AS v (s, n) EXCEPT ALL SELECT * FROM (VALUES ('A', 1),"
                    + " (NULL, 1)) AS w (s, n) EXCEPT ALL VALUES ('A', 1) ORDER BY s, n"))
        .isEqualTo(List.of(List.of("a", "1"), List.of("b", "1"), Arrays.asList(null, "1")));
    assertThat(
            column(
                "SELECT s COLLATE natural AS s FROM (VALUES ('a'), ('A'), ('a')) AS v (s) INTERSECT"
                    + " ALL SELECT s FROM (VALUES ('A'), ('A'), ('a')) AS w (s) INTERSECT ALL SELECT s"
                    + " FROM (VALUES ('A'), ('a')) AS x (s)"))
        .containsExactlyInAnyOrder("A", "a");
  }

  @Test
  void windows_rank_and_divide_by_the_order() throws SQLException {
    List<String> known =
        texts.subList(0, 200).stream().filter(Objects::nonNull).<String>map(s -> s).toList();
    List<List<String>> expected = new ArrayList<>();
    for (String s : known) {
      expected.add(
          List.of(
              s,
              "" + (1 + known.stream().filter(o -> natural(o, s) < 0).count()),
              "" + known.stream().filter(o -> natural(o, s) == 0).count()));
    }
    String sql =
        "SELECT s, RANK() OVER (ORDER BY s COLLATE natural), COUNT(*) OVER (PARTITION BY s COLLATE"
            + " natural) FROM t WHERE id < 200 AND s IS NOT NULL";
    assertThat(query(sql)).containsExactlyInAnyOrderElementsOf(expected);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW ranked (s, r, c) AS " + sql);
    }
    assertThat(query("SELECT * FROM ranked")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void columns_and_views_keep_their_collation() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE own (s VARCHAR COLLATE natural)");
      statement.execute("INSERT INTO own SELECT s FROM t");
      statement.execute("CREATE VIEW shown AS SELECT s AS v FROM own");
    }
    for (String from :
        List.of("SELECT COUNT(*) FROM own WHERE s", "SELECT COUNT(*) FROM shown WHERE v")) {
      assertThat(column(from + " >= 'b'")).containsExactly("" + count(s -> natural(s, "b") >= 0));
    }
    assertThat(column("SELECT COUNT(*) FROM shown a JOIN shown b ON a.v = b.v"))
        .containsExactly(
            "" + bag(0, ROWS).values().stream().mapToLong(g -> (long) g.size() * g.size()).sum());
  }
}
