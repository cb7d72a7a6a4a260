package io.calcitewasm.adapter.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a database whose process was killed. H2 finds the last commit in it by its header and
 * from there by a chain of chunks, and the header can name a chunk behind which the chain is broken
 * (seen in 2.5.252: it is written before the chunk that it is written for becomes the last one).
 * What was committed behind that is in the file, and is not found unless the whole file is
 * searched.
 */
final class UncleanFile {
  private static final Logger LOG = LoggerFactory.getLogger(UncleanFile.class);
  private static final String ENDING = ".mv.db";
  private static final String CLEAN = ",clean:1";
  private static final int HEADER = 4096;

  private UncleanFile() {}

  /**
   * Has the header of a file that was not closed name its last commit, whoever opens it then.
   * Nothing happens to a file that was closed, is not there, or is open.
   *
   * @param database the path without the store's ending
   */
  static void recover(Path database) {
    Path file = Path.of(database + ENDING);
    if (!Files.exists(file) || isClean(file)) {
      return;
    }
    try {
      new MVStore.Builder()
          .fileName(file.toString())
          .recoveryMode()
          .autoCommitDisabled()
          .open()
          .close(0);
    } catch (MVStoreException e) {
      // It is open elsewhere, or nothing that this can help; H2 will tell.
      LOG.debug("{} is left as it is", file, e);
    }
  }

  private static boolean isClean(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1).contains(CLEAN);
    } catch (IOException e) {
      LOG.debug("the header of {} cannot be read", file, e);
      return true;
    }
  }
}
