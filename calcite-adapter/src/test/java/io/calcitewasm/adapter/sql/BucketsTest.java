package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.guest.Arithmetic;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where modules may come from, and attempts to bring them from elsewhere. */
@Timeout(120)
class BucketsTest {
  @TempDir Path folder;
  private Path inside;
  private Path outside;
  private TestDatabase database;

  @BeforeEach
  void open() throws IOException {
    folder = folder.toRealPath();
    inside = Files.createDirectories(folder.resolve("inside/deep"));
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.write(inside.resolve("good.wasm"), Arithmetic.adding());
    Files.write(outside.resolve("evil.wasm"), Arithmetic.subtracting());
    database = TestDatabase.inMemory();
    database.execute("CREATE BUCKET B LOCATION 'file:" + folder.resolve("inside") + "'");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static String create(Object path) {
    return "CREATE OR REPLACE MODULE m FROM '" + path + "'";
  }

  private void refused(Object path, String state) {
    assertThatThrownBy(() -> database.execute(create(path)))
        .as("FROM '%s'", path)
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo(state));
    assertThat(database.rows("SHOW MODULES")).isEmpty();
  }

  @Test
  void aModuleComesFromABucket() {
    for (Object path :
        List.of(
            "b:deep/good.wasm",
            "B:deep/../deep/good.wasm",
            "deep/good.wasm",
            inside.resolve("good.wasm"),
            inside.resolve("good.wasm").toUri())) {
      database.execute(create(path));
      assertThat(database.rows("SELECT source FROM wasm.modules"))
          .as("FROM '%s'", path)
          .containsExactly(List.of(inside.resolve("good.wasm").toString()));
      database.execute("DROP MODULE m");
    }
  }

  @Test
  void withoutAnyBucketModulesMayComeFromAnywhere() {
    database.execute("DROP BUCKET b");
    assertThat(database.rows("SHOW BUCKETS")).hasSize(1).allMatch(row -> row.contains("*"));
    database.execute(create(outside.resolve("evil.wasm")));
    assertThat(database.rows("SHOW MODULES")).hasSize(1);
  }

  @Test
  void aPathOutsideIsRefusedHoweverItIsWritten() throws IOException {
    Path evil = outside.resolve("evil.wasm");
    refused(evil, "42501");
    refused(evil.toUri(), "42501");
    refused("b:../outside/evil.wasm", "42501");
    refused("b:deep/../../outside/evil.wasm", "42501");
    refused("b:" + evil, "42501");
    refused(inside + "/../../outside/evil.wasm", "42501");
    refused("b:.", "42501");
    refused("c:evil.wasm", "42704");
    refused("http://example.org/evil.wasm", "42704");
    refused("b:deep", "58030");
    refused("b:none.wasm", "58P01");
    refused("none.wasm", "58P01");
    refused("", "22023");
    // Whether a file outside exists is nobody's business.
    refused(outside.resolve("none.wasm"), "42501");
  }

  @Test
  void symbolicLinksAreFollowedWithinBucketsOnly() throws IOException {
    Files.createSymbolicLink(inside.resolve("file"), outside.resolve("evil.wasm"));
    Files.createSymbolicLink(inside.resolve("up"), outside);
    Files.createSymbolicLink(inside.resolve("twice"), inside.resolve("up"));
    Files.createSymbolicLink(inside.resolve("self"), Path.of("good.wasm"));
    Files.createSymbolicLink(outside.resolve("in"), inside);

    refused("b:deep/file", "42501");
    refused("b:deep/up/evil.wasm", "42501");
    refused("b:deep/twice/evil.wasm", "42501");
    refused(inside.resolve("up/evil.wasm"), "42501");
    database.execute(create("b:deep/self"));
    database.execute(create(outside.resolve("in/good.wasm")));
    assertThat(database.rows("SELECT source FROM wasm.modules"))
        .containsExactly(List.of(inside.resolve("good.wasm").toString()));
  }

