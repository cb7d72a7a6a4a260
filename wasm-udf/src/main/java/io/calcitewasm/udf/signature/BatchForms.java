package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.policy.InterfaceName;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The forms for whole blocks that a component brings beside its functions, by {@code
 * calcite:extension/batch-scalar}.
 *
 * @param resolve answers an index for a function's export name, or none
 * @param call answers a column for an index and a block
 */
public record BatchForms(SqlFunction resolve, SqlFunction call) {
  private static final String INTERFACE = "batch-scalar";

  private static final String BYTES = "(validity list<u8>, offsets list<u32>, data list<u8>)";

  /** The contract's column, up to its values of any type. */
  private static final String COLUMN =
      "{bools (validity list<u8>, values list<u8>)"
          + ", int32s (validity list<u8>, values list<s32>)"
          + ", int64s (validity list<u8>, values list<s64>)"
          + ", float64s (validity list<u8>, values list<f64>)"
          + ", decimals (validity list<u8>, scale u8, limbs list<u64>)"
          + ", texts "
          + BYTES
          + ", blobs "
          + BYTES
          + ", constant {null, ";

  private static final Predicate<FuncType> RESOLVE =
      type ->
          structure(type.parameters()).equals("(function string)")
              && type.result().map(BatchForms::structure).equals(Optional.of("option<u32>"));

  private static final Predicate<FuncType> CALL =
      type ->
          structure(type.parameters())
                  .startsWith("(index u32, args (rows u32, columns list<" + COLUMN)
              && Answers.value(type)
                  .filter(answer -> structure(answer).startsWith(COLUMN))
                  .isPresent()
              && Answers.raises(type);

  /** What a component exports; empty if it does not, or not as the contract has it. */
  public static Optional<BatchForms> of(String module, Map<String, ExternType> exports) {
    for (Map.Entry<String, ExternType> export : exports.entrySet()) {
      boolean isBatch =
          InterfaceName.parse(export.getKey())
              .filter(n -> n.isServedContract() && n.name().equals(INTERFACE))
              .isPresent();
      if (isBatch && export.getValue() instanceof ExternType.Instance instance) {
        return part(module, export.getKey(), "resolve", RESOLVE, instance)
            .flatMap(
                resolve ->
                    part(module, export.getKey(), "call", CALL, instance)
                        .map(call -> new BatchForms(resolve, call)));
      }
    }
    return Optional.empty();
  }

  private static Optional<SqlFunction> part(
      String module,
      String interfaceName,
      String witName,
      Predicate<FuncType> isOfContract,
      ExternType.Instance instance) {
    if (!(instance.exports().get(witName) instanceof ExternType.Func func)
        || !isOfContract.test(func.type())) {
      return Optional.empty();
    }
    try {
      SqlForm.Typed form = new FunctionForms().typed(func.type(), FunctionNotes.NONE);
      return Optional.of(
          new SqlFunction(
              module, interfaceName, "", witName, SqlNames.of(witName), "", func.type(), form));
    } catch (NoSqlFormException e) {
      return Optional.empty();
    }
  }

  /** A type without the names that interfaces gave to it and its parts. */
  private static String structure(ValType type) {
    return switch (type.structure()) {
      case PrimitiveType primitive -> primitive.witName();
      case ValType.ListType list -> "list<" + structure(list.element()) + ">";
      case ValType.OptionType option -> "option<" + structure(option.some()) + ">";
      case ValType.RecordType record -> structure(record.fields());
      case ValType.VariantType variant ->
          variant.cases().stream()
              .map(c -> c.name() + c.payload().map(p -> " " + structure(p)).orElse(""))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> "?";
    };
  }

  private static String structure(List<ValType.Field> fields) {
    return fields.stream()
        .map(field -> field.name() + " " + structure(field.type()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The name by which a function is resolved: that of its export. */
  public static String exportName(SqlFunction function) {
    return function.interfaceName().isEmpty()
        ? function.witName()
        : function.interfaceName() + "#" + function.witName();
  }
}
