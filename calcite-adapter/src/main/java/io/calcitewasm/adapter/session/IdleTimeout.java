package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.Quantity;
import io.calcitewasm.udf.SqlError;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a transaction of several statements may be left alone that has written something, and so
 * holds others off. The process's operator says the most, by the system property {@code
 * calcitewasm.idleTransactionTimeout}; a connection may ask for less.
 *
 * @param time until it is rolled back; empty for never
 */
public record IdleTimeout(Optional<Duration> time) {
  /** The system property: as the connection's property, {@code 10min} or {@code 0}. */
  public static final String PROPERTY = "calcitewasm.idleTransactionTimeout";

  /** Never. */
  public static final IdleTimeout NEVER = new IdleTimeout(Optional.empty());

  /** Of databases that several connections can open. */
  private static final IdleTimeout SHARED = new IdleTimeout(Optional.of(Duration.ofMinutes(10)));

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Reads what somebody wants.
   *
   * @param name what says so, for messages
   * @param text a time with its unit, up to {@code 24h}; {@code 0} for never
   * @throws SqlError 22023 for anything else
   */
  public static IdleTimeout parse(String name, String text) {
    if (text.strip().equals("0")) {
      return NEVER;
    }
    try {
      return new IdleTimeout(Optional.of(Quantity.time(name, text, LONGEST)));
    } catch (PolicyException e) {
      throw new SqlError(e.sqlState(), e.getMessage() + ", or 0 for never", e);
    }
  }

  /**
   * What holds for a connection.
   *
   * @throws SqlError 08001 if it asks for more than the process allows
   */
  static IdleTimeout of(Optional<IdleTimeout> asked, DatabaseLocation location) {
    String property = System.getProperty(PROPERTY);
    if (property == null || property.isBlank()) {
      boolean alone = location instanceof DatabaseLocation.PrivateMemory;
      return asked.orElse(alone ? NEVER : SHARED);
    }
    IdleTimeout most = parse(PROPERTY, property);
    if (asked.isPresent() && asked.get().isLongerThan(most)) {
      throw new SqlError(
          "08001",
          "this process lets transactions be idle for "
              + most
              + " at most; the connection asks for "
              + asked.get());
    }
    return asked.orElse(most);
  }

  private boolean isLongerThan(IdleTimeout other) {
    return other.time.isPresent() && (time.isEmpty() || time.get().compareTo(other.time.get()) > 0);
  }

  /** In the largest unit that tells it exactly: {@code 10 min}. */
  @Override
  public String toString() {
    if (time.isEmpty()) {
      return "any time";
    }
    long millis = time.get().toMillis();
    return millis % 3_600_000 == 0
        ? millis / 3_600_000 + " h"
        : millis % 60_000 == 0
            ? millis / 60_000 + " min"
            : millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
