package io.calcitewasm.udf.signature;

import io.calcitewasm.policy.InterfaceName;
import java.util.Locale;

/** WIT names as SQL names (docs/sql.md, "Names"). */
public final class SqlNames {
  private SqlNames() {}

  /** {@code to-URL} → {@code to_url}. Names that WIT tells apart stay apart. */
  public static String of(String witName) {
    return witName.replace('-', '_').toLowerCase(Locale.ROOT);
  }

  /** {@code acme:text/text-functions@1.2.0} → {@code text_functions}; {@code ""} for the root. */
  public static String ofInterface(String externName) {
    return of(InterfaceName.parse(externName).map(InterfaceName::name).orElse(externName));
  }
}
