package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.signature.SqlMapping;
import io.calcitewasm.udf.signature.SqlNames;
import io.calcitewasm.udf.value.CompositeArguments.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows that stand for variants and results, into components. */
final class VariantArguments {
  private VariantArguments() {}

  /**
   * One case.
   *
   * @param column where its payload stands in the row, −1 without payload
   */
  private record Arm(String name, int column, ArgumentConverter payload) {}

  static ArgumentConverter variant(ValType.VariantType variant) {
    Labels labels = new Labels(variant.cases().stream().map(ValType.Case::name).toList());
    List<Arm> arms = new ArrayList<>();
    int columns = 1;
    for (ValType.Case c : variant.cases()) {
      arms.add(
          c.payload().isPresent()
              ? new Arm(SqlNames.of(c.name()), columns++, ArgumentConverters.of(c.payload().get()))
              : new Arm(SqlNames.of(c.name()), -1, value -> Optional.empty()));
    }
    int width = columns;
    return value -> {
      List<@Nullable Object> row = Values.row(value, width);
      int index;
      try {
        index = labels.index(Values.text(row.getFirst()));
      } catch (MisfitException e) {
        throw e.in("field " + SqlMapping.CASE);
      }
      Arm arm = arms.get(index);
      for (Arm other : arms) {
        if (other.column >= 0 && other != arm && row.get(other.column) != null) {
          throw new MisfitException(
              "22023",
              "case is "
                  + GuestText.quote(arm.name)
                  + ", but field "
                  + other.name
                  + " is not NULL");
        }
      }
      return new VariantValue(index, arm.column < 0 ? null : payload(arm, row));
    };
  }

  static ArgumentConverter result(ValType.ResultType result) {
    Arm ok = arm("ok", 0, result.ok());
    Arm err = arm("err", 1, result.err());
    boolean nullIsOk = isOption(result.ok());
    boolean nullIsErr = isOption(result.err());
    return value -> {
      List<@Nullable Object> row = Values.row(value, 2);
      boolean isOk = row.get(0) != null;
      boolean isErr = row.get(1) != null;
      if (isOk && isErr) {
        throw new MisfitException("22023", "both ok and err have a value");
      }
      if (!isOk && !isErr) {
        if (!nullIsOk && !nullIsErr) {
          throw new MisfitException("22004", "neither ok nor err has a value");
        }
        isOk = nullIsOk;
      }
      Arm arm = isOk ? ok : err;
      Object payload = payload(arm, row);
      boolean has = (isOk ? result.ok() : result.err()).isPresent();
      return new ResultValue(isOk, has ? payload : null);
    };
  }

  private static Arm arm(String name, int column, Optional<ValType> type) {
    return new Arm(
        name, column, type.map(ArgumentConverters::of).orElse(VariantArguments::mustBeTrue));
  }

  /** An arm without payload is a BOOLEAN that is TRUE when it is the arm. */
  private static Object mustBeTrue(@Nullable Object value) throws MisfitException {
    if (Values.bool(value)) {
      return true;
    }
    throw new MisfitException("22023", "it is TRUE or NULL, never FALSE");
  }

  private static boolean isOption(Optional<ValType> type) {
    return type.isPresent() && type.get().structure() instanceof ValType.OptionType;
  }

  private static Object payload(Arm arm, List<@Nullable Object> row) throws MisfitException {
    try {
      return arm.payload.convert(row.get(arm.column));
    } catch (MisfitException e) {
      throw e.in("field " + arm.name);
    }
  }
}
