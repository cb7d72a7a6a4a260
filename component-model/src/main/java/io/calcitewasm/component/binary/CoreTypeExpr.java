package io.calcitewasm.component.binary;

import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreFuncType;
import java.util.List;

/**
 * The right-hand side of a core type definition (Binary.md, {@code core:deftype}). Of core types
 * only functions are read; the others belong to the garbage-collection proposal.
 */
public sealed interface CoreTypeExpr {

  /** A core function type. */
  record Func(CoreFuncType type) implements CoreTypeExpr {}

  /** A core module type. */
  record Module(List<ModuleDecl> declarations) implements CoreTypeExpr {
    public Module {
      declarations = List.copyOf(declarations);
    }
  }

  /** What may stand inside a core module type (Binary.md, {@code core:moduledecl}). */
  sealed interface ModuleDecl {
    /** Byte offset of the declaration in the file. */
    int offset();
  }

  /** A core type; enters the module type's own index space of types. */
  record TypeDecl(int offset, CoreTypeExpr type) implements ModuleDecl {}

  /** A core type of an enclosing scope, 0 being the module type itself. */
  record OuterAlias(int offset, int count, int index) implements ModuleDecl {}

  /** An import. */
  record ImportDecl(int offset, String module, String name, CoreDesc type) implements ModuleDecl {}

  /** An export. */
  record ExportDecl(int offset, String name, CoreDesc type) implements ModuleDecl {}

  /** Type of a core import or export. */
  sealed interface CoreDesc {}

  /** A function whose type is by index in the module type's own index space. */
  record FuncDesc(int type) implements CoreDesc {}

  /** A table, memory or global, whose type needs no index. */
  record DirectDesc(CoreExternType type) implements CoreDesc {}

  /** An exception tag whose type is by index. */
  record TagDesc(int type) implements CoreDesc {}
}
