package io.calcitewasm.udf.module;

import io.calcitewasm.component.Caps;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Component files, named by {@code CREATE MODULE … FROM}. */
public final class ModuleFile {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private ModuleFile() {}

  /**
   * Reads a component file.
   *
   * @param source a path, relative to the process's working directory, or a {@code file:} URI
   * @throws SqlError 58P01 for a file that does not exist; 58030 for a directory, for a pipe or
   *     device, and for one that cannot be read; WM001 for one that is too large; 0A000 for another
   *     kind of URI; 22023 for something that is no path
   */
  public static byte[] read(String source) {
    if (source.isBlank()) {
      throw new SqlError("22023", "FROM " + quoted(source) + " names no file");
    }
    Path path = path(source);
    if (Files.isDirectory(path)) {
      throw new SqlError("58030", quoted(source) + " is a directory, not a component file");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // Opening a pipe would wait for a writer that may never come.
      throw new SqlError("58030", quoted(source) + " is a pipe or a device, not a component file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      checkSize(Files.size(path), quoted(source));
      return contents(in, quoted(source));
    } catch (NoSuchFileException e) {
      throw new SqlError("58P01", "there is no file " + quoted(source) + resolved(path), e);
    } catch (AccessDeniedException e) {
      throw new SqlError("58030", quoted(source) + " may not be read", e);
    } catch (IOException e) {
      throw new SqlError(
          "58030",
          quoted(source) + " cannot be read: " + GuestText.of(String.valueOf(e.getMessage())),
          e);
    }
  }

  /**
   * Refuses a file that is too large, before anything of it is read.
   *
   * @throws SqlError WM001
   */
  static void checkSize(long bytes, String quoted) {
    if (bytes > Caps.DEFAULT.fileBytes()) {
      throw new SqlError(
          "WM001", quoted + " is larger than " + (Caps.DEFAULT.fileBytes() >> 20) + " MB");
    }
  }

  /**
   * All bytes of a file, which may grow while it is read.
   *
   * @throws SqlError WM001 where there are too many
   */
  static byte[] contents(InputStream in, String quoted) throws IOException {
    byte[] bytes = in.readNBytes(Caps.DEFAULT.fileBytes() + 1);
    checkSize(bytes.length, quoted);
    return bytes;
  }

  private static Path path(String source) {
    try {
      if (!SCHEME.matcher(source).matches() || Files.exists(Path.of(source))) {
        return Path.of(source);
      }
      URI uri = new URI(source);
      if (!"file".equalsIgnoreCase(uri.getScheme())) {
        throw new SqlError(
            "0A000", quoted(source) + " cannot be loaded: only paths and file: URIs can");
      }
      return Path.of(uri);
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw new SqlError("22023", quoted(source) + " is neither a path nor a file: URI", e);
    }
  }

  private static String resolved(Path path) {
    return path.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath();
  }

  private static String quoted(String source) {
    return "'" + GuestText.of(source) + "'";
  }
}
