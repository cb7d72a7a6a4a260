package io.calcitewasm.component.binary;

/**
 * What may stand inside a component type or an instance type (Binary.md, {@code componentdecl} and
 * {@code instancedecl}). All but {@link ExportDecl} are definitions of components as well.
 */
public sealed interface Declaration extends Definition
    permits Declaration.CoreTypeDef,
        Declaration.TypeDef,
        Declaration.Import,
        Declaration.ExportDecl,
        Alias {

  /** {@code (core type …)}. Enters the index space of core types. */
  record CoreTypeDef(int offset, CoreTypeExpr type) implements Declaration {
    @Override
    public String section() {
      return "core type section";
    }
  }

  /** {@code (type …)}. Enters the index space of types. */
  record TypeDef(int offset, TypeExpr type) implements Declaration {
    @Override
    public String section() {
      return "type section";
    }
  }

  /**
   * {@code (import "name" …)}. Enters the index space of its sort. Never inside an instance type.
   */
  record Import(int offset, ExternName name, ExternDesc type) implements Declaration {
    @Override
    public String section() {
      return "import section";
    }
  }

  /**
   * {@code (export "name" …)} inside a component type or an instance type, and only there. Enters
   * the index space of its sort.
   */
  record ExportDecl(int offset, ExternName name, ExternDesc type) implements Declaration {
    @Override
    public String section() {
      return "type section";
    }
  }
}
