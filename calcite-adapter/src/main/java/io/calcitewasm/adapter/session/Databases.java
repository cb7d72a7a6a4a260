package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.policy.rules.PolicySource;
import io.calcitewasm.udf.SqlError;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The databases that are open in this process; each is closed when its last session closes. */
final class Databases {
  private static final Map<DatabaseLocation, Shared> OPEN = new HashMap<>();

  private static final class Shared {
    private final Database database;
    private final PolicySource policy;
    private int sessions;

    Shared(DatabaseLocation location, PolicySource policy) {
      this.database = Database.open(location, policy);
      this.policy = policy;
    }
  }

  private Databases() {}

  /**
   * A database for one session, opened if it is not open yet.
   *
   * @param policy the policy that is asked for
   * @throws io.calcitewasm.udf.SqlError 08001 when it cannot be opened, or is open under another
   *     policy
   */
  static Lease acquire(DatabaseLocation location, Optional<PolicySource> policy) {
    if (location instanceof DatabaseLocation.PrivateMemory) {
      Database database = Database.open(location, PolicyChoice.of(policy));
      return new Lease(database, database::close);
    }
    synchronized (OPEN) {
      refuseOtherForm(location);
      Shared shared = OPEN.get(location);
      if (shared == null) {
        shared = new Shared(location, PolicyChoice.of(policy));
        OPEN.put(location, shared);
      } else {
        PolicyChoice.refuseOther(shared.policy, policy, "the database is open under");
      }
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
