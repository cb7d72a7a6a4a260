package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.guest.Arithmetic;
import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run, and what is refused, when a module is loaded. */
class ModuleLoadTest {
  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.inMemory();

  @AfterEach
  void close() {
    database.close();
  }

  private String file(byte[] content) throws IOException {
    return "'" + Files.write(folder.resolve("m.wasm"), content) + "'";
  }

  /** The bytes with each occurrence of one text in place of another of the same length. */
  private static byte[] with(byte[] bytes, String text, String other) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(all).contains(text);
    assertThat(other).hasSameSizeAs(text);
    return all.replace(text, other).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The lifecycle guest with an {@code on-load} that begins with {@code unreachable}. */
  private static byte[] trappingOnLoad() {
    String begin = "\1\13\177\2@\2@\2@";
    return with(Guests.bytes("fixtures/lifecycle"), begin + "\40\1\15", begin + "\0\1\15");
  }

  @Test
  void onLoadRunsWhenAModuleIsCreatedAndItsStateIsWhatCallsBeginWith() throws IOException {
    database.execute("CREATE MODULE m FROM " + file(Guests.bytes("fixtures/lifecycle")));
    assertThat(database.rows("SELECT active_instances FROM wasm.modules"))
        .containsExactly(List.of(1));
    for (int i = 0; i < 3; i++) {
      assertThat(database.rows("VALUES (m.loads())")).containsExactly(List.of(1L));
      assertThat(database.rows("SELECT m.next(n) FROM (VALUES (7), (8)) AS t (n)"))
          .containsExactly(List.of(1), List.of(1));
    }
  }

  @Test
  void nothingOfOtherModulesRunsBeforeTheyAreCalled() throws IOException {
    database.execute("CREATE MODULE m FROM " + file(Arithmetic.adding()));
    assertThat(database.rows("SELECT active_instances FROM wasm.modules"))
        .containsExactly(List.of(0));
  }

  @Test
  void anOnLoadThatFailsFailsTheLoad() throws IOException {
    String create = " MODULE m FROM " + file(trappingOnLoad());
    database.refuses("CREATE" + create, "38W01", "module m 0.1.0: the guest trapped");
    assertThat(database.rows("SHOW MODULES")).isEmpty();

    database.execute("CREATE MODULE m FROM " + file(Guests.bytes("fixtures/lifecycle")));
    database.refuses(
        "CREATE OR REPLACE MODULE m FROM " + file(trappingOnLoad()), "38W01", "trapped");
    assertThat(database.rows("VALUES (m.loads())")).containsExactly(List.of(1L));
    assertThat(database.rows("SELECT number, state FROM wasm.versions"))
        .containsExactly(List.of(1, "active"));
  }

  @Test
  void onLoadIsToldTheConfiguration() throws IOException {
    String guest = file(Guests.bytes("fixtures/lifecycle"));
    database.execute(
        "CREATE MODULE m FROM "
            + guest
            + " WITH (memory => '16MB', config.greeting => 'hello', \"config.Two Words\" => 'x')");
    assertThat(database.rows("VALUES (m.setting('greeting'), m.setting('Two Words'))"))
        .containsExactly(List.of("hello", "x"));
    assertThat(database.rows("VALUES (m.setting('nothing'))").getFirst().getFirst()).isNull();

    database.execute("ALTER MODULE m SET (config.greeting = 'hi', isolation = STATEMENT)");
    assertThat(database.rows("VALUES (m.setting('greeting'), m.setting('Two Words'))"))
        .as("the rest stays")
        .containsExactly(List.of("hi", "x"));
    database.execute("ALTER MODULE m ROLLBACK");
    assertThat(database.rows("VALUES (m.setting('greeting'))")).containsExactly(List.of("hello"));
  }

  @Test
  void aConfigurationThatOnLoadRefusesFailsTheLoad() throws IOException {
    String guest = file(Guests.bytes("fixtures/lifecycle"));
    database.refuses(
        "CREATE MODULE m FROM " + guest + " WITH (config.refuse => 'not so')",
        "22023",
        "on-load: not so");
    database.refuses(
        "CREATE MODULE m FROM " + guest + " WITH (config.trap => '')", "38W01", "trapped");
    database.refuses(
        "CREATE MODULE m FROM " + guest + " WITH (config.n => 1)", "22023", "must be a text");
    assertThat(database.rows("SHOW MODULES")).isEmpty();

    database.execute("CREATE MODULE m FROM " + guest);
    database.refuses("ALTER MODULE m SET (config.refuse = 'never')", "22023", "on-load: never");
    assertThat(database.rows("VALUES (m.loads())")).containsExactly(List.of(1L));
    database.refuses(
        "CREATE MODULE n FROM " + file(Arithmetic.adding()) + " WITH (config.greeting => 'hello')",
        "22023",
        "would be told the configuration greeting");
  }

  @Test
  void laterMinorVersionsOfTheContractAndOfWasiAreServed() throws IOException {
    byte[] later =
        with(
            Guests.bytes("fixtures/logging"),
            "calcite:extension/logging@0.1.0",
            "calcite:extension/logging@0.1.7");
    database.execute("CREATE MODULE m FROM " + file(later));
    assertThat(database.rows("SELECT state FROM wasm.modules")).containsExactly(List.of("ready"));
  }

  @Test
  void anotherTrackIsRefusedWithWhatIsWantedAndWhatThereIs() throws IOException {
    byte[] other =
        with(
            Guests.bytes("fixtures/logging"),
            "calcite:extension/logging@0.1.0",
            "calcite:extension/logging@0.2.0");
    database.refuses(
        "CREATE MODULE m FROM " + file(other), "WM002", "calcite:extension/logging@0.2.0");
    byte[] stale = Guests.bytes("fixtures/stale-contract");
    database.refuses(
        "CREATE MODULE m FROM " + file(stale), "WM002", "served is calcite:extension 0.1");
    assertThat(database.rows("SHOW MODULES")).isEmpty();
  }
}
