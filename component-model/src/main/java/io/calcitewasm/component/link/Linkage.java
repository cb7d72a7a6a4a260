package io.calcitewasm.component.link;

import io.calcitewasm.component.HostCall;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.Linker;
import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.ParsedComponent;
import io.calcitewasm.component.binary.core.Recursion;
import io.calcitewasm.component.core.CoreStore;
import io.calcitewasm.component.model.ExternType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A component whose imports are served and whose instantiation is planned. Threads may share it.
 */
public final class Linkage {
  private final LinkPlan plan;
  private final EffectAnalysis analysis;
  private final List<Recursion> recursions;

  private Linkage(LinkPlan plan) {
    this.plan = plan;
    ComponentCode code = new ComponentCode(plan);
    this.analysis = new EffectAnalysis(code);
    this.recursions = RecursionAnalysis.of(code);
  }

  /**
   * Links a validated component.
   *
   * @param imports the types of what it imports
   * @param link finds the bytes of one of its core modules
   * @throws LinkException if the linker does not offer something that it imports
   * @throws InvalidComponentException if it repeats itself too often
   */
  public static Linkage of(
      ParsedComponent component,
      Map<String, ExternType> imports,
      Function<Definition.CoreModule, LinkedModule> link,
      Linker linker)
      throws LinkException, InvalidComponentException {
    HostImports host = HostImports.resolve(imports, linker);
    return new Linkage(Inliner.plan(component, host.imports(), host.resources(), link));
  }

  /** How often each core module is instantiated. */
  public Map<LinkedModule, Integer> instantiations() {
    Map<LinkedModule, Integer> counts = new IdentityHashMap<>();
    for (LinkPlan.Instantiation instantiation : plan.instantiations()) {
      counts.merge(plan.modules().get(instantiation.module()).module(), 1, Integer::sum);
    }
    return counts;
  }

  /** The core modules that are instantiated, each once. */
  public List<LinkedModule> modules() {
    return plan.modules().stream().map(Def.Module::module).toList();
  }

  /** Which calls can come back to their callers, in the order of {@link #modules()}. */
  public List<Recursion> recursions() {
    return recursions;
  }

  /**
   * An exported function.
   *
   * @param interfaceName the exported instance's name, or {@code ""} for the root
   */
  public Optional<ExportedFunction> function(String interfaceName, String name) {
    Map<String, Def> exports = plan.exports();
    if (!interfaceName.isEmpty()) {
      exports =
          plan.exports().get(interfaceName) instanceof Def.Instance instance
              ? instance.exports()
              : Map.of();
    }
    String fullName = interfaceName.isEmpty() ? name : interfaceName + "#" + name;
    return exports.get(name) instanceof Def.Func function
        ? Optional.of(new ExportedFunction(fullName, function, analysis))
        : Optional.empty();
  }

  /** A core module that the root exports. */
  public Optional<LinkedModule> exportedModule(String name) {
    return plan.exports().get(name) instanceof Def.Module exported
        ? Optional.of(exported.module())
        : Optional.empty();
  }

  /**
   * An instance, not yet started.
   *
   * @param store entered by the calling thread whenever the instance is used
   * @param hostCall what host functions are told about their caller
   * @param owner drops resource handles of the host's
   * @param maxValueBytes most bytes of lists and strings that one call may lift
   */
  public LiveInstance newInstance(
      CoreStore store, HostCall hostCall, ResourceOwner owner, long maxValueBytes) {
    return new LiveInstance(plan, store, hostCall, owner, maxValueBytes);
  }
}
