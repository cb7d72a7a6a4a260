package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.binary.core.Cursor;
import java.util.Optional;

/** Reads imports and exports (Binary.md, "Import and Export Definitions"). */
final class ExternReader {
  private ExternReader() {}

  static Declaration.Import importDefinition(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    return new Declaration.Import(offset, name(in), type(in));
  }

  static Definition.Export exportDefinition(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    ExternName name = name(in);
    Sort sort = SortReader.sort(in);
    int index = in.index(sort.words() + " index");
    Optional<ExternDesc> ascribed = flag(in) ? Optional.of(type(in)) : Optional.empty();
    return new Definition.Export(offset, name, sort, index, ascribed);
  }

  static Declaration.ExportDecl exportDeclaration(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    return new Declaration.ExportDecl(offset, name(in), type(in));
  }

  /** {@code nameattributes}. */
  static ExternName name(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int form = in.u8("a name");
    return switch (form) {
      case 0x00, 0x01 -> new ExternName(in.name("name"));
      case 0x02 -> withAttributes(in, in.name("name"));
      default -> throw in.invalid(String.format("0x%02x does not start a name", form), at);
    };
  }

  private static ExternName withAttributes(Cursor in, String text)
      throws InvalidComponentException {
    Optional<String> implemented = Optional.empty();
    Optional<String> versionSuffix = Optional.empty();
    Optional<String> externalId = Optional.empty();
    int count = in.count("attributes");
    for (int i = 0; i < count; i++) {
      int at = in.position();
      int kind = in.u8("an attribute");
      boolean repeated;
      switch (kind) {
        case 0x00 -> {
          repeated = implemented.isPresent();
          implemented = Optional.of(in.name("implemented interface"));
        }
        case 0x01 -> {
          repeated = versionSuffix.isPresent();
          versionSuffix = Optional.of(in.name("version suffix"));
        }
        case 0x02 -> {
          repeated = externalId.isPresent();
          externalId = Optional.of(in.name("external identifier"));
        }
        default -> throw in.invalid(String.format("0x%02x is not an attribute", kind), at);
      }
      if (repeated) {
        throw in.invalid("the name \"" + text + "\" has the same attribute twice", at);
      }
    }
    return new ExternName(text, implemented, versionSuffix, externalId);
  }

  /** {@code externtype}. */
  static ExternDesc type(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int opcode = in.u8("the type of an import or export");
    return switch (opcode) {
      case 0x00 -> {
        int core = in.u8("a core sort");
        if (core != 0x11) {
          throw in.invalid(
              "of core definitions only modules can be imported or exported by a component", at);
        }
        yield new ExternDesc.CoreModule(in.index("core type index"));
      }
      case 0x01 -> new ExternDesc.Func(in.index("type index"));
      case 0x02 -> throw in.unsupported(UnsupportedFeature.VALUES, "a value's type", at);
      case 0x03 -> bound(in);
      case 0x04 -> new ExternDesc.Component(in.index("type index"));
      case 0x05 -> new ExternDesc.Instance(in.index("type index"));
      default ->
          throw in.invalid(
              String.format("0x%02x is not the type of an import or export", opcode), at);
    };
  }

  private static ExternDesc bound(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int opcode = in.u8("a type bound");
    return switch (opcode) {
      case 0x00 -> new ExternDesc.TypeEq(in.index("type index"));
      case 0x01 -> new ExternDesc.SubResource();
      default -> throw in.invalid(String.format("0x%02x is not a type bound", opcode), at);
    };
  }

  /** The byte before an optional part: 0 or 1. */
  static boolean flag(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int flag = in.u8("an optional part");
    if (flag > 1) {
      throw in.invalid(
          String.format("0x%02x stands where 0x00 or 0x01 says whether a part follows", flag), at);
    }
    return flag == 1;
  }
}
