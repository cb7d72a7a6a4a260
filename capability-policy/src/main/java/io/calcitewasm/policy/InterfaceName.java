package io.calcitewasm.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a WIT interface (Explainer.md, {@code interfacename}): {@code ns:package/name@1.2.3}.
 *
 * @param packageName {@code ns:package}, nested namespaces included
 * @param name the interface
 * @param version the version as written, {@code ""} without
 */
public record InterfaceName(String packageName, String name, String version) {
  /** The package of the guest contract. */
  public static final String CONTRACT = "calcite:extension";

  private static final Pattern SHAPE =
      Pattern.compile("([^/@<>=]+(?::[^/@<>=]+)+)/([^@<>=]+)(?:@([0-9A-Za-z.+-]+))?");

  private static final Pattern CONTRACT_TRACK = Pattern.compile("0\\.1\\.[0-9]+");
  private static final Pattern WASI_TRACK = Pattern.compile("0\\.2\\.[0-9]+");

  /** Takes a name apart; empty when it is a plain name or another kind of extern name. */
  public static Optional<InterfaceName> parse(String externName) {
    Matcher m = SHAPE.matcher(externName);
    return m.matches()
        ? Optional.of(
            new InterfaceName(m.group(1), m.group(2), m.group(3) == null ? "" : m.group(3)))
        : Optional.empty();
  }

  /** Whether this is an interface of the guest contract, of any version. */
  public boolean isContract() {
    return packageName.equals(CONTRACT);
  }

  /** Whether this is an interface of the guest contract in a version served here. */
  public boolean isServedContract() {
    return isContract() && servesContract(version);
  }

  /** Whether this is an interface of WASI, of any version. */
  public boolean isWasi() {
    return packageName.startsWith("wasi:");
  }

  /** Whether this is an interface of a WASI 0.2 release. */
  public boolean isWasi02() {
    return isWasi() && WASI_TRACK.matcher(version).matches();
  }

  /** Whether a version of the contract is served here. */
  static boolean servesContract(String version) {
    return CONTRACT_TRACK.matcher(version).matches();
  }
}
