package io.calcitewasm.udf.module;

import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * Reads component files that have to lie in a folder. What was judged is what is read: from the
 * folder down every part of the path is opened in the one before it and no symbolic link is
 * followed, so that nobody can put another file in its place meanwhile. Where the operating system
 * cannot open files so, the file is compared with what was judged after it was opened.
 */
public final class BucketFile {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private BucketFile() {}

  /**
   * Where a path really leads, symbolic links resolved, if that is in a folder.
   *
   * @param folder without symbolic links
   * @param path absolute
   * @return the real path; empty if there is nothing or it lies outside
   */
  public static Optional<Path> within(Path folder, Path path) {
    try {
      Path real = path.toRealPath();
      return real.startsWith(folder) && !real.equals(folder) ? Optional.of(real) : Optional.empty();
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a file.
   *
   * @param folder a folder, without symbolic links
   * @param real a path in it, as {@link #within} has told it
   * @param named how the user calls it, for messages
   * @throws SqlError 42501 if it is a symbolic link by now, or lies elsewhere; 58P01 if it is gone;
   *     58030 for what is no file and for one that cannot be read; WM001 for one that is too large
   */
  public static byte[] read(Path folder, Path real, String named) {
    String quoted = "'" + GuestText.of(named) + "'";
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      return stream instanceof SecureDirectoryStream<Path> secure
          ? descend(secure, folder.relativize(real), quoted)
          : compared(real, quoted);
    } catch (NoSuchFileException e) {
      throw new SqlError("58P01", "there is no file " + quoted, e);
    } catch (AccessDeniedException e) {
      throw new SqlError("58030", quoted + " may not be read", e);
    } catch (IOException e) {
      throw Files.isSymbolicLink(real)
          ? changed(quoted)
          : new SqlError(
              "58030",
              quoted + " cannot be read: " + GuestText.of(String.valueOf(e.getMessage())),
              e);
    }
  }

  private static byte[] descend(SecureDirectoryStream<Path> folder, Path rest, String quoted)
      throws IOException {
    Path first = rest.getName(0);
    BasicFileAttributes attributes =
        folder
            .getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    if (attributes.isSymbolicLink()) {
      throw changed(quoted);
    }
    if (rest.getNameCount() > 1) {
      try (SecureDirectoryStream<Path> next =
          folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
        return descend(next, rest.subpath(1, rest.getNameCount()), quoted);
      }
    }
    checkFile(attributes, quoted);
    try (SeekableByteChannel channel = folder.newByteChannel(first, READ)) {
      return contents(channel, quoted);
    }
  }

  private static byte[] compared(Path real, String quoted) throws IOException {
    BasicFileAttributes before = attributes(real);
    checkFile(before, quoted);
    try (SeekableByteChannel channel = Files.newByteChannel(real, READ)) {
      byte[] bytes = contents(channel, quoted);
      BasicFileAttributes after = attributes(real);
      boolean same =
          before.fileKey() == null
              ? before.creationTime().equals(after.creationTime())
              : before.fileKey().equals(after.fileKey());
      if (!same || !real.toRealPath().equals(real)) {
        throw changed(quoted);
      }
      return bytes;
    }
  }

  private static BasicFileAttributes attributes(Path real) throws IOException {
    return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void checkFile(BasicFileAttributes attributes, String quoted) {
    if (attributes.isDirectory()) {
      throw new SqlError("58030", quoted + " is a directory, not a component file");
    }
    if (!attributes.isRegularFile()) {
      // Opening a pipe would wait for a writer that may never come.
      throw new SqlError("58030", quoted + " is a pipe or a device, not a component file");
    }
    ModuleFile.checkSize(attributes.size(), quoted);
  }

  private static byte[] contents(SeekableByteChannel channel, String quoted) throws IOException {
    return ModuleFile.contents(Channels.newInputStream(channel), quoted);
  }

  private static SqlError changed(String quoted) {
    return new SqlError("42501", quoted + " became a symbolic link while it was opened");
  }
}
