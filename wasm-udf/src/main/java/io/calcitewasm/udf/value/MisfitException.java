package io.calcitewasm.udf.value;

/**
 * A value cannot cross between SQL and a component. Containers add where it was on the way out;
 * there is no stack trace, because bad input is no bug.
 */
public final class MisfitException extends Exception {
  private static final long serialVersionUID = 1;

  private final String sqlState;
  private final String place;
  private final String problem;

  /**
   * A misfit of the value itself.
   *
   * @param sqlState five characters
   * @param problem what is wrong, as half a sentence
   */
  MisfitException(String sqlState, String problem) {
    this(sqlState, "", problem);
  }

  private MisfitException(String sqlState, String place, String problem) {
    super(place.isEmpty() ? problem : place + ": " + problem, null, false, false);
    this.sqlState = sqlState;
    this.place = place;
    this.problem = problem;
  }

  /** The SQLSTATE, five characters. */
  public String sqlState() {
    return sqlState;
  }

  /** Whether the misfit is inside a container, so that the message begins with a place. */
  public boolean isNested() {
    return !place.isEmpty();
  }

  /** The same misfit, seen from the container around it: {@code element 3, field lat: …}. */
  MisfitException in(String part) {
    return new MisfitException(sqlState, place.isEmpty() ? part : part + ", " + place, problem);
  }
}
