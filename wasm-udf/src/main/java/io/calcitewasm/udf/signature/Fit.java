package io.calcitewasm.udf.signature;

import io.calcitewasm.udf.signature.SqlType.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How well an argument's type fits a parameter's: smaller is better.
 *
 * @param level exact, by widening or by narrowing
 * @param steps how many types the conversion passes, all arguments added up
 */
public record Fit(Level level, int steps) implements Comparable<Fit> {
  /** No conversion. */
  static final Fit EXACT = new Fit(Level.EXACT, 0);

  private static final Comparator<Fit> ORDER =
      Comparator.comparing(Fit::level).thenComparingInt(Fit::steps);

  /** Kinds of conversion, the best first. */
  public enum Level {
    /** The same type. */
    EXACT,
    /** Every value of the argument's type fits. */
    WIDENING,
    /** Values are checked when the call runs: 22003, for {@code char} 22001. */
    NARROWING
  }

  @Override
  public int compareTo(Fit other) {
    return ORDER.compare(this, other);
  }

  /** Both together: the worse level, the sum of the steps. */
  Fit and(Fit other) {
    Level worse = level.compareTo(other.level) >= 0 ? level : other.level;
    return new Fit(worse, steps + other.steps);
  }

  /** How an argument fits a parameter; empty when it does not. */
  static Optional<Fit> of(ArgType argument, SqlType parameter) {
    return switch (argument) {
      case ArgType.Unknown unknown -> Optional.of(EXACT);
      case ArgType.Other other -> Optional.empty();
      case ArgType.ArrayOf array ->
          parameter instanceof SqlType.ArrayOf wanted
              ? of(array.element(), wanted.element())
              : Optional.empty();
      case ArgType.RowOf row ->
          parameter instanceof SqlType.RowOf wanted ? rows(row, wanted.fields()) : Optional.empty();
      case ArgType.Scalar scalar ->
          parameter instanceof SqlType.Scalar wanted
              ? scalars(scalar.type(), wanted)
              : Optional.empty();
    };
  }

  private static Optional<Fit> rows(ArgType.RowOf row, List<SqlType.RowField> wanted) {
    if (row.fields().size() != wanted.size()) {
      return Optional.empty();
    }
    Fit total = EXACT;
    for (int i = 0; i < wanted.size(); i++) {
      Optional<Fit> fit = of(row.fields().get(i), wanted.get(i).type());
      if (fit.isEmpty()) {
        return Optional.empty();
      }
      total = total.and(fit.get());
    }
    return Optional.of(total);
  }

  private static Optional<Fit> scalars(SqlType.Scalar from, SqlType.Scalar to) {
    if (from.kind().isNumeric() && to.kind().isNumeric()) {
      return numbers(from, to);
    }
    if (isText(from.kind()) && isText(to.kind())) {
      return Optional.of(texts(from, to));
    }
    return from.kind() == to.kind() ? Optional.of(EXACT) : Optional.empty();
  }

  private static Optional<Fit> numbers(SqlType.Scalar from, SqlType.Scalar to) {
    int steps = to.kind().ordinal() - from.kind().ordinal();
    if (steps > 0) {
      return Optional.of(new Fit(Level.WIDENING, steps));
    }
    if (steps == 0) {
      return Optional.of(decimalFits(from, to) ? EXACT : new Fit(Level.NARROWING, 0));
    }
    boolean losesApproximation = !from.kind().isExact() && to.kind().isExact();
    return losesApproximation ? Optional.empty() : Optional.of(new Fit(Level.NARROWING, -steps));
  }

  /** A parameter with a fraction takes arguments with theirs; one without checks them. */
  private static boolean decimalFits(SqlType.Scalar from, SqlType.Scalar to) {
    return from.kind() != Kind.DECIMAL
        || to.scale() > 0
        || (from.scale() == 0 && from.precision() <= to.precision());
  }

  private static Fit texts(SqlType.Scalar from, SqlType.Scalar to) {
    if (to.kind() == Kind.VARCHAR) {
      return from.kind() == Kind.VARCHAR ? EXACT : new Fit(Level.WIDENING, 1);
    }
    return from.kind() == Kind.CHAR && from.precision() == to.precision()
        ? EXACT
        : new Fit(Level.NARROWING, 1);
  }

  private static boolean isText(Kind kind) {
    return kind == Kind.CHAR || kind == Kind.VARCHAR;
  }
}
