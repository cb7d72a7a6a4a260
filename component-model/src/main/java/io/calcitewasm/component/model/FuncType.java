package io.calcitewasm.component.model;

import java.util.List;
import java.util.Optional;

/** A component function type (Binary.md, {@code functype}); parameter names are unique. */
public record FuncType(List<ValType.Field> parameters, Optional<ValType> result) {
  public FuncType {
    parameters = List.copyOf(parameters);
  }
}
