package io.calcitewasm.host.wasi.filesystem;

import io.calcitewasm.host.provision.FileTree.File;
import io.calcitewasm.host.provision.FileTree.Folder;
import io.calcitewasm.host.provision.FileTree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code descriptor}: a file or folder of the guest's {@link
 * io.calcitewasm.host.provision.FileTree}, which nobody can write to.
 *
 * @param node what it is
 * @param flags {@code descriptor-flags} it was opened with
 */
record Descriptor(Node node, int flags) {

  /** Where a path leads. */
  sealed interface Place {
    /** To something that is there. */
    record There(Node node) implements Place {}

    /** Nowhere, for a reason. */
    enum Nowhere implements Place {
      /** A name in a folder; there is nothing of that name. */
      MISSING,
      /** A name below something that does not exist. */
      MISSING_PARENT,
      /** A name below a file. */
      IN_A_FILE,
      /** Out of the folder: an absolute path, or one that climbs too far. */
      OUTSIDE,
      /** A path with a NUL in it. */
      MALFORMED
    }
  }

  /**
   * Follows a path from here (wasi-filesystem, "Path resolution"). The empty path leads nowhere, as
   * in POSIX. There are no links, so names are all that is followed.
   */
  Place locate(String path) {
    if (!(node instanceof Folder start)) {
      return Place.Nowhere.IN_A_FILE;
    }
    if (path.indexOf('\0') >= 0) {
      return Place.Nowhere.MALFORMED;
    }
    if (path.startsWith("/")) {
      return Place.Nowhere.OUTSIDE;
    }
    if (path.isEmpty()) {
      return Place.Nowhere.MISSING_PARENT;
    }
    return walk(start, path.split("/"), path.endsWith("/"));
  }

  private static Place walk(Folder start, String[] steps, boolean folderWanted) {
    Deque<Folder> above = new ArrayDeque<>();
    @Nullable Node at = start;
    Folder folder = start;
    for (String step : steps) {
      if (step.isEmpty()) {
        continue;
      }
      switch (at) {
        case null -> {
          return Place.Nowhere.MISSING_PARENT;
        }
        case File ignored -> {
          return Place.Nowhere.IN_A_FILE;
        }
        case Folder here -> folder = here;
      }
      if (step.equals("..")) {
        if (above.isEmpty()) {
          return Place.Nowhere.OUTSIDE;
        }
        at = above.pop();
      } else if (!step.equals(".")) {
        above.push(folder);
        at = folder.child(step);
      }
    }
    if (at == null) {
      return Place.Nowhere.MISSING;
    }
    return folderWanted && at instanceof File ? Place.Nowhere.IN_A_FILE : new Place.There(at);
  }
}
