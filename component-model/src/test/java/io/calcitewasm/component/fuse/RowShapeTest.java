package io.calcitewasm.component.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Columns for functions, and types that get none. */
@Timeout(10)
final class RowShapeTest {
  private static Optional<RowShape> shape(ValType parameter, Optional<ValType> result) {
    return RowShape.of(
        new FuncType(List.of(new ValType.Field("p", parameter)), result), resource -> false);
  }

  private static ValType doubled(ValType once, int times, UnaryOperator<ValType> twice) {
    ValType type = once;
    for (int i = 0; i < times; i++) {
      type = twice.apply(type);
    }
    return type;
  }

  private static ValType tuple(int fields) {
    return new ValType.TupleType(Collections.nCopies(fields, PrimitiveType.S64));
  }

  /** Each would have a thousand million columns, or none but a thousand million parts. */
  @Test
  void typesThatDoubleGetNoColumns() {
    List<UnaryOperator<ValType>> ways =
        List.of(
            type ->
                new ValType.RecordType(
                    List.of(new ValType.Field("a", type), new ValType.Field("b", type))),
            type -> new ValType.TupleType(List.of(type, type)),
            type -> new ValType.OptionType(new ValType.TupleType(List.of(type, type))),
            type -> new ValType.ListType(new ValType.TupleType(List.of(type, type))),
            type -> new ValType.ResultType(Optional.of(type), Optional.of(type)));
    for (UnaryOperator<ValType> way : ways) {
      ValType hostile = doubled(PrimitiveType.S64, 30, way);
      assertThat(shape(hostile, Optional.empty())).isEmpty();
      assertThat(shape(PrimitiveType.S64, Optional.of(hostile))).isEmpty();
      assertThat(
              shape(
                  PrimitiveType.S64,
                  Optional.of(new ValType.ResultType(Optional.of(hostile), Optional.empty()))))
          .isEmpty();
    }
    ValType nothing =
        doubled(
            new ValType.TupleType(List.of()),
            30,
            type -> new ValType.TupleType(List.of(type, type)));
    assertThat(shape(nothing, Optional.empty())).isEmpty();
  }

  /** The record itself is a part. */
  @Test
  void aRecordHasColumnsAsLongAsItHasAtMost256Parts() {
    assertThat(shape(tuple(255), Optional.empty())).isPresent();
    assertThat(shape(tuple(256), Optional.empty())).isEmpty();
  }

  @Test
  void partsOfParametersAndResultAreCountedTogether() {
    assertThat(shape(tuple(100), Optional.of(tuple(100)))).isPresent();
    assertThat(shape(tuple(130), Optional.of(tuple(130)))).isEmpty();
  }
}
