package io.calcitewasm.udf.instance;

import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What calls of one module version need: its linked component, its functions with their converters,
 * its limits, and the count of its instances.
 */
public final class ModuleRuntime {
  private final String name;
  private final String version;
  private final LinkedComponent linked;
  private final Optional<OnLoad> onLoad;
  private final HostServices services;
  private final List<Grant> grants;
  private final Limits limits;
  private final InstanceGate gate;
  private final Map<SqlFunction, BoundFunction> functions = new IdentityHashMap<>();

  /**
   * Prepares a version for calls; nothing is run.
   *
   * @param name the module's name
   * @param version what tells the version apart in messages
   * @param linked the linked component
   * @param functions its functions; those without SQL form are passed over
   * @param services where its user data comes from
   * @param grants what it was granted
   * @param limits what it may use
   * @throws IllegalArgumentException if it exports {@code lifecycle} with another type than the
   *     contract's
   */
  public ModuleRuntime(
      String name,
      String version,
      LinkedComponent linked,
      List<SqlFunction> functions,
      HostServices services,
      List<Grant> grants,
      Limits limits) {
    this.name = name;
    this.version = version;
    this.linked = linked;
    this.onLoad = OnLoad.of(linked.component());
    this.services = services;
    this.grants = List.copyOf(grants);
    this.limits = limits;
    this.gate = new InstanceGate(limits.instances());
    for (SqlFunction function : functions) {
      if (function.noSqlForm().isEmpty()) {
        this.functions.put(function, BoundFunction.of(function));
      }
    }
  }

  /** How messages call the version: {@code text 0.1.0}. */
  String label() {
    return name + " " + version;
  }

  Limits limits() {
    return limits;
  }

  InstanceGate gate() {
    return gate;
  }

  LinkedComponent linked() {
    return linked;
  }

  Optional<OnLoad> onLoad() {
    return onLoad;
  }

  HostContext context(StatementContext statement) {
    return services.context(name, version, grants, statement);
  }

  /**
   * The function with its converters.
   *
   * @throws IllegalArgumentException if it is not one of this version, or has no SQL form
   */
  BoundFunction bound(SqlFunction function) {
    BoundFunction bound = functions.get(function);
    if (bound == null) {
      throw new IllegalArgumentException(
          function.longName() + " is no callable function of module " + label());
    }
    return bound;
  }

  /** Instances that may still be made. */
  public int freeInstances() {
    return gate.free();
  }
}
