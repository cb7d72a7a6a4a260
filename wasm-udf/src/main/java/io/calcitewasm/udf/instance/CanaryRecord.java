package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.instance.Canary.Outcome;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.value.SqlText;
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

  CanaryRecord(SqlFunction function, @Nullable SqlFunction twin) {
    this.function = function;
    this.twin = twin;
  }

  /**
   * What was found.
   *
   * @param function the active version's function
   * @param calls calls that were compared
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

  synchronized void skipped() {
    skipped++;
  }

  synchronized void missing() {
    missing++;
  }

  synchronized void compared(
      @Nullable Object[] arguments,
      Outcome active,
      Outcome again,
      Outcome tried,
      long nanosOfActive,
      long nanosOfTried) {
    calls++;
    activeNanos += nanosOfActive;
    triedNanos += nanosOfTried;
    if (same(active, tried)) {
      equal++;
      return;
    }
    if (!same(active, again)) {
      unstable++;
      return;
    }
    if (active.error() == null && tried.error() == null) {
      different++;
    } else {
      failed++;
    }
    if (firstDifference == null) {
      firstDifference = told(arguments) + " -> " + told(active) + ", now " + told(tried);
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

  private String told(@Nullable Object[] arguments) {
    StringBuilder text = new StringBuilder(function.shortName()).append('(');
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ", ")
          .append(SqlText.of(function.parameters().get(i).type(), arguments[i], SHOWN));
    }
    return text.append(')').toString();
  }

  private String told(Outcome outcome) {
    if (outcome.error() != null) {
      String words = outcome.error().getMessage();
      return outcome.error().sqlState()
          + " "
          + (words.length() > SHOWN ? words.substring(0, SHOWN) + "…" : words);
    }
    return SqlText.of(function.result(), outcome.value(), SHOWN);
  }
}
