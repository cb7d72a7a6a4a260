package io.calcitewasm.component.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A function type; parameters and their names have the same order. */
record FunctionType(
    List<String> names,
    List<ValueType> parameters,
    Optional<ValueType> result,
    int size,
    int depth,
    boolean usesResources)
    implements TypeItem {

  static FunctionType of(
      List<String> names, List<ValueType> parameters, Optional<ValueType> result) {
    List<ValueType> all = Stream.concat(parameters.stream(), result.stream()).toList();
    return new FunctionType(
        List.copyOf(names),
        List.copyOf(parameters),
        result,
        Sizes.sum(all.stream().mapToInt(ValueType::size), 0),
        1 + all.stream().mapToInt(ValueType::depth).max().orElse(0),
        all.stream().anyMatch(ValueType::usesResources));
  }

  @Override
  public String words() {
    return "function type";
  }
}
