package io.calcitewasm.udf;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.TypeName;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.ValType.Case;
import io.calcitewasm.component.model.ValType.EnumType;
import io.calcitewasm.component.model.ValType.Field;
import io.calcitewasm.component.model.ValType.FlagsType;
import io.calcitewasm.component.model.ValType.ListType;
import io.calcitewasm.component.model.ValType.NamedType;
import io.calcitewasm.component.model.ValType.OptionType;
import io.calcitewasm.component.model.ValType.RecordType;
import io.calcitewasm.component.model.ValType.ResultType;
import io.calcitewasm.component.model.ValType.TupleType;
import io.calcitewasm.component.model.ValType.VariantType;
import io.calcitewasm.udf.signature.ContractType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Component types in few words, for tests. */
public final class Types {
  public static final NamedType DATE = contract(ContractType.DATE);
  public static final NamedType TIME = contract(ContractType.TIME);
  public static final NamedType TIMESTAMP = contract(ContractType.TIMESTAMP);
  public static final NamedType TIMESTAMP_TZ = contract(ContractType.TIMESTAMP_TZ);
  public static final NamedType INTERVAL_MONTHS = contract(ContractType.INTERVAL_MONTHS);
  public static final NamedType INTERVAL_MICROS = contract(ContractType.INTERVAL_MICROS);
  public static final NamedType DECIMAL = contract(ContractType.DECIMAL);
  public static final NamedType UUID = contract(ContractType.UUID);
  public static final NamedType JSON = contract(ContractType.JSON);
  public static final NamedType ERROR =
      new NamedType(
          new TypeName("calcite:extension/types@0.1.0", "error"),
          record("sqlstate", PrimitiveType.STRING, "message", PrimitiveType.STRING));

  private Types() {}

  public static NamedType contract(ContractType type) {
    return new NamedType(
        new TypeName("calcite:extension/types@0.1.0", type.witName()), type.structure());
  }

  public static ListType list(ValType element) {
    return new ListType(element);
  }

  public static OptionType option(ValType some) {
    return new OptionType(some);
  }

  public static TupleType tuple(ValType... elements) {
    return new TupleType(List.of(elements));
  }

  public static EnumType labels(String... labels) {
    return new EnumType(List.of(labels));
  }

  public static FlagsType flags(String... labels) {
    return new FlagsType(List.of(labels));
  }

  public static ResultType result(@Nullable ValType ok, @Nullable ValType err) {
    return new ResultType(Optional.ofNullable(ok), Optional.ofNullable(err));
  }

  /** Name, type, name, type, … */
  public static RecordType record(Object... namesAndTypes) {
    return new RecordType(fields(Arrays.asList(namesAndTypes)));
  }

  /** Name, type or null, … */
  public static VariantType variant(@Nullable Object... namesAndPayloads) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < namesAndPayloads.length; i += 2) {
      cases.add(
          new Case(
              String.valueOf(namesAndPayloads[i]),
              Optional.ofNullable((ValType) namesAndPayloads[i + 1])));
    }
    return new VariantType(cases);
  }

  /** Result or null, then name, type, name, type, … */
  public static FuncType func(@Nullable ValType result, Object... namesAndTypes) {
    return new FuncType(fields(Arrays.asList(namesAndTypes)), Optional.ofNullable(result));
  }

  private static List<Field> fields(List<Object> namesAndTypes) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndTypes.size(); i += 2) {
      fields.add(new Field(namesAndTypes.get(i).toString(), (ValType) namesAndTypes.get(i + 1)));
    }
    return fields;
  }
}
