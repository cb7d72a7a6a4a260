package io.calcitewasm.policy.audit;

import java.time.Instant;

/**
 * Something that an operator wants to know of later. Texts are {@code ""} where there is nothing to
 * say.
 *
 * @param at when it happened
 * @param kind what kind of thing it is
 * @param user who did it, or tried to
 * @param module the module's name
 * @param digest {@code sha256:…} of the module's content
 * @param sqlState of what was refused or stopped
 * @param detail one sentence
 */
public record AuditEvent(
    Instant at,
    Kind kind,
    String user,
    String module,
    String digest,
    String sqlState,
    String detail) {
  private static final int LONGEST = 2_000;

  /** Kinds of events. */
  public enum Kind {
    /** A module was installed. */
    LOAD,
    /** Another version took a module's place. */
    REPLACE,
    /** A module was taken out. */
    DROP,
    /** A module's settings were changed. */
    ALTER,
    /** A capability was granted to a module, or EXECUTE to a role. */
    GRANT,
    /** What was granted was taken back. */
    REVOKE,
    /** Something was refused: 42501 or WM003. */
    DENIAL,
    /** A module was stopped at a limit. */
    LIMIT,
    /** The policy was read. */
    POLICY
  }

  /** Words are cut at 2,000 characters: strangers write some of them. */
  public AuditEvent {
    user = cut(user);
    module = cut(module);
    detail = cut(detail);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
