package io.calcitewasm.adapter.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was committed is found again, however the file lies on disk when its process is killed. */
class UncleanFileTest {
  @TempDir Path folder;

  private MVStore open(String name) {
    return new MVStore.Builder()
        .fileName(folder.resolve(name + ".mv.db").toString())
        .autoCommitDisabled()
        .open();
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(
        folder.resolve(from + ".mv.db"),
        folder.resolve(to + ".mv.db"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Without being recovered, H2 2.5.252 opens nine of ten of these copies with an older commit. */
  @Test
  void theLastCommitIsFound() throws IOException {
    Random random = new Random(4711);
    int last = 0;
    for (int round = 0; round < 5; round++) {
      MVStore store = open("db");
      store.setRetentionTime(0);
      MVMap<Integer, byte[]> contents = store.openMap("contents");
      MVMap<Integer, Integer> versions = store.openMap("versions");
      for (int i = 0; i < 40; i++) {
        contents.put(random.nextInt(40), new byte[random.nextInt(20_000)]);
        versions.put(0, ++last);
        long _ = store.commit();
        copy("db", "killed");
        UncleanFile.recover(folder.resolve("killed"));
        MVStore opened = open("killed");
        assertThat(opened.<Integer, Integer>openMap("versions")).containsEntry(0, last);
        opened.closeImmediately();
      }
      store.close(50);
    }
  }

  @Test
  void aFileThatWasClosedIsNotTouched() throws IOException {
    MVStore store = open("db");
    store.<Integer, Integer>openMap("versions").put(0, 1);
    store.close();
    byte[] before = Files.readAllBytes(folder.resolve("db.mv.db"));
    UncleanFile.recover(folder.resolve("db"));
    assertThat(Files.readAllBytes(folder.resolve("db.mv.db"))).isEqualTo(before);
    UncleanFile.recover(folder.resolve("none"));
    assertThat(folder.resolve("none.mv.db")).doesNotExist();
  }

  @Test
  void aFileThatIsOpenIsLeftAlone() {
    MVStore store = open("db");
    MVMap<Integer, Integer> versions = store.openMap("versions");
    versions.put(0, 1);
    long _ = store.commit();
    UncleanFile.recover(folder.resolve("db"));
    versions.put(0, 2);
    long _ = store.commit();
    store.closeImmediately();
    UncleanFile.recover(folder.resolve("db"));
    MVStore opened = open("db");
    assertThat(opened.<Integer, Integer>openMap("versions")).containsEntry(0, 2);
    opened.closeImmediately();
  }

  /** What is no database stays what it is, for H2 to say so. */
  @Test
  void anyOtherFileIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("db.mv.db"), "no database");
    UncleanFile.recover(folder.resolve("db"));
    assertThat(file).hasContent("no database");
  }
}
