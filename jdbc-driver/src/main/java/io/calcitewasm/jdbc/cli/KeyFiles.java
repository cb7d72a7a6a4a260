package io.calcitewasm.jdbc.cli;

import io.calcitewasm.policy.sign.Ed25519;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Set;

/**
 * A pair of keys in files: {@code NAME.key} for its owner alone, {@code NAME.pub} for everybody.
 */
final class KeyFiles {
  private static final String PRIVATE = ".key";
  private static final String PUBLIC = ".pub";
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private KeyFiles() {}

  /**
   * Makes a pair of keys.
   *
   * @param name the files' name without ending
   * @return the public key's Base64
   * @throws UsageException if there is such a file already
   */
  static String generate(String name) throws IOException, UsageException {
    KeyPair keys = Ed25519.generate();
    String text = Ed25519.text(keys.getPublic());
    try {
      create(Path.of(name + PRIVATE), Ed25519.pem(keys.getPrivate()), "rw-------");
      create(Path.of(name + PUBLIC), text + "\n", "rw-r--r--");
      return text;
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(e.getFile() + " exists already; keys are not overwritten");
    }
  }

  private static void create(Path path, String text, String permissions) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.newByteChannel(
              path,
              NEW,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))
          .close();
      Files.writeString(path, text);
    } else {
      Files.writeString(path, text, NEW.toArray(OpenOption[]::new));
    }
  }

  /**
   * The private key of a PEM file.
   *
   * @throws UsageException if there is none in it
   */
  static PrivateKey privateKey(Path file) throws IOException, UsageException {
    try {
      return Ed25519.privateKey(read(file));
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + " holds no private key of Ed25519 in PEM (PKCS #8)");
    }
  }

  /**
   * The public key that lies beside a private one.
   *
   * @param file the private key's
   * @throws UsageException if there is none
   */
  static PublicKey publicKeyOf(Path file) throws IOException, UsageException {
    String name = file.toString();
    Path beside =
        Path.of(
            (name.endsWith(PRIVATE) ? name.substring(0, name.length() - PRIVATE.length()) : name)
                + PUBLIC);
    try {
      return Ed25519.publicKey(read(beside));
    } catch (IllegalArgumentException e) {
      throw new UsageException(beside + " holds no public key of Ed25519 in Base64");
    }
  }

  private static String read(Path file) throws IOException, UsageException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file);
    }
  }
}
