package io.calcitewasm.host.provision;

import io.calcitewasm.component.CustomSection;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.document.Words;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files that are packed with a component: its custom sections {@code calcite-file:/path},
 * whether they stand in the component itself or in a core module of it. They are a part of its
 * bytes, so the component's digest and its signatures are theirs too, and whoever keeps the
 * component keeps them.
 *
 * @param files by absolute path
 */
public record PackedFiles(SortedMap<String, PackedFile> files) {
  /** Names of the sections begin so. */
  public static final String SECTION = "calcite-file:";

  /** Most files of a component. */
  public static final int MOST_FILES = 1_000;

  /** Most bytes of all of them together. */
  public static final long MOST_BYTES = 32L << 20;

  private static final int LONGEST_PATH = 1_024;

  private static final Pattern PATH = Pattern.compile("(?:/[^/\\\\]+)+");

  /** No files. */
  public static final PackedFiles NONE = new PackedFiles(new TreeMap<>());

  public PackedFiles {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * One file.
   *
   * @param path absolute
   * @param content its bytes; not to be changed
   * @param digest {@code sha256:} and 64 hexadecimal digits
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares contents.
  public record PackedFile(String path, byte[] content, String digest) {
    static PackedFile of(String path, byte[] content) {
      return new PackedFile(path, content, "sha256:" + HexFormat.of().formatHex(sha256(content)));
    }
  }

  /**
   * Those among the sections of a component.
   *
   * @throws PolicyException WM001 for a path that makes no sense or is there twice, for a file that
   *     is another's folder, and for too many or too large ones
   */
  public static PackedFiles of(Collection<CustomSection> sections) {
    List<CustomSection> files =
        sections.stream().filter(section -> section.name().startsWith(SECTION)).toList();
    if (files.size() > MOST_FILES) {
      throw new PolicyException(
          "WM001", "the component has " + files.size() + " files, at most " + MOST_FILES);
    }
    SortedMap<String, PackedFile> byPath = new TreeMap<>();
    long bytes = 0;
    for (CustomSection section : files) {
      String path = path(section.name().substring(SECTION.length()));
      byte[] content = section.content();
      bytes += content.length;
      if (bytes > MOST_BYTES) {
        throw new PolicyException(
            "WM001", "the component's files are larger than " + (MOST_BYTES >> 20) + " MB");
      }
      if (byPath.put(path, PackedFile.of(path, content)) != null) {
        throw new PolicyException("WM001", "the component has two files " + Words.quote(path));
      }
    }
    for (String path : byPath.keySet()) {
      if (!byPath.subMap(path + "/", path + "0").isEmpty()) {
        throw new PolicyException(
            "WM001", "the component's file " + Words.quote(path) + " is a folder too");
      }
    }
    return new PackedFiles(byPath);
  }

  private static String path(String path) {
    boolean sensible =
        path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH
            && PATH.matcher(path).matches()
            && path.codePoints().noneMatch(Words::isControl);
    if (sensible) {
      for (String name : path.substring(1).split("/", -1)) {
        sensible &= !name.equals(".") && !name.equals("..");
      }
    }
    if (!sensible) {
      throw new PolicyException(
          "WM001",
          "section "
              + Words.quote(SECTION + path)
              + " names no file: a path is absolute, without '.', '..', '\\' and control"
              + " characters, and has at most "
              + LONGEST_PATH
              + " bytes");
    }
    return path;
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
