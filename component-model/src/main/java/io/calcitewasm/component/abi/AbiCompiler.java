package io.calcitewasm.component.abi;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles value types for one component instance. A type object that occurs often is compiled
 * once, so types that share parts stay as small as they are in the file.
 */
public final class AbiCompiler {
  private final Function<ResourceType, ResourceSite> sites;
  private final Map<ValType, AbiType> compiled = new IdentityHashMap<>();

  /**
   * A compiler.
   *
   * @param sites who defines a resource type, seen from the instance
   */
  public AbiCompiler(Function<ResourceType, ResourceSite> sites) {
    this.sites = sites;
  }

  /** Compiles a function type. */
  public AbiSignature signature(FuncType type) {
    List<AbiType> parameters = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (ValType.Field parameter : type.parameters()) {
      parameters.add(compile(parameter.type()));
      steps.add("parameter \"" + parameter.name() + "\"");
    }
    return new AbiSignature(
        new RecordAbi("the function", parameters, steps),
        type.result().map(this::compile).orElse(null));
  }

  AbiType compile(ValType type) {
    ValType structure = type.structure();
    AbiType known = compiled.get(structure);
    if (known == null) {
      known = build(structure);
      compiled.put(structure, known);
    }
    return known;
  }

  private AbiType build(ValType type) {
    return switch (type) {
      case PrimitiveType primitive ->
          primitive == PrimitiveType.STRING ? new StringAbi() : ScalarAbi.of(primitive);
      case ValType.ListType list ->
          list.isBytes() ? new BytesAbi() : new ListAbi(compile(list.element()));
      case ValType.RecordType record ->
          new RecordAbi(
              "a record",
              record.fields().stream().map(field -> compile(field.type())).toList(),
              record.fields().stream().map(field -> "." + field.name()).toList());
      case ValType.TupleType tuple ->
          new RecordAbi(
              "a tuple",
              tuple.elements().stream().map(this::compile).toList(),
              IntStream.range(0, tuple.elements().size()).mapToObj(i -> "." + i).toList());
      case ValType.VariantType variant ->
          variant(
              VariantForm.VARIANT,
              variant.cases().stream().map(ValType.Case::payload).toList(),
              variant.cases().stream().map(c -> "." + c.name()).toList());
      case ValType.OptionType option ->
          variant(
              VariantForm.OPTION,
              List.of(Optional.empty(), Optional.of(option.some())),
              List.of(".none", ".some"));
      case ValType.ResultType result ->
          variant(VariantForm.RESULT, List.of(result.ok(), result.err()), List.of(".ok", ".err"));
      case ValType.EnumType labels -> new EnumAbi(labels.labels().size());
      case ValType.FlagsType flags -> new FlagsAbi(flags.labels().size());
      case ValType.OwnType own -> ResourceAbi.own(own.resource(), sites.apply(own.resource()));
      case ValType.BorrowType borrow ->
          ResourceAbi.borrow(borrow.resource(), sites.apply(borrow.resource()));
      case ValType.NamedType named -> compile(named.type());
    };
  }

  private AbiType variant(VariantForm form, List<Optional<ValType>> payloads, List<String> steps) {
    List<@Nullable AbiType> types = new ArrayList<>();
    for (Optional<ValType> payload : payloads) {
      types.add(payload.isPresent() ? compile(payload.get()) : null);
    }
    return new VariantAbi(form, types, steps);
  }
}
