package io.calcitewasm.jdbc.cli.script;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The module name that a component's file suggests. */
public final class ModuleName {
  private ModuleName() {}

  /** {@code dir/my-geo.component.wasm} suggests {@code my_geo}; some names suggest nothing. */
  public static Optional<String> of(String path) {
    Path file = Path.of(path).getFileName();
    String base = file == null ? "" : file.toString();
    for (String suffix : List.of(".wasm", ".component")) {
      base = base.endsWith(suffix) ? base.substring(0, base.length() - suffix.length()) : base;
    }
    String name = base.replaceAll("[^A-Za-z0-9_]+", "_").toLowerCase(Locale.ROOT);
    return name.matches("[a-z].*") ? Optional.of(name) : Optional.empty();
  }
}
