package io.calcitewasm.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/**
 * The guests that ship with this project: example components ({@code "components/text"}) and test
 * fixtures ({@code "fixtures/types"}).
 */
public final class Guests {
  private static final String SUFFIX = ".component.wasm";

  private Guests() {}

  /**
   * The component binary of a guest.
   *
   * @param name {@code components/NAME} or {@code fixtures/NAME}
   * @throws NoSuchElementException if there is no such guest
   */
  public static byte[] bytes(String name) {
    String resource = name + "/" + fileName(name);
    try (InputStream in = Guests.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new NoSuchElementException("no guest " + name + " (" + resource + ")");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /**
   * Writes the component binary of a guest into a folder.
   *
   * @param name as in {@link #bytes}
   * @param folder an existing folder
   * @return the file written, {@code folder/NAME.component.wasm}
   * @throws NoSuchElementException if there is no such guest
   * @throws UncheckedIOException if the file cannot be written
   */
  public static Path copy(String name, Path folder) {
    try {
      return Files.write(folder.resolve(fileName(name)), bytes(name));
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  private static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1) + SUFFIX;
  }
}
