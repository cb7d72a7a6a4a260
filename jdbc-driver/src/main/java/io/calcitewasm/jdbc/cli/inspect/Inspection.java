package io.calcitewasm.jdbc.cli.inspect;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.CustomSection;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.InterfaceName;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.udf.module.ComponentManifest;
import io.calcitewasm.udf.signature.SignatureMapper;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a component brings.
 *
 * @param module the name its functions are shown under
 * @param size bytes of the file
 * @param digest {@code sha256:…}
 * @param manifest what it says of itself, or the name {@link Manifest#inferred} where it says
 *     nothing
 * @param functions all functions it exports for SQL, those without SQL form included
 * @param exports what else it exports
 * @param imports what it imports
 * @param files the files that are packed with it
 * @param sections its custom sections, those of the files among them
 */
public record Inspection(
    String module,
    long size,
    String digest,
    Manifest manifest,
    List<SqlFunction> functions,
    List<Extern> exports,
    List<Extern> imports,
    PackedFiles files,
    List<CustomSection> sections) {
  /** CREATE MODULE may grant more memory than by default. */
  private static final Caps WIDE = Caps.DEFAULT.withMemoryBytes(4L << 30);

  /**
   * Something imported or exported.
   *
   * @param name its extern name, e.g. {@code calcite:extension/logging@0.1.0}
   * @param kind function, interface, type, resource, component or core module
   * @param members names of the functions of an interface
   * @param capability the capability that an imported interface needs
   */
  public record Extern(
      String name, String kind, List<String> members, Optional<Capability> capability) {}

  /**
   * Reads a component.
   *
   * @param module the name to show its functions under
   * @throws InvalidComponentException if it is none
   * @throws io.calcitewasm.policy.PolicyException WM001 if its manifest or its files make no sense
   */
  public static Inspection of(String module, byte[] bytes) throws InvalidComponentException {
    Component component = Component.read(bytes, WIDE);
    Manifest manifest = ComponentManifest.of(component);
    List<SqlFunction> functions = SignatureMapper.functions(module, component.exports(), manifest);
    return new Inspection(
        module,
        component.size(),
        component.sha256(),
        manifest,
        functions,
        externs(component.exports()).stream().filter(e -> !hasFunctions(e, functions)).toList(),
        externs(component.imports()),
        PackedFiles.of(component.customSections()),
        component.customSections());
  }

  /** Capabilities without which the component is refused. */
  public List<Capability> required() {
    return capabilities(manifest.required());
  }

  private static List<Capability> capabilities(Iterable<String> names) {
    List<Capability> known = new java.util.ArrayList<>();
    names.forEach(name -> Capability.named(name).ifPresent(known::add));
    return known;
  }

  /** Whether the component brings a manifest. */
  boolean hasManifest() {
    return sections.stream().anyMatch(section -> section.name().equals(Manifest.SECTION));
  }

  private static boolean hasFunctions(Extern export, List<SqlFunction> functions) {
    return functions.stream()
        .anyMatch(
            f ->
                f.interfaceName().isEmpty()
                    ? f.witName().equals(export.name())
                    : f.interfaceName().equals(export.name()));
  }

  private static List<Extern> externs(Map<String, ExternType> externs) {
    return externs.entrySet().stream()
        .map(
            e ->
                new Extern(
                    e.getKey(), kind(e.getValue()), members(e.getValue()), needs(e.getKey())))
        .toList();
  }

  private static Optional<Capability> needs(String externName) {
    return InterfaceName.parse(externName)
        .filter(InterfaceName::isContract)
        .flatMap(name -> Capability.ofInterface(name.name()));
  }

  private static String kind(ExternType type) {
    return switch (type) {
      case ExternType.Func _ -> "function";
      case ExternType.Instance _ -> "interface";
      case ExternType.Type _ -> "type";
      case ExternType.Resource _ -> "resource";
      case ExternType.Component _ -> "component";
      case ExternType.CoreModule _ -> "core module";
    };
  }

  private static List<String> members(ExternType type) {
    return type instanceof ExternType.Instance instance
        ? instance.exports().entrySet().stream()
            .filter(e -> e.getValue() instanceof ExternType.Func)
            .map(Map.Entry::getKey)
            .collect(Collectors.toList())
        : List.of();
  }
}
