package io.calcitewasm.component;

import io.calcitewasm.component.binary.ComponentReader;
import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.ParsedComponent;
import io.calcitewasm.component.binary.core.CoreCaps;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.binary.core.CoreModuleReader;
import io.calcitewasm.component.check.CheckedComponent;
import io.calcitewasm.component.check.ComponentChecker;
import io.calcitewasm.component.link.LinkedModule;
import io.calcitewasm.component.model.ExternType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A valid WebAssembly component. Nothing of it has been run, and nothing of it has been given to
 * the core engine. Immutable.
 */
public final class Component {
  private final byte[] bytes;
  private final ParsedComponent parsed;
  private final Map<Definition.CoreModule, CoreModule> coreModules;
  private final CheckedComponent checked;
  private final Caps caps;
  private final String sha256;

  private Component(
      byte[] bytes,
      ParsedComponent parsed,
      Map<Definition.CoreModule, CoreModule> coreModules,
      CheckedComponent checked,
      Caps caps) {
    this.bytes = bytes;
    this.parsed = parsed;
    this.coreModules = coreModules;
    this.checked = checked;
    this.caps = caps;
    this.sha256 = digest(bytes);
  }

  /**
   * Reads and validates a component within the default caps.
   *
   * @param bytes a component binary; copied
   * @throws InvalidComponentException if the bytes are not a valid synchronous component, or exceed
   *     a cap
   */
  public static Component read(byte[] bytes) throws InvalidComponentException {
    return read(bytes, Caps.DEFAULT);
  }

  /**
   * Reads and validates a component (Binary.md, Explainer.md and CanonicalABI.md of the
   * component-model specification).
   *
   * @param bytes a component binary; copied
   * @param caps what the component may ask for at most
   * @throws InvalidComponentException if the bytes are not a valid synchronous component, or exceed
   *     a cap
   */
  public static Component read(byte[] bytes, Caps caps) throws InvalidComponentException {
    byte[] own = bytes.clone();
    ParsedComponent parsed = ComponentReader.read(own, caps);
    Map<Definition.CoreModule, CoreModule> coreModules = new IdentityHashMap<>();
    readCoreModules(own, parsed, caps, coreModules);
    return new Component(
        own, parsed, coreModules, ComponentChecker.check(parsed, coreModules, caps), caps);
  }

  private static void readCoreModules(
      byte[] bytes, ParsedComponent component, Caps caps, Map<Definition.CoreModule, CoreModule> to)
      throws InvalidComponentException {
    CoreCaps coreCaps = CoreCaps.of(caps);
    for (Definition definition : component.definitions()) {
      if (definition instanceof Definition.CoreModule module) {
        to.put(module, CoreModuleReader.read(bytes, module.start(), module.end(), coreCaps));
      } else if (definition instanceof Definition.NestedComponent nested) {
        readCoreModules(bytes, nested.component(), caps, to);
      }
    }
  }

  /** Types of the imports by extern name, in the order of the file. */
  public Map<String, ExternType> imports() {
    return checked.imports();
  }

  /** Types of the exports by extern name, in the order of the file. */
  public Map<String, ExternType> exports() {
    return checked.exports();
  }

  /**
   * All custom sections: first those of the component itself, then those of nested components and
   * core modules, each in the order of the file. Each call copies them anew.
   */
  public List<CustomSection> customSections() {
    return CustomSections.of(bytes, parsed, coreModules);
  }

  /** SHA-256 of the bytes: {@code "sha256:"} and 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Length of the file in bytes. */
  public long size() {
    return bytes.length;
  }

  /** The caps within which it was read. */
  Caps caps() {
    return caps;
  }

  /** The file as a tree. */
  ParsedComponent parsed() {
    return parsed;
  }

  /** One of the file's core modules, to be linked. */
  LinkedModule linked(Definition.CoreModule module) {
    return new LinkedModule(
        Arrays.copyOfRange(bytes, module.start(), module.end()),
        Objects.requireNonNull(coreModules.get(module)),
        module.start());
  }

  /** What has been read of the core modules; keys are compared by identity. */
  Map<Definition.CoreModule, CoreModule> coreModules() {
    return Collections.unmodifiableMap(coreModules);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
