package io.calcitewasm.component;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A custom section of a component, of a component inside it, or of one of its core modules.
 *
 * @param name the section's name
 * @param content its bytes behind the name
 * @param topLevel whether it stands in the component itself
 * @param offset byte offset of the name in the file
 */
public record CustomSection(String name, byte[] content, boolean topLevel, long offset) {
  public CustomSection {
    content = content.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CustomSection that
        && name.equals(that.name)
        && topLevel == that.topLevel
        && offset == that.offset
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return name + " (" + content.length + " bytes at " + offset + ")";
  }
}
