package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.ModuleResources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accumulators of one module that do not fit its memory. Before the guest's memory is full all of
 * them are saved to a temporary file, by their own {@code save}, and the instance gives way to a
 * fresh one; one that is asked for its value is restored then. Rows that come later go to another
 * accumulator, which is merged with it at last, or have it restored if the aggregate cannot be
 * merged. So results do not depend on where the memory ended. One for each module and statement;
 * not for several threads.
 */
final class Spill implements AutoCloseable {
  /** Share of the memory limit at which accumulators are saved, at the latest. */
  private static final double FULL = 0.7;

  private final ModuleResources resources;
  private final List<Resources> users = new ArrayList<>();
  private @Nullable FileChannel file;
  private long end;
  private long rows;
  private boolean possible = true;

  /** What the memory had after the last rows, and by how much it grew most at once. */
  private long lastBytes;

  private long growth;

  Spill(CallSession session, Callee callee) {
    this.resources = session.resources(callee);
  }

  /**
   * Where a state stands in the file.
   *
   * @param before the state of rows that came before, if there are some
   */
  record Place(long position, int length, @Nullable Place before) {
    /** This and those before it, the first rows first. */
    List<Place> all() {
      List<Place> all = new ArrayList<>();
      for (Place place = this; place != null; place = place.before) {
        all.addFirst(place);
      }
      return all;
    }
  }

  void add(Resources user) {
    users.add(user);
    possible &= user.isSavable();
  }

  /** Whether accumulators were saved, so that memory is short. */
  boolean hasSaved() {
    return end > 0;
  }

  /** Takes note of rows that were given to the guest, and makes room if that is needed. */
  void after(Resources user, int count) {
    rows += count;
    if (!possible || !resources.isReplaceable()) {
      return;
    }
    // Of all methods this one needs the guest's memory for its result.
    ModuleResources.Memory memory = resources.memory(user.methods().save().orElseThrow());
    growth = lastBytes == 0 ? growth : Math.max(growth, memory.bytes() - lastBytes);
    lastBytes = memory.bytes();
    if (memory.bytes() < memory.limit() * FULL && memory.bytes() + 2 * growth < memory.limit()) {
      return;
    }
    int residents = users.stream().mapToInt(Resources::count).sum();
    if (residents < 2 || rows < residents / 4) {
      // A few accumulators take all the memory: to save and restore them does not help.
      possible = false;
      return;
    }
    rows = 0;
    lastBytes = 0;
    users.forEach(each -> each.saveAll(this));
    resources.replace();
    users.forEach(Resources::renewed);
  }

  /**
   * Writes a state.
   *
   * @param before where the state of its group's earlier rows is, if there were some
   */
  Place write(byte[] state, @Nullable Place before) {
    try {
      FileChannel to = file();
      ByteBuffer bytes = ByteBuffer.wrap(state);
      long position = end;
      while (bytes.hasRemaining()) {
        end += to.write(bytes, end);
      }
      return new Place(position, state.length, before);
    } catch (IOException e) {
      throw failed("saved", e);
    }
  }

  byte[] read(Place place) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(place.length());
      while (bytes.hasRemaining()) {
        if (file().read(bytes, place.position() + bytes.position()) < 0) {
          throw new IOException("the file ends before byte " + (place.position() + place.length()));
        }
      }
      return bytes.array();
    } catch (IOException e) {
      throw failed("restored", e);
    }
  }

  private FileChannel file() throws IOException {
    FileChannel open = file;
    if (open == null) {
      Path path = Files.createTempFile("calcite-wasm-", ".aggregates");
      open =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = open;
    }
    return open;
  }

  private static SqlError failed(String what, IOException e) {
    return new SqlError(
        "58030",
        "accumulators cannot be "
            + what
            + " in a temporary file, which they need because the module's memory is full: "
            + e.getMessage(),
        e);
  }

  /** Deletes the file. */
  @Override
  public void close() {
    FileChannel open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nobody reads it any more; the system's cleaning of temporary files is left to do.
        System.getLogger(Spill.class.getName())
            .log(System.Logger.Level.WARNING, "a temporary file stays: {0}", e.getMessage());
      }
    }
  }
}
