package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import java.util.List;
import java.util.function.Consumer;

/**
 * Types in WIT's own words, for messages and for functions without SQL form. Named types stand by
 * their names, and long texts end with an ellipsis.
 */
public final class Wit {
  private static final int LONGEST = 500;

  private final StringBuilder out = new StringBuilder();

  private Wit() {}

  /** {@code func(s: string) -> result<decimal, error>}. */
  public static String text(FuncType type) {
    Wit wit = new Wit();
    wit.list("func(", type.parameters(), p -> wit.labelled(p.name(), p.type()), ")");
    type.result()
        .ifPresent(
            result -> {
              wit.out.append(" -> ");
              wit.type(result);
            });
    return wit.finish();
  }

  /** {@code list<option<u8>>}. */
  public static String text(ValType type) {
    Wit wit = new Wit();
    wit.type(type);
    return wit.finish();
  }

  private void type(ValType type) {
    if (out.length() > LONGEST) {
      return;
    }
    switch (type) {
      case ValType.NamedType named -> out.append(named.name().name());
      case PrimitiveType primitive -> out.append(primitive.witName());
      case ValType.ListType list -> list("list<", List.of(list.element()), this::type, ">");
      case ValType.RecordType record ->
          list("record { ", record.fields(), f -> labelled(f.name(), f.type()), " }");
      case ValType.TupleType tuple -> list("tuple<", tuple.elements(), this::type, ">");
      case ValType.VariantType variant -> list("variant { ", variant.cases(), this::one, " }");
      case ValType.EnumType labels -> list("enum { ", labels.labels(), out::append, " }");
      case ValType.FlagsType labels -> list("flags { ", labels.labels(), out::append, " }");
      case ValType.OptionType option -> list("option<", List.of(option.some()), this::type, ">");
      case ValType.ResultType result -> result(result);
      case ValType.OwnType own -> out.append(own.resource().name());
      case ValType.BorrowType borrow ->
          out.append("borrow<").append(borrow.resource().name()).append('>');
    }
  }

  private void one(ValType.Case c) {
    out.append(c.name());
    c.payload().ifPresent(payload -> list("(", List.of(payload), this::type, ")"));
  }

  private void result(ValType.ResultType result) {
    out.append("result");
    if (result.ok().isEmpty() && result.err().isEmpty()) {
      return;
    }
    out.append('<');
    result.ok().ifPresentOrElse(this::type, () -> out.append('_'));
    result
        .err()
        .ifPresent(
            err -> {
              out.append(", ");
              type(err);
            });
    out.append('>');
  }

  private void labelled(String label, ValType type) {
    out.append(label).append(": ");
    type(type);
  }

  private <T> void list(String open, List<T> parts, Consumer<T> each, String close) {
    out.append(open);
    String separator = "";
    for (T part : parts) {
      if (out.length() > LONGEST) {
        return;
      }
      out.append(separator);
      each.accept(part);
      separator = ", ";
    }
    out.append(close);
  }

  private String finish() {
    return out.length() > LONGEST ? out.substring(0, LONGEST) + "…" : out.toString();
  }
}
