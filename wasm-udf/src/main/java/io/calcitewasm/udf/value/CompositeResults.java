package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.udf.signature.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists, records, tuples, variants, results, enums and flags out of components. */
final class CompositeResults {
  private CompositeResults() {}

  static ResultConverter list(ResultConverter element) {
    return (value, size) -> {
      List<?> elements = (List<?>) value;
      size.word();
      List<@Nullable Object> converted = new ArrayList<>(elements.size());
      for (Object each : elements) {
        size.word();
        try {
          converted.add(element.convert(each, size));
        } catch (MisfitException e) {
          throw e.in("element " + (converted.size() + 1));
        }
      }
      return converted;
    };
  }

  static ResultConverter row(List<ValType> types, SqlType.RowOf as) {
    List<ResultConverter> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(ResultConverters.of(types.get(i), as.fields().get(i).type()));
    }
    return (value, size) -> {
      Object[] record = (Object[]) value;
      @Nullable Object[] converted = new Object[record.length];
      for (int i = 0; i < record.length; i++) {
        try {
          converted[i] = fields.get(i).convert(record[i], size);
        } catch (MisfitException e) {
          throw e.in("field " + as.fields().get(i).name());
        }
      }
      return converted;
    };
  }

  static ResultConverter labelled(ValType.EnumType type) {
    return (value, size) -> {
      String label = type.labels().get((Integer) value);
      size.text(label);
      return label;
    };
  }

  static ResultConverter flags(ValType.FlagsType type) {
    List<String> labels = type.labels();
    return (value, size) -> {
      int set = (Integer) value;
      List<String> names = new ArrayList<>(Integer.bitCount(set));
      size.word();
      for (int i = 0; i < labels.size(); i++) {
        if ((set & 1 << i) != 0) {
          size.text(labels.get(i));
          names.add(labels.get(i));
        }
      }
      return names;
    };
  }

  static ResultConverter variant(ValType.VariantType variant, SqlType.RowOf as) {
    List<@Nullable ResultConverter> payloads = new ArrayList<>();
    int[] columns = new int[variant.cases().size()];
    int width = 1;
    for (ValType.Case c : variant.cases()) {
      boolean has = c.payload().isPresent();
      columns[payloads.size()] = width;
      payloads.add(
          has ? ResultConverters.of(c.payload().get(), as.fields().get(width).type()) : null);
      width += has ? 1 : 0;
    }
    int fields = width;
    return (value, size) -> {
      VariantValue chosen = (VariantValue) value;
      @Nullable Object[] row = new Object[fields];
      size.bytes((long) SizeLimit.WORD * fields);
      row[0] = variant.cases().get(chosen.caseIndex()).name();
      ResultConverter payload = payloads.get(chosen.caseIndex());
      if (payload != null && chosen.payload() != null) {
        int column = columns[chosen.caseIndex()];
        try {
          row[column] = payload.convert(chosen.payload(), size);
        } catch (MisfitException e) {
          throw e.in("field " + as.fields().get(column).name());
        }
      }
      return row;
    };
  }

  static ResultConverter result(ValType.ResultType result, SqlType.RowOf as) {
    List<ResultConverter> arms = Arrays.asList(arm(result.ok(), as, 0), arm(result.err(), as, 1));
    return (value, size) -> {
      ResultValue answer = (ResultValue) value;
      @Nullable Object[] row = new Object[2];
      size.word();
      int column = answer.isOk() ? 0 : 1;
      Object payload = answer.value();
      try {
        row[column] = arms.get(column).convert(payload == null ? true : payload, size);
      } catch (MisfitException e) {
        throw e.in("field " + as.fields().get(column).name());
      }
      return row;
    };
  }

  /** An arm without payload is TRUE. */
  private static ResultConverter arm(Optional<ValType> type, SqlType.RowOf as, int column) {
    return type.isPresent()
        ? ResultConverters.of(type.get(), as.fields().get(column).type())
        : (value, size) -> value;
  }
}
