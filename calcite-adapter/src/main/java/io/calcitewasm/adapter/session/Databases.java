package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.udf.SqlError;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The databases that are open in this process; each is closed when its last session closes. */
final class Databases {
  private static final Map<DatabaseLocation, Shared> OPEN = new HashMap<>();

  private static final class Shared {
    private final Database database;
    private int sessions;

    Shared(Database database) {
      this.database = database;
    }
  }

  private Databases() {}

  /**
   * A database for one session, opened if it is not open yet.
   *
   * @throws io.calcitewasm.udf.SqlError 08001 when it cannot be opened
   */
  static Lease acquire(DatabaseLocation location) {
    if (location instanceof DatabaseLocation.PrivateMemory) {
      Database database = Database.open(location);
      return new Lease(database, database::close);
    }
    synchronized (OPEN) {
      refuseOtherForm(location);
      Shared shared = OPEN.computeIfAbsent(location, l -> new Shared(Database.open(l)));
      shared.sessions++;
      return new Lease(shared.database, () -> release(location));
    }
  }

  /** One process opens a file in one way: otherwise one part of it would not see the other's. */
  private static void refuseOtherForm(DatabaseLocation location) {
    DatabaseLocation other =
        switch (location) {
          case DatabaseLocation.DurableFile(Path path) -> new DatabaseLocation.SharedFile(path);
          case DatabaseLocation.SharedFile(Path path) -> new DatabaseLocation.DurableFile(path);
          default -> location;
        };
    if (!other.equals(location) && OPEN.containsKey(other)) {
      throw new SqlError(
          "08001",
          "this process has the database file open "
              + (other instanceof DatabaseLocation.SharedFile ? "with" : "without")
              + " shared=true already");
    }
  }

  private static void release(DatabaseLocation location) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(location);
      if (shared != null && --shared.sessions == 0) {
        OPEN.remove(location);
        shared.database.close();
      }
    }
  }

  /**
   * A session's hold on a database.
   *
   * @param database the database
   * @param release lets go of it; to be called once
   */
  record Lease(Database database, Runnable release) {}
}
