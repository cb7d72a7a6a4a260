package io.calcitewasm.component;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes are not a component this runtime accepts. The message is one sentence for a person;
 * offset and section say where the trouble was seen.
 */
public final class InvalidComponentException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int LONGEST_PROBLEM = 1_000;

  private final long offset;
  private final String section;
  private final @Nullable UnsupportedFeature feature;

  /**
   * Describes one defect.
   *
   * @param problem what is wrong, without the place; it may quote the file: control characters are
   *     escaped, and too long a text loses its middle
   * @param offset the byte offset from the start of the file, 0 or more
   * @param section the section's name, e.g. {@code "import section"}, or {@code "header"}
   */
  public InvalidComponentException(String problem, long offset, String section) {
    this(problem, offset, section, null);
  }

  private InvalidComponentException(
      String problem, long offset, String section, @Nullable UnsupportedFeature feature) {
    super(printable(problem) + " (" + section + ", byte offset " + offset + ")");
    this.offset = offset;
    this.section = section;
    this.feature = feature;
  }

  /**
   * The refusal of a feature that this runtime does not have.
   *
   * @param detail the construct that needs it, e.g. {@code return_call}; may be empty
   * @param offset the byte offset from the start of the file, 0 or more
   * @param section the section's name
   */
  public static InvalidComponentException unsupported(
      UnsupportedFeature feature, String detail, long offset, String section) {
    String uses = detail.isEmpty() ? feature.words() : feature.words() + " (" + detail + ")";
    return new InvalidComponentException(
        "it uses " + uses + ", which are not supported", offset, section, feature);
  }

  /** Byte offset from the start of the file. */
  public long offset() {
    return offset;
  }

  /** Name of the section that holds the offset. */
  public String section() {
    return section;
  }

  /** The feature that the runtime does not have; empty if the bytes are plainly invalid. */
  public Optional<UnsupportedFeature> unsupportedFeature() {
    return Optional.ofNullable(feature);
  }

  private static String printable(String text) {
    return text.length() <= LONGEST_PROBLEM
        ? escaped(text)
        : escaped(text.substring(0, LONGEST_PROBLEM / 2))
            + "…"
            + escaped(text.substring(text.length() - LONGEST_PROBLEM / 2));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                escaped.append(String.format("\\u{%x}", c));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