  /** An attacker swaps a folder for a link to another, and a file, as fast as he can. */
  @Test
  void nobodyWinsTheRaceBetweenLookAndReading() throws Exception {
    Path real = inside.resolve("race");
    Files.createDirectory(real);
    Files.write(real.resolve("x.wasm"), Arithmetic.adding());
    Files.write(outside.resolve("x.wasm"), Arithmetic.subtracting());
    Path link = inside.resolve("link");
    Path away = inside.resolve("away");
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> attacker =
        CompletableFuture.supplyAsync(
            () -> {
              int swaps = 0;
              while (!done.get()) {
                try {
                  Files.move(real, away);
                  Files.createSymbolicLink(link, outside);
                  Files.move(link, real, StandardCopyOption.ATOMIC_MOVE);
                  Files.delete(real);
                  Files.move(away, real);
                  swaps++;
                  LockSupport.parkNanos(swaps % 1_000 * 1_000L);
                } catch (AtomicMoveNotSupportedException e) {
                  throw new AssertionError(e);
                } catch (IOException e) {
                  // The next round.
                }
              }
              return swaps;
            });
    int loaded = 0;
    for (int i = 0; i < 150 || (loaded == 0 && i < 20_000); i++) {
      try {
        database.execute(create("b:deep/race/x.wasm"));
        loaded++;
        assertThat(database.rows("VALUES (m.add(5, 1))")).containsExactly(List.of(6L));
      } catch (TestDatabase.Failed e) {
        assertThat(e.sqlState()).as(e.getMessage()).isIn("42501", "58P01", "58030");
      }
    }
    done.set(true);
    assertThat(attacker.get()).isGreaterThan(10);
    assertThat(loaded).isPositive();
  }

  /** What is stored is what was judged, whatever happens to the file meanwhile. */
  @Test
  void aFileThatChangesIsTheDemandedOneOrRefused() throws Exception {
    Path file = inside.resolve("good.wasm");
    database.execute(create(file));
    Object digest = database.rows("SELECT digest FROM wasm.modules").getFirst().getFirst();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !done.get(); i++) {
                try {
                  Files.write(file, i % 2 == 0 ? Arithmetic.subtracting() : Arithmetic.adding());
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });
    int loaded = 0;
    for (int i = 0; i < 100 || (loaded == 0 && i < 5_000); i++) {
      try {
        database.execute(create(file) + " DIGEST '" + digest + "'");
        loaded++;
      } catch (TestDatabase.Failed e) {
        assertThat(e.sqlState()).isEqualTo("WM003");
      }
      assertThat(database.rows("VALUES (m.add(5, 1))")).containsExactly(List.of(6L));
      assertThat(database.rows("SELECT DISTINCT digest FROM wasm.versions"))
          .containsExactly(List.of(digest));
    }
    done.set(true);
    writer.get();
    assertThat(loaded).isPositive();
  }

  @Test
  void bucketsAreShownDroppedAndThereAgain() {
    DatabaseLocation location = DatabaseLocation.file(folder.resolve("db").toString());
    try (TestDatabase first = new TestDatabase(location)) {
      first.execute("CREATE BUCKET b1 LOCATION '" + folder.resolve("inside") + "'");
      first.execute("CREATE BUCKET b2 LOCATION '" + inside.toUri() + "'");
      first.execute("CREATE BUCKET IF NOT EXISTS b2 LOCATION '" + outside + "'");
      first.execute("CREATE OR REPLACE BUCKET b1 LOCATION '" + outside + "'");
    }
    try (TestDatabase again = new TestDatabase(location, Optional.of(inside))) {
      assertThat(again.rows("SELECT name, location, belongs_to FROM wasm.buckets"))
          .containsExactly(
              List.of("here", inside.toUri().toString(), "connection"),
              List.of("b1", outside.toUri().toString(), "database"),
              List.of("b2", inside.toUri().toString(), "database"));
      assertThat(again.rows("SHOW BUCKETS")).hasSize(3);
      again.execute("DROP BUCKET B1");
      again.execute("DROP BUCKET b2");
      again.execute("DROP BUCKET IF EXISTS b2");
      again.execute(create("here:good.wasm"));
      again.execute(create("good.wasm"));
      assertThatThrownBy(() -> again.execute(create(outside.resolve("evil.wasm"))))
          .hasMessageContaining("lies in no bucket; buckets are here (" + inside + ")");
    }
  }

  @Test
  void whatIsNoBucketIsRefused() {
    for (List<String> wrong :
        Arrays.asList(
            List.of("file", folder.toString(), "42939"),
            List.of("HERE", folder.toString(), "42939"),
            List.of("\"a b\"", folder.toString(), "42602"),
            List.of("\"..\"", folder.toString(), "42602"),
            List.of("b", folder.toString(), "42710"),
            List.of("c", folder.resolve("none").toString(), "58P01"),
            List.of("c", inside.resolve("good.wasm").toString(), "58030"),
            List.of("c", "http://example.org", "22023"),
            List.of("c", "", "22023"),
            List.of("c", "file://host/a", "22023"))) {
      assertThatThrownBy(
              () ->
                  database.execute(
                      "CREATE BUCKET " + wrong.get(0) + " LOCATION '" + wrong.get(1) + "'"))
          .as("%s", wrong)
          .isInstanceOfSatisfying(
              TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo(wrong.get(2)));
    }
    assertThatThrownBy(() -> database.execute("DROP BUCKET c"))
        .hasMessageContaining("there is no bucket c");
    assertThat(database.rows("SHOW BUCKETS")).hasSize(1);
  }
}
