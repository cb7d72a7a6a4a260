package io.calcitewasm.host;

import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.InterfaceName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Interfaces of the contract whose capability was not granted. They have whatever functions the
 * component imports, and every call is refused: 42501.
 */
final class Stubs {
  private final Set<Capability> granted;

  /** What the component imports of each stub, by the interface's name without version. */
  private final Map<String, Map<String, ExternType>> imported = new LinkedHashMap<>();

  private Stubs(Collection<Grant> grants) {
    granted = grants.stream().map(Grant::capability).collect(Collectors.toSet());
  }

  /** The stubs that a component with these imports and grants needs. */
  static List<HostInterface> of(Map<String, ExternType> imports, Collection<Grant> grants) {
    Stubs stubs = new Stubs(grants);
    imports.forEach(stubs::collect);
    return stubs.imported.entrySet().stream()
        .map(stub -> hostInterface(stub.getKey(), stub.getValue()))
        .toList();
  }

  /** Whether an interface, named without version, is one whose capability was not granted. */
  static boolean standsFor(String interfaceName, Collection<Grant> grants) {
    String contract = InterfaceName.CONTRACT + "/";
    return interfaceName.startsWith(contract)
        && Capability.ofInterface(interfaceName.substring(contract.length()))
            .filter(capability -> !new Stubs(grants).has(capability))
            .isPresent();
  }

  private void collect(String externName, ExternType type) {
    InterfaceName name =
        InterfaceName.parse(externName).filter(InterfaceName::isServedContract).orElse(null);
    if (name != null
        && type instanceof ExternType.Instance instance
        && Capability.ofInterface(name.name()).filter(c -> !has(c)).isPresent()) {
      // Two imports of one interface may name two versions of it.
      imported.computeIfAbsent(name.name(), _ -> new LinkedHashMap<>()).putAll(instance.exports());
    }
  }

  private boolean has(Capability capability) {
    return capability.isFree() || granted.contains(capability);
  }

  private static HostInterface hostInterface(String name, Map<String, ExternType> exports) {
    String capability = Capability.ofInterface(name).orElseThrow().sqlName();
    String qualified = InterfaceName.CONTRACT + "/" + name;
    HostInterface.Builder builder = HostInterface.builder(qualified + "@0.1.0");
    exports.forEach(
        (export, type) -> {
          switch (type) {
            case ExternType.Func _ ->
                builder.function(
                    export,
                    (call, _) -> {
                      throw HostDenied.ungranted(
                          HostContext.of(call), capability, qualified + " " + export);
                    });
            case ExternType.Resource _ -> builder.resource(export, _ -> {});
            default -> {}
          }
        });
    return builder.build();
  }
}
