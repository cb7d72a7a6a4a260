package io.calcitewasm.host.wasi.filesystem;

import io.calcitewasm.host.context.HostMemory;
import io.calcitewasm.host.provision.FileTree.Folder;
import io.calcitewasm.host.provision.FileTree.Node;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** The resource {@code directory-entry-stream}: what lies in a folder, by name. */
final class DirectoryEntries {
  /** What one costs the host. */
  private static final long SIZE = 128;

  private final HostMemory memory;
  private final Iterator<Map.Entry<String, Node>> entries;

  DirectoryEntries(HostMemory memory, Folder folder) {
    memory.take(SIZE);
    this.memory = memory;
    this.entries = folder.children().entrySet().iterator();
  }

  /** The next {@code directory-entry}; empty behind the last one. */
  Optional<Object> next() {
    if (!entries.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<String, Node> entry = entries.next();
    return Optional.of(new Object[] {FilesystemTypes.type(entry.getValue()), entry.getKey()});
  }

  void drop() {
    memory.give(SIZE);
  }
}
