package io.calcitewasm.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A folder or file that a grant of {@code filesystem} shows to a guest.
 *
 * @param source absolute where it comes from
 * @param target absolute in what the guest sees
 * @param packed whether it comes from the files that are packed with the module, not from the host
 * @param writable whether the guest may write
 */
public record FileMount(String source, String target, boolean packed, boolean writable) {

  /**
   * What a grant shows. One without scope shows the packed files, where they are.
   *
   * @param grant one of {@code filesystem}
   */
  static List<FileMount> of(Grant grant) {
    if (grant.scope().isEmpty()) {
      return List.of(new FileMount("/", "/", true, false));
    }
    List<FileMount> mounts = new ArrayList<>();
    grant
        .scope()
        .forEach((key, values) -> values.forEach(v -> mounts.add(mount(v, key == ScopeKey.WRITE))));
    return List.copyOf(mounts);
  }

  /** What several grants show; those of other capabilities show nothing. */
  public static List<FileMount> of(Iterable<Grant> grants) {
    List<FileMount> mounts = new ArrayList<>();
    for (Grant grant : grants) {
      if (grant.capability() == Capability.FILESYSTEM) {
        mounts.addAll(of(grant));
      }
    }
    return List.copyOf(mounts);
  }

  private static FileMount mount(String text, boolean writable) {
    if (text.equals("*")) {
      return new FileMount("/", "/", false, writable);
    }
    ScopeTerm.Mount mount = ScopeTerm.Mount.of(text);
    String source = mount.source();
    boolean packed = source.startsWith(ScopeTerm.Mount.PACKED);
    return new FileMount(
        packed ? source.substring(ScopeTerm.Mount.PACKED.length()) : source,
        mount.target(),
        packed,
        writable);
  }
}
