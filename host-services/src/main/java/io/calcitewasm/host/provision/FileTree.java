package io.calcitewasm.host.provision;

import io.calcitewasm.host.provision.PackedFiles.PackedFile;
import io.calcitewasm.policy.FileMount;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files and folders that a guest sees: those of packed files that a grant shows, at the places
 * that it says. There are no links in it, and nothing in it leads to the host's own files.
 *
 * @param root the folder that everything lies in
 */
public record FileTree(Folder root) {

  /** Something in the tree; the same thing is the same object. */
  public sealed interface Node {}

  /** A file. */
  public static final class File implements Node {
    private final PackedFile packed;

    private File(PackedFile packed) {
      this.packed = packed;
    }

    /** Its bytes; not to be changed. */
    public byte[] content() {
      return packed.content();
    }

    /** {@code sha256:} and 64 hexadecimal digits. */
    public String digest() {
      return packed.digest();
    }
  }

  /** A folder. */
  public static final class Folder implements Node {
    private final SortedMap<String, Node> children = new TreeMap<>();

    private Folder() {}

    /** What lies in it, by name. */
    public SortedMap<String, Node> children() {
      return Collections.unmodifiableSortedMap(children);
    }

    /** What lies in it under a name; null if there is nothing. */
    public @Nullable Node child(String name) {
      return children.get(name);
    }
  }

  /**
   * What grants show of packed files. A place that two mounts fill holds what the last one brings.
   *
   * @param packed the files
   * @param mounts what is shown of them where; mounts of the host's files show nothing
   */
  static FileTree of(PackedFiles packed, Collection<FileMount> mounts) {
    Folder root = new Folder();
    for (FileMount mount : mounts) {
      if (mount.packed()) {
        packed.files().values().forEach(file -> show(root, file, mount));
      }
    }
    return new FileTree(root);
  }

  private static void show(Folder root, PackedFile file, FileMount mount) {
    String source = mount.source().equals("/") ? "" : mount.source();
    String target = mount.target().equals("/") ? "" : mount.target();
    if (file.path().equals(source)) {
      put(root, target.isEmpty() ? source : target, file);
    } else if (file.path().startsWith(source + "/")) {
      put(root, target + file.path().substring(source.length()), file);
    }
  }

  private static void put(Folder root, String path, PackedFile file) {
    String[] names = path.substring(1).split("/", -1);
    Folder folder = root;
    for (int i = 0; i < names.length - 1; i++) {
      Node next = folder.children.get(names[i]);
      if (!(next instanceof Folder)) {
        next = new Folder();
        folder.children.put(names[i], next);
      }
      folder = (Folder) next;
    }
    folder.children.put(names[names.length - 1], new File(file));
  }
}
