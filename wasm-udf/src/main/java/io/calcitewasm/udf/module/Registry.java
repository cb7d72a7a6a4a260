package io.calcitewasm.udf.module;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.provision.KeyValues;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Canary;
import io.calcitewasm.udf.instance.KeptInstances;
import io.calcitewasm.udf.instance.ModuleRuntime;
import io.calcitewasm.udf.instance.WarmUp;
import io.calcitewasm.udf.instance.Watchdog;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * All modules of one database. Changes are atomic: who looks sees the registry before or after one,
 * and keeps what it saw. For any number of threads.
 */
public final class Registry implements AutoCloseable {
  private final ComponentEngine engine;
  private final HostServices services;
  private final Supplier<Policy> policy;
  private final Watchdog watchdog = new Watchdog();
  private final WarmUp warmUp = new WarmUp();
  private final Replaced replaced = new Replaced();
  private volatile Snapshot current = Snapshot.empty();

  /**
   * An empty registry that allows what an embedded database does.
   *
   * @param engine what runs the modules; not closed with the registry
   * @param services what they may ask of the host
   */
  public Registry(ComponentEngine engine, HostServices services) {
    this(engine, services, Policy::embedded);
  }

  /**
   * An empty registry.
   *
   * @param engine what runs the modules; not closed with the registry
   * @param services what they may ask of the host
   * @param policy what the operator allows at the time
   */
  public Registry(ComponentEngine engine, HostServices services, Supplier<Policy> policy) {
    this.policy = policy;
    this.engine = engine;
    this.services = services;
  }

  /**
   * Reads, judges and links a module. Nothing is published, and nothing of the guest is run.
   *
   * @throws SqlError WM001 for an invalid component, with the byte offset; WM002 for a contract or
   *     interface that nobody here serves; WM003 for another digest and a signature that is wrong
   *     or missing; 42501 for a capability that is not declared or not granted, and what the policy
   *     does not allow; 42602 or 42939 for the name; 22023 for limits and grants that make no sense
   */
  public ModuleVersion prepare(ModuleRequest request) {
    return new Preparation(engine, services, watchdog, warmUp, policy.get(), request).run();
  }

