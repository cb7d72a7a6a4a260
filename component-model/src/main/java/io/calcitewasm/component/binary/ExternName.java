package io.calcitewasm.component.binary;

import java.util.Optional;

/**
 * The name of an import or export with its attributes (Binary.md, {@code nameattributes}).
 * Attributes take no part in linking or type checking.
 *
 * @param text the name as it stands: {@code "slugify"}, {@code "calcite:extension/types@0.1.0"},
 *     {@code "[method]counter.next"}
 * @param implemented the interface that an instance under a plain name implements
 * @param versionSuffix the rest of a version that the name holds in its canonical, shortened form
 * @param externalId an identifier of the outside world
 */
public record ExternName(
    String text,
    Optional<String> implemented,
    Optional<String> versionSuffix,
    Optional<String> externalId) {

  /** A name without attributes. */
  public ExternName(String text) {
    this(text, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
