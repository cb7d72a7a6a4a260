package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.instance.Canary.Outcome;
import io.calcitewasm.udf.signature.SqlFunction;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a canary has found out about one function. */
public final class CanaryRecord {
  private static final int SHOWN = 200;

  private final SqlFunction function;
  private final @Nullable SqlFunction twin;
  private final Share share;
  private long calls;
  private long equal;
  private long different;
  private long failed;
  private long unstable;
  private long skipped;
  private long missing;
  private long activeNanos;
  private long triedNanos;
  private @Nullable String firstDifference;

  /**
   * Nothing is known yet.
   *
   * @param function the active version's
   * @param twin the tried version's, null if there is none
   * @param fraction the share of its calls that are compared
   */
  CanaryRecord(SqlFunction function, @Nullable SqlFunction twin, double fraction) {
    this.function = function;
    this.twin = twin;
    this.share = new Share(fraction);
  }

  /**
   * What was found.
   *
   * @param function the active version's function
   * @param calls calls that were compared; of an aggregate, groups
   * @param equal of these, those with equal values, or with errors of the same SQLSTATE
   * @param different those with other values
   * @param failed those that only one of the versions has answered
   * @param unstable those that the active version itself has not answered alike twice
   * @param skipped calls that were not compared since too many were in line
   * @param missing calls of a function that the tried version has not with these types
   * @param activeNanos time of the compared calls in the active version, each called alone
   * @param triedNanos time of the same calls in the tried version
   * @param firstDifference arguments and both outcomes of the first one that was not equal
   */
  public record Report(
      SqlFunction function,
      long calls,
      long equal,
      long different,
      long failed,
      long unstable,
      long skipped,
      long missing,
      long activeNanos,
      long triedNanos,
      @Nullable String firstDifference) {}

  SqlFunction function() {
    return function;
  }

  @Nullable SqlFunction twin() {
    return twin;
  }

  /** Which calls are compared. */
  Share share() {
    return share;
  }

  synchronized void skipped() {
    skipped++;
  }

  synchronized void missing() {
    missing++;
  }

  /** Takes note of how long something took in the active version, and in the tried one. */
  synchronized void took(long nanosOfActive, long nanosOfTried) {
    calls++;
    activeNanos += nanosOfActive;
    triedNanos += nanosOfTried;
  }

  /** Both versions have come to the same. */
  synchronized void equal() {
    equal++;
  }

  /** The active version itself does not come to the same twice. */
  synchronized void unstable() {
    unstable++;
  }

  /** The versions do not come to the same. */
  synchronized void different(Replay replay, Outcome active, Outcome tried) {
    if (active.error() == null && tried.error() == null) {
      different++;
    } else {
      failed++;
    }
    if (firstDifference == null) {
      firstDifference =
          replay.told(SHOWN) + " -> " + told(replay, active) + ", now " + told(replay, tried);
    }
  }

  synchronized Report report() {
    return new Report(
        function,
        calls,
        equal,
        different,
        failed,
        unstable,
        skipped,
        missing,
        activeNanos,
        triedNanos,
        firstDifference);
  }

  static boolean same(Outcome one, Outcome other) {
    if (one.error() != null && other.error() != null) {
      return one.error().sqlState().equals(other.error().sqlState());
    }
    return one.error() == null && other.error() == null && equal(one.value(), other.value());
  }

  /** Equal values, whatever the scale of a decimal and the class of a list. */
  static boolean equal(@Nullable Object one, @Nullable Object other) {
    return switch (one) {
      case null -> other == null;
      case BigDecimal number -> other instanceof BigDecimal n && number.compareTo(n) == 0;
      case byte[] bytes -> other instanceof byte[] b && Arrays.equals(bytes, b);
      case Object[] values ->
          other instanceof Object[] v && equal(Arrays.asList(values), Arrays.asList(v));
      case List<?> values -> {
        if (!(other instanceof List<?> others) || values.size() != others.size()) {
          yield false;
        }
        Iterator<?> next = others.iterator();
        boolean all = true;
        for (Object value : values) {
          all &= equal(value, next.next());
        }
        yield all;
      }
      default -> one.equals(other);
    };
  }

  private static String told(Replay replay, Outcome outcome) {
    if (outcome.error() == null) {
      return replay.told(outcome.value(), SHOWN);
    }
    String words = outcome.error().getMessage();
    return outcome.error().sqlState()
        + " "
        + (words.length() > SHOWN ? words.substring(0, SHOWN) + "…" : words);
  }
}
