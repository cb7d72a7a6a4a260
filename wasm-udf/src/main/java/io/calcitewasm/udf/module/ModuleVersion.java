package io.calcitewasm.udf.module;

import io.calcitewasm.component.Component;
import io.calcitewasm.host.provision.KeyValueScope;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.rules.ModuleRule;
import io.calcitewasm.policy.rules.ModuleWish;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.policy.rules.Verdict;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.Isolations;
import io.calcitewasm.udf.instance.ModuleRuntime;
import io.calcitewasm.udf.signature.Collation;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.trait.FunctionTraits;
import java.util.List;
import java.util.Map;

/** One content of a module, read, judged and linked. Immutable. */
public final class ModuleVersion implements Callee {
  private final String name;
  private final String source;
  private final Component component;
  private final Manifest manifest;
  private final PackedFiles files;
  private final ModuleWish wish;
  private final Verdict verdict;
  private final Isolations isolations;
  private final List<SqlFunction> functions;
  private final Map<SqlFunction, FunctionTraits> traits;
  private final List<Collation> collations;
  private final ModuleRuntime runtime;
  private final long generation;

  ModuleVersion(
      String name,
      String source,
      Component component,
      Manifest manifest,
      PackedFiles files,
      ModuleWish wish,
      Verdict verdict,
      Isolations isolations,
      List<SqlFunction> functions,
      Map<SqlFunction, FunctionTraits> traits,
      ModuleRuntime runtime,
      long generation) {
    this.name = name;
    this.source = source;
    this.component = component;
    this.manifest = manifest;
    this.files = files;
    this.wish = wish;
    this.verdict = verdict;
    this.isolations = isolations;
    this.functions = List.copyOf(functions);
    this.traits = Map.copyOf(traits);
    this.collations = Collation.among(functions);
    this.runtime = runtime;
    this.generation = generation;
  }

  /** The same version as one generation of the registry publishes it. */
  ModuleVersion published(long in) {
    return new ModuleVersion(
        name,
        source,
        component,
        manifest,
        files,
        wish,
        verdict,
        isolations,
        functions,
        traits,
        runtime,
        in);
  }

  /** What messages call a version: the manifest's, else the beginning of its digest. */
  static String label(Manifest manifest, Component component) {
    return manifest.version().isEmpty()
        ? component.sha256().substring(0, "sha256:".length() + 12)
        : manifest.version();
  }

  /** The module's name, as it was created. */
  public String name() {
    return name;
  }

  /** The version that messages name: the manifest's, else the beginning of the digest. */
  public String version() {
    return label(manifest, component);
  }

  /** {@code sha256:} and 64 hexadecimal digits. */
  public String digest() {
    return component.sha256();
  }

  /** Where it came from, for people. */
  public String source() {
    return source;
  }

  /** What it says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** The files that are packed with it. */
  public PackedFiles files() {
    return files;
  }

  /** What it may do with its part of the key-value store. */
  public KeyValueScope keyValues() {
    return runtime.provision().keyValues();
  }

  /** What it may use. */
  public Limits limits() {
    return verdict.limits();
  }

  /** The rule of the policy that allowed it. */
  public ModuleRule rule() {
    return verdict.rule();
  }

  /**
   * Judges it by another policy than the one it was admitted by.
   *
   * @throws PolicyException WM003 or 42501 if that policy does not allow it as it is
   */
  public void judge(Policy policy) {
    Verdict _ = wish.judge(policy, manifest, digest());
  }

  /** How long the state of its functions lives. */
  public Isolations isolations() {
    return isolations;
  }

  /** What it was granted. */
  public List<Grant> grants() {
    return verdict.grants();
  }

  /** All its functions, those without SQL form too, in order of its exports. */
  public List<SqlFunction> functions() {
    return functions;
  }

  /**
   * The functions that a name means.
   *
   * @param function the SQL name, whatever its letter case
   */
  public List<SqlFunction> functions(String function) {
    return functions.stream().filter(f -> f.name().equalsIgnoreCase(function)).toList();
  }

  /**
   * The functions that a long name means.
   *
   * @param schema the sub-schema, whatever its letter case
   * @param function the SQL name, whatever its letter case
   */
  public List<SqlFunction> functions(String schema, String function) {
    return functions(function).stream()
        .filter(f -> !f.schemaName().isEmpty() && f.schemaName().equalsIgnoreCase(schema))
        .toList();
  }

  /**
   * What may be done with calls of a function.
   *
   * @param function one of {@link #functions}, the object itself
   * @throws IllegalArgumentException if it is none of them
   */
  public FunctionTraits traits(SqlFunction function) {
    FunctionTraits known = traits.get(function);
    if (known == null) {
      throw new IllegalArgumentException(function.longName() + " is not of " + this);
    }
    return known;
  }

  /** The orders of texts that it brings. */
  public List<Collation> collations() {
    return collations;
  }

  /**
   * Whether plans made with another version hold for this one: the same functions with the same
   * types under the same names, called on the same terms.
   */
  boolean isInterchangeable(ModuleVersion other) {
    return this == other
        || (runtime == other.runtime
            || (functions.equals(other.functions)
                && traits.equals(other.traits)
                && collations().equals(other.collations())
                && isolations.equals(other.isolations)
                && grants().equals(other.grants())));
  }

  /** The component. */
  public Component component() {
    return component;
  }

  /** The generation of the registry that published it; 0 before. */
  public long generation() {
    return generation;
  }

  @Override
  public ModuleRuntime runtime() {
    return runtime;
  }

  @Override
  public String toString() {
    return "module " + name + " " + version();
  }
}
