package io.calcitewasm.component.binary.core;

import java.util.List;
import java.util.stream.Collectors;

/** A core function type. Prints as {@code [i32 i32] -> [i64]}. */
public record CoreFuncType(List<CoreValType> parameters, List<CoreValType> results) {
  public CoreFuncType {
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
  }

  @Override
  public String toString() {
    return words(parameters) + " -> " + words(results);
  }

  private static String words(List<CoreValType> types) {
    return types.stream().map(CoreValType::toString).collect(Collectors.joining(" ", "[", "]"));
  }
}
