package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a database lives, and with it who shares it. */
public sealed interface DatabaseLocation {
  /** In memory, for one connection; gone when it closes. */
  record PrivateMemory() implements DatabaseLocation {}

  /**
   * In memory, shared by all connections of the process that say the same name; gone when the last
   * one closes.
   *
   * @param name any name; letter case counts
   */
  record SharedMemory(String name) implements DatabaseLocation {}

  /**
   * In a file, shared by all connections of the process; one process at a time.
   *
   * @param path absolute, without the ending that the store adds
   */
  record DurableFile(Path path) implements DatabaseLocation {}

  /**
   * In a file, shared by processes of this machine: the one that opens it first serves the others,
   * and when it ends another one takes over.
   *
   * @param path absolute, without the ending that the store adds
   */
  record SharedFile(Path path) implements DatabaseLocation {}

  /**
   * A file by its path; a relative one is relative to the process's working directory.
   *
   * @throws SqlError 08001 for a path that cannot name a database
   */
  static DurableFile file(String path) {
    try {
      Path absolute = Path.of(path).toAbsolutePath().normalize();
      // The store's connection string ends a path at a semicolon.
      if (path.isBlank() || absolute.toString().indexOf(';') >= 0) {
        throw new SqlError("08001", "'" + path + "' cannot be the path of a database");
      }
      return new DurableFile(absolute);
    } catch (InvalidPathException e) {
      throw new SqlError("08001", "'" + path + "' is not a path: " + e.getReason(), e);
    }
  }
}
