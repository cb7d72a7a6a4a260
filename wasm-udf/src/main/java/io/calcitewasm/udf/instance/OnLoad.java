package io.calcitewasm.udf.instance;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.policy.InterfaceName;
import io.calcitewasm.udf.signature.ContractType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contract's {@code lifecycle.on-load}, which an instance's life begins with where a component
 * exports it.
 *
 * @param interfaceName the interface as the component exports it
 */
record OnLoad(String interfaceName) {
  private static final String FUNCTION = "on-load";

  /**
   * That of a component; empty when it exports none.
   *
   * @throws IllegalArgumentException if it has another type than the contract's
   */
  static Optional<OnLoad> of(Component component) {
    for (Map.Entry<String, ExternType> export : component.exports().entrySet()) {
      boolean lifecycle =
          InterfaceName.parse(export.getKey())
              .filter(n -> n.isServedContract() && n.name().equals("lifecycle"))
              .isPresent();
      if (lifecycle
          && export.getValue() instanceof ExternType.Instance instance
          && instance.exports().get(FUNCTION) instanceof ExternType.Func function) {
        if (!isOfContract(function.type())) {
          throw new IllegalArgumentException(
              "exports " + export.getKey() + " whose " + FUNCTION + " has another type");
        }
        return Optional.of(new OnLoad(export.getKey()));
      }
    }
    return Optional.empty();
  }

  /** {@code func(config: list<tuple<string, string>>) -> result<_, error>}. */
  private static boolean isOfContract(FuncType type) {
    return type.parameters().size() == 1
        && type.parameters().getFirst().type().structure() instanceof ValType.ListType list
        && list.element().structure() instanceof ValType.TupleType pair
        && pair.elements().stream().allMatch(e -> e.structure() == PrimitiveType.STRING)
        && pair.elements().size() == 2
        && type.result().map(ValType::structure).orElse(null) instanceof ValType.ResultType result
        && result.ok().isEmpty()
        && result.err().filter(ContractType::isError).isPresent();
  }

  /**
   * Runs it in a fresh instance.
   *
   * @param config what it is told
   * @return the error that it answers with, if any
   */
  Optional<GuestError> run(Instance instance, Map<String, String> config) {
    List<Object[]> pairs =
        config.entrySet().stream().map(e -> new Object[] {e.getKey(), e.getValue()}).toList();
    Object answer = instance.function(interfaceName, FUNCTION).call(pairs);
    if (answer instanceof ResultValue outcome && !outcome.isOk()) {
      ValType error = ((ValType.ResultType) resultType(instance)).err().orElseThrow();
      return Optional.of(GuestError.reader(Optional.of(error)).read(outcome.value()));
    }
    return Optional.empty();
  }

  private ValType resultType(Instance instance) {
    return instance.function(interfaceName, FUNCTION).type().result().orElseThrow().structure();
  }
}
