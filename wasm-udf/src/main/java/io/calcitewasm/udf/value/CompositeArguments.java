package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.signature.SqlNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, records, tuples, enums and flags into components. */
final class CompositeArguments {
  private CompositeArguments() {}

  static ArgumentConverter list(ArgumentConverter element) {
    return value -> {
      List<@Nullable Object> elements = Values.list(value);
      List<Object> converted = new ArrayList<>(elements.size());
      for (Object each : elements) {
        try {
          converted.add(element.convert(each));
        } catch (MisfitException e) {
          throw e.in("element " + (converted.size() + 1));
        }
      }
      return converted;
    };
  }

  static ArgumentConverter record(ValType.RecordType record) {
    return row(
        record.fields().stream().map(f -> SqlNames.of(f.name())).toList(),
        record.fields().stream().map(f -> ArgumentConverters.of(f.type())).toList());
  }

  static ArgumentConverter tuple(ValType.TupleType tuple) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tuple.elements().size(); i++) {
      names.add("f" + i);
    }
    return row(names, tuple.elements().stream().map(ArgumentConverters::of).toList());
  }

  static ArgumentConverter labelled(ValType.EnumType type) {
    Labels labels = new Labels(type.labels());
    return value -> labels.index(Values.text(value));
  }

  static ArgumentConverter flags(ValType.FlagsType type) {
    Labels labels = new Labels(type.labels());
    ArgumentConverter bits = list(value -> labels.index(Values.text(value)));
    return value -> {
      int set = 0;
      for (Object index : (List<?>) bits.convert(value)) {
        set |= 1 << (Integer) index;
      }
      return set;
    };
  }

  private static ArgumentConverter row(List<String> names, List<ArgumentConverter> fields) {
    return value -> {
      List<@Nullable Object> row = Values.row(value, fields.size());
      Object[] converted = new Object[fields.size()];
      for (int i = 0; i < converted.length; i++) {
        try {
          converted[i] = fields.get(i).convert(row.get(i));
        } catch (MisfitException e) {
          throw e.in("field " + names.get(i));
        }
      }
      return converted;
    };
  }

  /** Labels of an enum, of flags or of a variant's cases, by their position. */
  static final class Labels {
    private static final int MOST_SHOWN = 20;

    private final List<String> labels;
    private final Map<String, Integer> indices = new HashMap<>();

    Labels(List<String> labels) {
      this.labels = labels;
      for (String label : labels) {
        indices.put(label, indices.size());
      }
    }

    String name(int index) {
      return labels.get(index);
    }

    int index(String label) throws MisfitException {
      Integer index = indices.get(label);
      if (index == null) {
        String known = String.join(", ", labels.subList(0, Math.min(labels.size(), MOST_SHOWN)));
        throw new MisfitException(
            "22023",
            GuestText.quote(label)
                + " is none of the labels "
                + known
                + (labels.size() > MOST_SHOWN ? ", …" : ""));
      }
      return index;
    }
  }
}
