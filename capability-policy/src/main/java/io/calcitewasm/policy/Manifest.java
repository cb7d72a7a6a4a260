package io.calcitewasm.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

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
 * @param traits what it claims of all its functions, as {@link FunctionNotes#traits}
 * @param functions what is said of functions, by WIT name or {@code interface#name}
 * @param needs capabilities without which it is not to be installed
 * @param wishes capabilities it can do without
 * @param limits limits it asks for, as {@link Limits#with} takes them
 */
public record Manifest(
    String name,
    String version,
    String organisation,
    String contract,
    String documentation,
    String licence,
    Set<String> traits,
    Map<String, FunctionNotes> functions,
    List<Request> needs,
    List<Request> wishes,
    Map<String, Object> limits) {

  /** Name of the custom section. */
  public static final String SECTION = "calcite-manifest";

  /** One that says nothing. */
  public static final Manifest EMPTY = named("");

  public Manifest {
    traits = Collections.unmodifiableSet(new LinkedHashSet<>(traits));
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    needs = List.copyOf(needs);
    wishes = List.copyOf(wishes);
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
  }

  /**
   * A capability that a component asks for.
   *
   * @param name its name as written, which may be none that is known here
   * @param grant the capability with the scope asked for; empty for one that is not known here
   * @param reason why, in the component's words
   */
  public record Request(String name, Optional<Grant> grant, String reason) {}

  /**
   * What is said of one function.
   *
   * @param documentation what it does, {@code ""} where nothing is said
   * @param result a precision and scale narrower than the type's, for a decimal result
   * @param kind {@code dynamic-scalar} or {@code dynamic-aggregate} for a function that the
   *     interface of that name answers; {@code ""} where its types tell what it is
   * @param traits what is claimed of it, such as {@code deterministic}; words that are not known
   *     here are among them
   * @param cost what a call costs, where adding two numbers costs 1
   */
  public record FunctionNotes(
      String documentation,
      Optional<DecimalShape> result,
      String kind,
      Set<String> traits,
      OptionalLong cost) {
    /** Nothing is said. */
    public static final FunctionNotes NONE = new FunctionNotes("", Optional.empty());

    public FunctionNotes {
      traits = Collections.unmodifiableSet(new LinkedHashSet<>(traits));
    }

    /** A function that its types tell the kind of. */
    public FunctionNotes(String documentation, Optional<DecimalShape> result) {
      this(documentation, result, "", Set.of(), OptionalLong.empty());
    }
  }

  /** Names of the capabilities without which it is not to be installed. */
  public Set<String> required() {
    return names(needs);
  }

  /** Names of the capabilities that it can do without. */
  public Set<String> optional() {
    return names(wishes);
  }

  private static Set<String> names(List<Request> requests) {
    Set<String> names = new LinkedHashSet<>();
    requests.forEach(request -> names.add(request.name()));
    return names;
  }

  /**
   * Precision and scale of a decimal.
   *
   * @param precision digits, 1 to 38
   * @param scale digits behind the point, 0 to precision
   */
  public record DecimalShape(int precision, int scale) {}

  private static Manifest named(String name) {
    return new Manifest(
        name, "", "", "", "", "", Set.of(), Map.of(), List.of(), List.of(), Map.of());
  }

  /**
   * What is known of a component that brings none: the name of the package that all interfaces are
   * of which it exports, those of the contract and of WASI apart; it has no organisation, no
   * version and no capabilities.
   *
   * @param exports the component's extern names
   */
  public static Manifest inferred(Collection<String> exports) {
    List<String> packages =
        exports.stream()
            .flatMap(export -> InterfaceName.parse(export).stream())
            .filter(interfaceName -> !interfaceName.isContract() && !interfaceName.isWasi())
            .map(InterfaceName::packageName)
            .distinct()
            .toList();
    return packages.size() == 1
        ? named(packages.getFirst().substring(packages.getFirst().lastIndexOf(':') + 1))
        : EMPTY;
  }

  /**
   * Reads the manifest of a component from its custom sections of the name {@link #SECTION}.
   *
   * @param topLevel contents of those of the component itself
   * @param nested contents of those in its core modules and inner components; they count where the
   *     component itself has none
   * @param exports the component's extern names, for one {@link #inferred} where there is no
   *     section
   * @throws PolicyException WM001 for a duplicate section or one that makes no sense
   */
  public static Manifest read(
      List<byte[]> topLevel, List<byte[]> nested, Collection<String> exports) {
    List<byte[]> sections = topLevel.isEmpty() ? nested : topLevel;
    if (sections.size() > 1) {
      throw new PolicyException(
          "WM001", "the component has " + sections.size() + " sections " + SECTION + ", not one");
    }
    return sections.isEmpty() ? inferred(exports) : parse(sections.getFirst());
  }

  /**
   * Parses one manifest.
   *
   * @param json the section's content, UTF-8
   * @throws PolicyException WM001 when it makes no sense
   */
  public static Manifest parse(byte[] json) {
    return ManifestReader.read(json);
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
    return !requests(capability).isEmpty();
  }

  /** What the component asks for of a capability, required or optional, each with its scope. */
  public List<Grant> requests(Capability capability) {
    return Stream.concat(needs.stream(), wishes.stream())
        .flatMap(request -> request.grant().stream())
        .filter(grant -> grant.capability() == capability)
        .toList();
  }
}
