package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.FuncType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A component function as SQL sees it.
 *
 * @param module the module's name
 * @param interfaceName the WIT extern name of the interface that exports it, {@code ""} for the
 *     root
 * @param schemaName the sub-schema of that interface, e.g. {@code text_functions}; {@code ""} for
 *     the root
 * @param witName the WIT name, e.g. {@code to-URL}
 * @param name the SQL name, e.g. {@code to_url}
 * @param documentation from the manifest, {@code ""} without
 * @param type the component type
 * @param form how it is called from SQL, or why it cannot be
 */
public record SqlFunction(
    String module,
    String interfaceName,
    String schemaName,
    String witName,
    String name,
    String documentation,
    FuncType type,
    SqlForm form) {

  /** The parameters in order; none for a function without SQL form. */
  public List<SqlParameter> parameters() {
    return form instanceof SqlForm.Typed typed ? typed.parameters() : List.of();
  }

  /**
   * The type of the result.
   *
   * @throws IllegalStateException for a function without SQL form
   */
  public SqlType result() {
    return typed().result();
  }

  /** Whether the function itself may answer NULL, its arguments apart. */
  public boolean resultNullable() {
    return form instanceof SqlForm.Typed typed && typed.resultNullable();
  }

  /** Whether the guest may answer with an error of its own. */
  public boolean raises() {
    return form instanceof SqlForm.Typed typed && typed.raises();
  }

  /** Why the function cannot be called from SQL (WM004); empty when it can. */
  public Optional<String> noSqlForm() {
    return form instanceof SqlForm.None none ? Optional.of(none.reason()) : Optional.empty();
  }

  /** {@code slugify(s VARCHAR) -> VARCHAR}; {@code name(…)} without SQL form. */
  public String sqlSignature() {
    return switch (form) {
      case SqlForm.None none -> name + "(…)";
      case SqlForm.Typed typed ->
          typed.parameters().stream()
              .map(p -> p.name() + " " + p.type().toSql())
              .collect(Collectors.joining(", ", name + "(", ") -> " + typed.result().toSql()));
    };
  }

  /** {@code module.name}. */
  public String shortName() {
    return module + "." + name;
  }

  /** {@code module.sub_schema.name}; the short name for a function of the root. */
  public String longName() {
    return schemaName.isEmpty() ? shortName() : module + "." + schemaName + "." + name;
  }

  private SqlForm.Typed typed() {
    if (form instanceof SqlForm.Typed typed) {
      return typed;
    }
    throw new IllegalStateException(longName() + " has no SQL form");
  }
}
