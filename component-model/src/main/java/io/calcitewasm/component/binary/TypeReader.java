package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.binary.core.Cursor;
import io.calcitewasm.component.model.PrimitiveType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads types (Binary.md, "Type Definitions"). */
final class TypeReader {
  private static final int MOST_FLAGS = 32;

  private final Quota quota;
  private final CoreTypeReader coreTypes;

  TypeReader(Quota quota, CoreTypeReader coreTypes) {
    this.quota = quota;
    this.coreTypes = coreTypes;
  }

  Declaration.TypeDef definition(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    return new Declaration.TypeDef(offset, type(in));
  }

  private TypeExpr type(Cursor in) throws InvalidComponentException {
    quota.type(in);
    int at = in.position();
    int opcode = in.u8("a type");
    return switch (opcode) {
      case 0x3f -> resource(in);
      case 0x40 -> function(in);
      case 0x41 -> new TypeExpr.ComponentOf(declarations(in, true));
      case 0x42 -> new TypeExpr.InstanceOf(declarations(in, false));
      case 0x43 -> throw in.unsupported(UnsupportedFeature.ASYNC, "an async function type", at);
      case 0x63 -> throw in.unsupported(UnsupportedFeature.MAPS, "a map type", at);
      case 0x64 -> throw in.unsupported(UnsupportedFeature.ERROR_CONTEXT, "a type", at);
      case 0x65 -> throw in.unsupported(UnsupportedFeature.ASYNC, "a future type", at);
      case 0x66 -> throw in.unsupported(UnsupportedFeature.ASYNC, "a stream type", at);
      case 0x67 -> throw in.unsupported(UnsupportedFeature.FIXED_LENGTH_LISTS, "", at);
      case 0x68 -> new TypeExpr.BorrowOf(in.index("type index"));
      case 0x69 -> new TypeExpr.OwnOf(in.index("type index"));
      case 0x6a -> {
        Optional<TypeUse> ok = optionalUse(in);
        yield new TypeExpr.ResultOf(ok, optionalUse(in));
      }
      case 0x6b -> new TypeExpr.OptionOf(use(in));
      case 0x6d -> new TypeExpr.EnumOf(labels(in, "an enum", at));
      case 0x6e -> flags(in, at);
      case 0x6f -> tuple(in, at);
      case 0x70 -> new TypeExpr.ListOf(use(in));
      case 0x71 -> variant(in, at);
      case 0x72 -> new TypeExpr.RecordOf(notEmpty(labelled(in, "fields"), in, "a record", at));
      default -> new TypeExpr.Primitive(primitive(opcode, in, at));
    };
  }

  private static PrimitiveType primitive(int opcode, Cursor in, int at)
      throws InvalidComponentException {
    for (PrimitiveType type : PrimitiveType.values()) {
      if (type.opcode() == opcode) {
        return type;
      }
    }
    throw in.invalid(String.format("0x%02x is not a type", opcode), at);
  }

  /** {@code valtype}: a primitive type by its opcode, or the index of a type. */
  private static TypeUse use(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int first = in.peek("a value type");
    if (first < 0x40 || first > 0x7f) {
      long index = in.signed("type index", 33);
      if (index < 0 || index > Integer.MAX_VALUE) {
        throw in.invalid("type index " + index + " is out of range", at);
      }
      return new TypeUse.Index((int) index);
    }
    in.skip(1, "a value type");
    return switch (first) {
      case 0x64 -> throw in.unsupported(UnsupportedFeature.ERROR_CONTEXT, "a type", at);
      default -> new TypeUse.Primitive(primitive(first, in, at));
    };
  }

  private static Optional<TypeUse> optionalUse(Cursor in) throws InvalidComponentException {
    return ExternReader.flag(in) ? Optional.of(use(in)) : Optional.empty();
  }