  /**
   * Judges a version by the policy that holds now.
   *
   * @throws SqlError WM003 or 42501 if it does not allow it
   */
  public void judgeAgain(ModuleVersion version) {
    try {
      version.judge(policy.get());
    } catch (PolicyException e) {
      throw new SqlError(e.sqlState(), "module " + version.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Publishes a prepared version.
   *
   * @param orReplace whether it may take the place of a module of the same name
   * @return the snapshot that holds it
   * @throws SqlError 42710 if there is such a module and it may not be replaced
   */
  public Snapshot publish(ModuleVersion version, boolean orReplace) {
    return change(
        before -> {
          if (!orReplace && before.module(version.name()).isPresent()) {
            throw new SqlError(
                "42710",
                "module "
                    + version.name()
                    + " exists already; CREATE OR REPLACE MODULE would replace it");
          }
          return before.with(version);
        });
  }

  /**
   * Takes a module out.
   *
   * @param name its name, whatever its letter case
   * @return the snapshot without it
   * @throws SqlError 42704 if there is none
   */
  public Snapshot drop(String name) {
    return change(
        before -> {
          if (before.module(name).isEmpty()) {
            throw new SqlError("42704", "there is no module " + name);
          }
          return before.without(name);
        });
  }

  /** Publishes all modules at once; versions that are no longer among them are retired. */
  public void publish(Snapshot next) {
    Snapshot _ = change(before -> next);
  }

  private synchronized Snapshot change(UnaryOperator<Snapshot> step) {
    Snapshot before = current;
    Snapshot next = step.apply(before);
    current = next;
    for (ModuleVersion version : before.modules().values()) {
      ModuleRuntime runtime = version.runtime();
      if (next.modules().values().stream().noneMatch(v -> v.runtime() == runtime)) {
        boolean dropped = next.module(version.name()).isEmpty();
        if (dropped) {
          // What it has kept goes; another module of its name is none of its business.
          runtime.revoke(Capability.KV);
        }
        replaced.add(version, !dropped);
        runtime.retire();
      }
    }
    return next;
  }

  /**
   * Runs {@code on-load} of a prepared version in its first instance, where it has one; of others
   * nothing is run.
   *
   * @throws SqlError what it answers or fails with; the version is not to be published then
   */
  public void load(ModuleVersion version) {
    if (!version.runtime().hasOnLoad()) {
      return;
    }
    boolean loaded = false;
    try (CallSession session = openSession(Instant.now())) {
      session.load(version.runtime());
      loaded = true;
    } finally {
      if (!loaded) {
        version.runtime().retire();
      }
    }
  }

  /**
   * Lets go of a prepared version that is not published after all; of one that is nothing happens.
   */
  public void discard(ModuleVersion version) {
    ModuleRuntime runtime = version.runtime();
    if (current.modules().values().stream().noneMatch(v -> v.runtime() == runtime)) {
      runtime.retire();
    }
  }

  /**
   * Begins to try a prepared version beside the active one; whatever was tried before ends. It ends
   * too when the active version is replaced or dropped.
   *
   * @param active a version that is published
   * @param tried a prepared version that is not
   * @param fraction the share of calls, above 0 and at most 1
   */
  public Canary tryBeside(ModuleVersion active, ModuleVersion tried, double fraction) {
    CanaryScope scope = CanaryScope.of(active, tried);
    Canary canary =
        new Canary(active.runtime(), tried.runtime(), scope.twins(), scope.notCompared(), fraction);
    active.runtime().attach(canary);
    return canary;
  }

  /**
   * Takes a capability back from all versions of a module that were replaced, so that what runs in
   * them fails with 42501 at its next use, as does what has been planned with them and has not
   * begun.
   */
  public void revokeFromReplaced(String module, Capability capability) {
    replaced.of(module).forEach(version -> version.runtime().revoke(capability));
  }

  /** Versions that were replaced or dropped and that statements still use, the oldest first. */
  public List<ModuleVersion> draining() {
    return replaced.draining();
  }

  /** All modules now. */
  public Snapshot snapshot() {
    return current;
  }

  /**
   * Begins the calls of a statement that belongs to no connection: what modules with isolation
   * SESSION keep, they keep for the statement.
   *
   * @param timestamp the statement's timestamp, which guests see as the time
   */
  public CallSession openSession(Instant timestamp) {
    return new CallSession(new StatementContext(timestamp));
  }

  /**
   * Begins the calls of a statement.
   *
   * @param timestamp the statement's timestamp, which guests see as the time
   * @param ofConnection what the statement's connection keeps for modules with isolation SESSION
   */
  public CallSession openSession(Instant timestamp, KeptInstances ofConnection) {
    return new CallSession(new StatementContext(timestamp), ofConnection);
  }

  /** Who makes first instances before they are called. */
  public WarmUp warmUp() {
    return warmUp;
  }

  /**
   * Begins the calls of a statement.
   *
   * @param timestamp the statement's timestamp, which guests see as the time
   * @param ofConnection what the statement's connection keeps for modules with isolation SESSION
   * @param keyValues the key-value stores of modules as the statement sees them
   */
  public CallSession openSession(
      Instant timestamp, KeptInstances ofConnection, KeyValues keyValues) {
    return new CallSession(new StatementContext(timestamp, keyValues), ofConnection);
  }

  /** The engine that runs the modules. */
  public ComponentEngine engine() {
    return engine;
  }

  /** Guest calls that are running, for all statements. */
  public int runningCalls() {
    return watchdog.running();
  }

  /** Closes all instances and stops watching calls; sessions are to be closed before. */
  @Override
  public void close() {
    current.modules().values().forEach(version -> version.runtime().detach());
    warmUp.close();
    watchdog.close();
  }
}
