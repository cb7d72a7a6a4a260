package io.calcitewasm.component;

/** A valid component cannot be linked: an import nobody serves, or one served with another type. */
public final class LinkException extends Exception {
  private static final long serialVersionUID = 1;

  private final String importName;

  /**
   * Describes one import that cannot be satisfied.
   *
   * @param importName the component's import, as it stands in the file
   * @param problem what is wrong with it
   */
  public LinkException(String importName, String problem) {
    super("import \"" + importName + "\": " + problem);
    this.importName = importName;
  }

  /** The import that cannot be satisfied. */
  public String importName() {
    return importName;
  }
}
