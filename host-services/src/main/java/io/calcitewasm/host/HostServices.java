package io.calcitewasm.host;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.Linker;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.kv.KeyValueStore;
import io.calcitewasm.host.logging.Logging;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.Wasi;
import io.calcitewasm.host.wit.TypeAgreement;
import io.calcitewasm.host.wit.WitInterface;
import io.calcitewasm.host.wit.WitTypes;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Everything that guests may ask of this host. One object serves a process: it is immutable and may
 * be used from several threads.
 *
 * <p>For each module version: {@link #linker} gives what its component is linked with. For each of
 * its instances: {@link #context} gives the user data that the services rely on.
 */
public final class HostServices {
  private final Map<HostInterface, WitInterface> served = new LinkedHashMap<>();
  private final Linker everything;

  /** The services of this version: logging, kv and WASI 0.2. */
  public HostServices() {
    List<Service> services = new ArrayList<>(Wasi.services());
    services.add(Logging.service());
    services.add(KeyValueStore.service());
    WitTypes wit = WitTypes.of(services.stream().map(Service::wit).toList());
    Map<ResourceType, Consumer<Object>> drops = drops(services, wit);
    Linker.Builder linker = Linker.builder();
    for (Service service : services) {
      WitInterface served = wit.get(service.interfaceName());
      HostInterface hostInterface = service.toHostInterface(served, drops);
      this.served.put(hostInterface, served);
      linker.define(hostInterface);
    }
    everything = linker.build();
  }

  private static Map<ResourceType, Consumer<Object>> drops(List<Service> services, WitTypes wit) {
    Map<ResourceType, Consumer<Object>> drops = new HashMap<>();
    for (Service service : services) {
      Map<String, ResourceType> defined = wit.get(service.interfaceName()).defined();
      service
          .drops()
          .forEach(
              (resource, drop) -> drops.put(Objects.requireNonNull(defined.get(resource)), drop));
    }
    return drops;
  }

  /** The capabilities that can be granted, because there is a service behind them. */
  public Set<Capability> capabilities() {
    return Set.of(
        Capability.LOGGING,
        Capability.CLOCK,
        Capability.RANDOM,
        Capability.ENVIRONMENT,
        Capability.FILESYSTEM,
        Capability.KV);
  }

  /**
   * Whether an interface is served, in any version on the track of the one named.
   *
   * @param externName as a component imports it, e.g. {@code wasi:io/streams@0.2.3}
   */
  public boolean serves(String externName) {
    return everything.find(externName).isPresent();
  }

  /**
   * What a component is linked with. Interfaces of the contract that need a capability which is not
   * granted are there too: each call of them raises {@link io.calcitewasm.host.context.HostDenied}.
   * Whether the component may import them at all is {@link io.calcitewasm.policy.Admission}'s to
   * say.
   *
   * @throws LinkException the component imports a served interface with another type
   */
  public Linker linker(Component component, Collection<Grant> grants) throws LinkException {
    check(component.imports());
    Linker.Builder linker = Linker.builder();
    served.entrySet().stream()
        .filter(service -> !Stubs.standsFor(service.getValue().name(), grants))
        .forEach(service -> linker.define(service.getKey()));
    Stubs.of(component.imports(), grants).forEach(linker::define);
    return linker.build();
  }

  private void check(Map<String, ExternType> imports) throws LinkException {
    TypeAgreement agreement = new TypeAgreement();
    for (Map.Entry<String, ExternType> imported : imports.entrySet()) {
      Optional<WitInterface> wit = everything.find(imported.getKey()).map(served::get);
      if (wit.isPresent()) {
        Optional<String> problem =
            imported.getValue() instanceof ExternType.Instance instance
                ? agreement.problem(instance, wit.get())
                : Optional.of("it is served as an instance");
        if (problem.isPresent()) {
          throw new LinkException(imported.getKey(), problem.get());
        }
      }
    }
  }

  /**
   * The user data of an instance to be.
   *
   * @param module the module's name
   * @param version what tells the module's versions apart in messages
   * @param provision what the version is given
   * @param statement the statement the instance works for first
   */
  public HostContext context(
      String module, String version, Provision provision, StatementContext statement) {
    return HostContext.builder(module, version, statement).provision(provision).build();
  }
}
