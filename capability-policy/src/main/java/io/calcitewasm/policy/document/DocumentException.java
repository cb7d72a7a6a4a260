package io.calcitewasm.policy.document;

/** A text that makes no sense, with the field and the place. */
public final class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Place place;

  /**
   * One refusal.
   *
   * @param problem what is wrong, naming the field
   * @param place where
   */
  public DocumentException(String problem, Place place) {
    super(place.line() == 0 ? problem : problem + " (" + place + ")");
    this.place = place;
  }

  /** Where it is wrong. */
  public Place place() {
    return place;
  }
}
