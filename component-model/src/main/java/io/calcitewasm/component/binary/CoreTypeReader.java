package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import io.calcitewasm.component.binary.core.CoreTypes;
import io.calcitewasm.component.binary.core.Cursor;
import java.util.ArrayList;
import java.util.List;

/** Reads core types (Binary.md, {@code core:type} and {@code core:moduletype}). */
final class CoreTypeReader {
  private static final int FUNC = 0x60;
  private static final int MODULE = 0x50;

  private final Quota quota;

  CoreTypeReader(Quota quota) {
    this.quota = quota;
  }

  Declaration.CoreTypeDef definition(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    return new Declaration.CoreTypeDef(offset, type(in));
  }

  private CoreTypeExpr type(Cursor in) throws InvalidComponentException {
    quota.type(in);
    int at = in.position();
    int opcode = in.u8("a core type");
    return switch (opcode) {
      case FUNC -> new CoreTypeExpr.Func(CoreTypes.funcType(in));
      case MODULE -> {
        quota.enter(in, "types");
        CoreTypeExpr.Module module = module(in);
        quota.leave();
        yield module;
      }
      case 0x65 -> throw in.unsupported(UnsupportedFeature.THREADS, "a shared type", at);
      case 0x00, 0x4c, 0x4d, 0x4e, 0x4f, 0x5e, 0x5f ->
          throw in.unsupported(
              UnsupportedFeature.GARBAGE_COLLECTION, String.format("core type 0x%02x", opcode), at);
      default -> throw in.invalid(String.format("0x%02x does not start a core type", opcode), at);
    };
  }

  private CoreTypeExpr.Module module(Cursor in) throws InvalidComponentException {
    int count = quota.items(in, "declarations");
    List<CoreTypeExpr.ModuleDecl> declarations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      declarations.add(declaration(in));
    }
    return new CoreTypeExpr.Module(declarations);
  }

  private CoreTypeExpr.ModuleDecl declaration(Cursor in) throws InvalidComponentException {
    int offset = in.position();
    int form = in.u8("a declaration of a core module type");
    return switch (form) {
      case 0x00 ->
          new CoreTypeExpr.ImportDecl(
              offset, in.name("imported module's name"), in.name("import's name"), desc(in));
      case 0x01 -> {
        // In here 0x50 starts a type with supertypes; modules do not nest.
        if (in.peek("a core type") == MODULE) {
          throw in.unsupported(
              UnsupportedFeature.GARBAGE_COLLECTION, "core type 0x50", in.position());
        }
        yield new CoreTypeExpr.TypeDecl(offset, type(in));
      }
      case 0x02 -> alias(in, offset);
      case 0x03 -> new CoreTypeExpr.ExportDecl(offset, in.name("export's name"), desc(in));
      default ->
          throw in.invalid(
              String.format("0x%02x is not a declaration of a core module type", form), offset);
    };
  }

  private static CoreTypeExpr.OuterAlias alias(Cursor in, int offset)
      throws InvalidComponentException {
    int at = in.position();
    if (in.u8("the sort of an alias") != 0x10 || in.u8("the target of an alias") != 0x01) {
      throw in.invalid("core module types can alias outer core types only", at);
    }
    return new CoreTypeExpr.OuterAlias(
        offset, in.index("count of scopes"), in.index("core type index"));
  }

  private static CoreTypeExpr.CoreDesc desc(Cursor in) throws InvalidComponentException {
    int at = in.position();
    int opcode = in.u8("a core external type");
    return switch (opcode) {
      case 0x00 -> new CoreTypeExpr.FuncDesc(in.index("core type index"));
      case 0x01 -> new CoreTypeExpr.DirectDesc(CoreTypes.tableType(in));
      case 0x02 -> new CoreTypeExpr.DirectDesc(CoreTypes.memoryType(in));
      case 0x03 -> new CoreTypeExpr.DirectDesc(CoreTypes.globalType(in));
      case 0x04 -> {
        CoreTypes.tagAttribute(in);
        yield new CoreTypeExpr.TagDesc(in.index("core type index"));
      }
      default -> throw in.invalid(String.format("0x%02x is not a core external type", opcode), at);
    };
  }
}
