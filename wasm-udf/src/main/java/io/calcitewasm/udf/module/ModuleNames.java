package io.calcitewasm.udf.module;

import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names modules may have. */
final class ModuleNames {
  private static final Pattern SHAPE = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_$-]{0,127}");

  /** Schemas that every catalogue has. */
  private static final Set<String> RESERVED = Set.of("wasm", "information_schema", "metadata");

  private ModuleNames() {}

  /**
   * Checks a name.
   *
   * @throws SqlError 42602 for one of another shape, 42939 for a reserved one
   */
  static void check(String name) {
    if (!SHAPE.matcher(name).matches()) {
      throw new SqlError(
          "42602",
          GuestText.quote(name)
              + " cannot be a module's name: it is made of letters, digits, '_', '-' and '$',"
              + " begins with a letter or '_' and has at most 128 characters");
    }
    if (RESERVED.stream().anyMatch(name::equalsIgnoreCase)) {
      throw new SqlError("42939", "the name " + name + " is reserved");
    }
  }
}
