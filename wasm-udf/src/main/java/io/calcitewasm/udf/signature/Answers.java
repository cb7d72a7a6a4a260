package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import java.util.Optional;

/** What functions answer when they do not fail. */
final class Answers {
  private Answers() {}

  /** The type of the value, {@code result} apart; empty if there is none. */
  static Optional<ValType> value(FuncType type) {
    return type.result()
        .flatMap(
            answer ->
                answer.structure() instanceof ValType.ResultType result
                    ? result.ok()
                    : Optional.of(answer));
  }

  /** Whether the function may answer with {@code err}. */
  static boolean raises(FuncType type) {
    return type.result().filter(t -> t.structure() instanceof ValType.ResultType).isPresent();
  }
}
