package io.calcitewasm.host.wasi.filesystem;

/**
 * The resource {@code descriptor} for a directory with nothing in it that cannot be written to. All
 * of them are the same directory.
 *
 * @param flags {@code descriptor-flags} it was opened with
 */
record EmptyRoot(int flags) {

  /** Where a path leads, seen from the root. */
  enum Place {
    /** The root itself. */
    ROOT,
    /** A name in the root; there is nothing of that name. */
    MISSING,
    /** A name below something that does not exist. */
    MISSING_PARENT,
    /** Out of the root: an absolute path, or one that climbs too far. */
    OUTSIDE,
    /** Nowhere: a path with a NUL in it. */
    MALFORMED
  }

  /**
   * Follows a path (wasi-filesystem, "Path resolution"). The empty path leads nowhere, as in POSIX.
   */
  static Place locate(String path) {
    if (path.indexOf('\0') >= 0) {
      return Place.MALFORMED;
    }
    if (path.startsWith("/")) {
      return Place.OUTSIDE;
    }
    if (path.isEmpty()) {
      return Place.MISSING_PARENT;
    }
    Place place = Place.ROOT;
    for (String step : path.split("/")) {
      if (step.isEmpty() || (step.equals(".") && place == Place.ROOT)) {
        continue;
      }
      if (place == Place.MISSING) {
        return Place.MISSING_PARENT;
      }
      if (step.equals("..")) {
        return Place.OUTSIDE;
      }
      place = Place.MISSING;
    }
    return place;
  }
}
