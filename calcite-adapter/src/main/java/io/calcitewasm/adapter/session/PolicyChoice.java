package io.calcitewasm.adapter.session;

import io.calcitewasm.policy.rules.PolicySource;
import io.calcitewasm.policy.rules.PolicySource.Denying;
import io.calcitewasm.policy.rules.PolicySource.Embedded;
import io.calcitewasm.policy.rules.PolicySource.PolicyFile;
import io.calcitewasm.udf.SqlError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Under which policy a database is opened. The process's operator comes first, by the system
 * property {@code calcitewasm.policy}; then the connection that opens it; then the default of an
 * embedded database.
 */
public final class PolicyChoice {
  /** The system property: a path, {@code deny} or {@code embedded}. */
  public static final String PROPERTY = "calcitewasm.policy";

  private PolicyChoice() {}

  /**
   * Reads a choice.
   *
   * @param text the path of a file, {@code deny} or {@code embedded}
   * @throws SqlError 22023 if it is no path
   */
  public static PolicySource parse(String text) {
    try {
      return switch (text) {
        case "deny" -> new Denying();
        case "embedded" -> new Embedded();
        default -> new PolicyFile(Path.of(text));
      };
    } catch (InvalidPathException e) {
      throw new SqlError("22023", "policy " + text + " is no path: " + e.getReason(), e);
    }
  }

  /**
   * The policy of a database that is being opened.
   *
   * @throws SqlError 08001 if a connection asks for another than the process's
   */
  public static PolicySource of(Optional<PolicySource> asked) {
    String property = System.getProperty(PROPERTY);
    if (property == null || property.isBlank()) {
      return asked.orElseGet(Embedded::new);
    }
    PolicySource own = parse(property);
    refuseOther(own, asked, "this process has");
    return own;
  }

  /**
   * Agrees silently where a connection asks for what holds, or for nothing.
   *
   * @throws SqlError 08001 if it asks for another
   */
  static void refuseOther(PolicySource held, Optional<PolicySource> asked, String who) {
    if (asked.isPresent() && !asked.get().equals(held)) {
      throw new SqlError(
          "08001",
          who + " the policy " + name(held) + "; the connection asks for " + name(asked.get()));
    }
  }

  private static String name(PolicySource source) {
    return switch (source) {
      case Denying() -> "deny";
      case Embedded() -> "embedded";
      case PolicyFile(Path path) -> path.toString();
    };
  }
}
