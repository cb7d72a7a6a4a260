package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.PolicyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a policy is read, and read again. */
public sealed interface PolicySource {
  /** The default of an embedded database: everybody may do everything. */
  record Embedded() implements PolicySource {}

  /** The default of a server: nobody may do anything. */
  record Denying() implements PolicySource {}

  /**
   * A YAML file.
   *
   * @param path absolute
   */
  record PolicyFile(Path path) implements PolicySource {
    /** A file by its path, made absolute. */
    public PolicyFile {
      path = path.toAbsolutePath().normalize();
    }
  }

  /**
   * Reads the policy as it is now.
   *
   * @throws PolicyException 22023 with field, line and column for one that makes no sense; 58P01
   *     for a file that is not there, 58030 for one that cannot be read
   */
  default Policy read() {
    return switch (this) {
      case Embedded() -> Policy.embedded();
      case Denying() -> Policy.denying();
      case PolicyFile(Path path) -> PolicyReader.read("policy file " + path, bytes(path));
    };
  }

  private static byte[] bytes(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new PolicyException("58030", "policy file " + path + " is not a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes((1 << 20) + 1);
    } catch (NoSuchFileException e) {
      throw new PolicyException("58P01", "there is no policy file " + path, e);
    } catch (IOException e) {
      throw new PolicyException(
          "58030", "policy file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
