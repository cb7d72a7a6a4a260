package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a component may be installed: imports ⊆ declared, required ⊆ granted, and somebody here
 * serves what it imports (docs/security.md).
 */
public final class Admission {
  /** The packages of WASI 0.2 that always link. */
  private static final Set<String> WASI_BASE =
      Set.of(
          "wasi:io",
          "wasi:cli",
          "wasi:clocks",
          "wasi:random",
          "wasi:filesystem",
          "wasi:sockets",
          "wasi:http");

  private final Set<Capability> served;

  /**
   * The judge of one host.
   *
   * @param served the capabilities whose services exist there
   */
  public Admission(Collection<Capability> served) {
    EnumSet<Capability> all = EnumSet.of(Capability.LOGGING);
    all.addAll(served);
    this.served = all;
  }

  /**
   * Something that a component imports.
   *
   * @param name its extern name, e.g. {@code calcite:extension/kv@0.1.0}
   * @param typesOnly whether it holds nothing but types, so that nobody has to serve it
   */
  public record Import(String name, boolean typesOnly) {}

  /**
   * Agrees silently or refuses.
   *
   * @throws PolicyException 42501 for a capability that is not declared or not granted; WM002 for a
   *     contract or an interface that nobody here serves; 0A000 for a grant of a capability that
   *     has no service here, and of the host's files; 22023 for a capability granted twice, and for
   *     writing to what is packed with the module
   */
  public void check(Manifest manifest, Collection<Import> imports, List<Grant> grants) {
    contract(manifest.contract());
    Set<Capability> granted = granted(grants);
    for (Import imported : imports) {
      imported(imported, manifest);
    }
    for (Manifest.Request request : manifest.needs()) {
      required(request, granted, grants);
    }
    for (Capability capability : granted) {
      if (!served.contains(capability)) {
        throw new PolicyException(
            "0A000", "capability " + capability.sqlName() + " is not available in this version");
      }
    }
    FileMount.of(grants).forEach(Admission::mounted);
  }

  /** What is packed with a module can be read; the host's own files are not served. */
  private static void mounted(FileMount mount) {
    if (!mount.packed()) {
      throw new PolicyException(
          "0A000",
          "files of the host ("
              + Words.quote(mount.source())
              + ") are not available to modules in this version; what is packed with a module is,"
              + " as 'module:/…'");
    }
    if (mount.writable()) {
      throw new PolicyException(
          "22023",
          "what is packed with a module ("
              + Words.quote(mount.source())
              + ") can be read, not written");
    }
  }

  /**
   * What a module gets of what an operator grants: a capability granted without scope is granted as
   * the manifest asks for it, where the manifest says what for.
   */
  public static List<Grant> asAsked(Manifest manifest, List<Grant> grants) {
    List<Grant> given = new ArrayList<>();
    for (Grant grant : grants) {
      List<Grant> asked = manifest.requests(grant.capability());
      boolean narrower =
          grant.scope().isEmpty()
              && !asked.isEmpty()
              && asked.stream().noneMatch(request -> request.scope().isEmpty());
      if (narrower) {
        given.addAll(asked.stream().distinct().toList());
      } else {
        given.add(grant);
      }
    }
    return List.copyOf(given);
  }

  /** Several grants of a capability add up, so each has to have a scope of its own. */
  private static Set<Capability> granted(List<Grant> grants) {
    Set<Capability> granted = EnumSet.noneOf(Capability.class);
    for (Grant grant : grants) {
      boolean twice =
          !granted.add(grant.capability())
              && grants.stream()
                  .filter(other -> other.capability() == grant.capability())
                  .anyMatch(other -> other.scope().isEmpty());
      if (twice) {
        throw new PolicyException(
            "22023", "capability " + grant.capability().sqlName() + " is granted twice");
      }
    }
    return granted;
  }

  private static void contract(String contract) {
    if (contract.isEmpty()) {
      return;
    }
    String version = contract.substring(contract.indexOf('@') + 1);
    boolean ours = !contract.contains("@") || contract.startsWith(InterfaceName.CONTRACT + "@");
    if (!ours || !InterfaceName.servesContract(version)) {
      throw new PolicyException(
          "WM002",
          "the component was made for contract "
              + Words.quote(contract)
              + "; served here is calcite:extension 0.1");
    }
  }

  private static void imported(Import imported, Manifest manifest) {
    Optional<InterfaceName> parsed = InterfaceName.parse(imported.name());
    if (parsed.isPresent() && parsed.get().isContract()) {
      contractImport(imported, parsed.get(), manifest);
      return;
    }
    boolean base =
        parsed.filter(InterfaceName::isWasi02).map(InterfaceName::packageName).isPresent()
            && WASI_BASE.contains(parsed.get().packageName());
    if (!base && !imported.typesOnly()) {
      throw new PolicyException(
          "WM002",
          "the component imports " + Words.quote(imported.name()) + ", which nobody here serves");
    }
  }

  private static void contractImport(Import imported, InterfaceName name, Manifest manifest) {
    if (!name.isServedContract()) {
      throw new PolicyException(
          "WM002",
          "the component imports "
              + Words.quote(imported.name())
              + " of a contract that is not served here; served is calcite:extension 0.1");
    }
    if (name.name().equals("types")) {
      return;
    }
    Capability capability =
        Capability.ofInterface(name.name())
            .orElseThrow(
                () ->
                    new PolicyException(
                        "WM002",
                        "the component imports "
                            + Words.quote(imported.name())
                            + ", which nobody here serves"));
    if (!capability.isFree() && !manifest.declares(capability)) {
      throw new PolicyException(
          "42501",
          "the component imports "
              + Words.quote(imported.name())
              + " without declaring it: its manifest must name the capability "
              + capability.sqlName());
    }
  }

  private void required(Manifest.Request request, Set<Capability> granted, List<Grant> grants) {
    Grant needed =
        request
            .grant()
            .orElseThrow(
                () ->
                    new PolicyException(
                        "WM002",
                        "the component requires the capability "
                            + Words.quote(request.name())
                            + ", which nobody here serves"));
    Capability capability = needed.capability();
    if (capability.isFree()) {
      return;
    }
    if (!granted.contains(capability)) {
      throw new PolicyException(
          "42501",
          "the component requires the capability "
              + needed
              + (served.contains(capability)
                  ? ", which is not granted: add GRANT (" + needed + ")"
                  : ", which is not available in this version"));
    }
    Optional<Grant> missing = Grant.excess(needed, grants);
    if (missing.isPresent()) {
      throw new PolicyException(
          "42501",
          "the component requires the capability "
              + needed
              + ", and what is granted does not reach to "
              + missing.get());
    }
  }
}