  private static TypeExpr.Resource resource(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int representation = in.u8("the representation of a resource");
    if (representation == 0x7e) {
      throw in.unsupported(UnsupportedFeature.RESOURCES_OF_I64, "", at);
    }
    if (representation != 0x7f) {
      throw in.invalid(
          String.format("resources are represented by i32, not by 0x%02x", representation), at);
    }
    return new TypeExpr.Resource(
        ExternReader.flag(in)
            ? OptionalInt.of(in.index("core function index"))
            : OptionalInt.empty());
  }

  private TypeExpr.Func function(Cursor in) throws InvalidComponentException {
    List<TypeExpr.Labelled> parameters = labelled(in, "parameters");
    int at = in.position();
    int form = in.u8("a result");
    if (form == 0x00) {
      return new TypeExpr.Func(parameters, Optional.of(use(in)));
    }
    if (form != 0x01) {
      throw in.invalid(String.format("0x%02x does not start a function's result", form), at);
    }
    if (in.u8("an empty list of results") != 0x00) {
      throw in.invalid("functions with several named results are no longer part of the format", at);
    }
    return new TypeExpr.Func(parameters, Optional.empty());
  }

  private List<TypeExpr.Labelled> labelled(Cursor in, String what)
      throws InvalidComponentException {
    int count = quota.items(in, what);
    List<TypeExpr.Labelled> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      types.add(new TypeExpr.Labelled(in.name("label"), use(in)));
    }
    return types;
  }

  private List<String> labels(Cursor in, String what, int at) throws InvalidComponentException {
    int count = quota.items(in, "labels");
    List<String> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(in.name("label"));
    }
    return notEmpty(labels, in, what, at);
  }

  private TypeExpr.FlagsOf flags(Cursor in, int at) throws InvalidComponentException {
    List<String> labels = labels(in, "a flags type", at);
    if (labels.size() > MOST_FLAGS) {
      throw in.invalid(
          "a flags type has " + labels.size() + " labels; " + MOST_FLAGS + " are the most", at);
    }
    return new TypeExpr.FlagsOf(labels);
  }

  private TypeExpr.TupleOf tuple(Cursor in, int at) throws InvalidComponentException {
    int count = quota.items(in, "elements");
    List<TypeUse> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(use(in));
    }
    return new TypeExpr.TupleOf(notEmpty(elements, in, "a tuple", at));
  }

  private TypeExpr.VariantOf variant(Cursor in, int at) throws InvalidComponentException {
    int count = quota.items(in, "cases");
    List<TypeExpr.CaseOf> cases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String label = in.name("label");
      Optional<TypeUse> payload = optionalUse(in);
      int refines = in.position();
      if (in.u8("the end of a case") != 0x00) {
        throw in.invalid("cases that refine others are no longer part of the format", refines);
      }
      cases.add(new TypeExpr.CaseOf(label, payload));
    }
    return new TypeExpr.VariantOf(notEmpty(cases, in, "a variant", at));
  }

  private static <T> List<T> notEmpty(List<T> list, Cursor in, String what, int at)
      throws InvalidComponentException {
    if (list.isEmpty()) {
      throw in.invalid(what + " without elements is not allowed", at);
    }
    return list;
  }

  private List<Declaration> declarations(Cursor in, boolean ofComponent)
      throws InvalidComponentException {
    quota.enter(in, "types");
    int count = quota.items(in, "declarations");
    List<Declaration> declarations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = in.position();
      int form = in.u8("a declaration");
      declarations.add(
          switch (form) {
            case 0x00 -> coreTypes.definition(in);
            case 0x01 -> definition(in);
            case 0x02 -> AliasReader.alias(in);
            case 0x03 -> {
              if (!ofComponent) {
                throw in.invalid("an instance type cannot declare imports", at);
              }
              yield ExternReader.importDefinition(in);
            }
            case 0x04 -> ExternReader.exportDeclaration(in);
            default -> throw in.invalid(String.format("0x%02x is not a declaration", form), at);
          });
    }
    quota.leave();
    return declarations;
  }
}
