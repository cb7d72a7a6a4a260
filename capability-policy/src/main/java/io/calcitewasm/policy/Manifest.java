package io.calcitewasm.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a component says of itself: the static JSON section {@code calcite-manifest}. Texts are
 * {@code ""} where it says nothing.
 *
 * @param name the component's name
 * @param version its version
 * @param organisation who made it
 * @param contract the version of {@code calcite:extension} it was made for
 * @param documentation what it does
 * @param licence under which licence
 * @param functions what is said of functions, by WIT name or {@code interface#name}
 * @param required names of capabilities without which it is not to be installed
 * @param optional names of capabilities it can do without
 * @param limits limits it asks for, as {@link Limits#with} takes them
 */
public record Manifest(
    String name,
    String version,
    String organisation,
    String contract,
    String documentation,
    String licence,
    Map<String, FunctionNotes> functions,
    Set<String> required,
    Set<String> optional,
    Map<String, Object> limits) {

  /** Name of the custom section. */
  public static final String SECTION = "calcite-manifest";

  /** The manifest of a component that brings none. */
  public static final Manifest EMPTY =
      new Manifest("", "", "", "", "", "", Map.of(), Set.of(), Set.of(), Map.of());

  public Manifest {
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
    optional = Collections.unmodifiableSet(new LinkedHashSet<>(optional));
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }

  /**
   * What is said of one function.
   *
   * @param documentation what it does, {@code ""} where nothing is said
   * @param result a precision and scale narrower than the type's, for a decimal result
   */
  public record FunctionNotes(String documentation, Optional<DecimalShape> result) {
    /** Nothing is said. */
    public static final FunctionNotes NONE = new FunctionNotes("", Optional.empty());
  }

  /**
   * Precision and scale of a decimal.
   *
   * @param precision digits, 1 to 38
   * @param scale digits behind the point, 0 to precision
   */
  public record DecimalShape(int precision, int scale) {}

  /**
   * Reads the manifest of a component from its custom sections of the name {@link #SECTION}.
   *
   * @param topLevel contents of those of the component itself
   * @param nested contents of those in its core modules and inner components; they count where the
   *     component itself has none
   * @return {@link #EMPTY} without any section
   * @throws PolicyException WM001 for a duplicate section or one that makes no sense
   */
  public static Manifest read(List<byte[]> topLevel, List<byte[]> nested) {
    List<byte[]> sections = topLevel.isEmpty() ? nested : topLevel;
    if (sections.size() > 1) {
      throw new PolicyException(
          "WM001", "the component has " + sections.size() + " sections " + SECTION + ", not one");
    }
    return sections.isEmpty() ? EMPTY : parse(sections.getFirst());
  }

  /**
   * Parses one manifest.
   *
   * @param json the section's content, UTF-8
   * @throws PolicyException WM001 when it makes no sense
   */
  public static Manifest parse(byte[] json) {
    return new ManifestReader().read(json);
  }

  /**
   * What is said of a function: by {@code interface#name}, else by its name.
   *
   * @param interfaceName the interface's extern name, {@code ""} for the root
   * @param function its WIT name
   */
  public FunctionNotes notes(String interfaceName, String function) {
    String shortName =
        InterfaceName.parse(interfaceName).map(InterfaceName::name).orElse(interfaceName);
    for (String key :
        List.of(interfaceName + "#" + function, shortName + "#" + function, function)) {
      FunctionNotes notes = functions.get(key);
      if (notes != null) {
        return notes;
      }
    }
    return FunctionNotes.NONE;
  }

  /** Whether the component declares the capability, required or optional. */
  public boolean declares(Capability capability) {
    return names(required, capability) || names(optional, capability);
  }

  private static boolean names(Set<String> declared, Capability capability) {
    return declared.stream()
        .anyMatch(name -> Capability.named(name).filter(capability::equals).isPresent());
  }
}
