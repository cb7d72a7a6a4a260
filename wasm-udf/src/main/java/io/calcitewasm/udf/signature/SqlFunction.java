package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import java.util.List;
import java.util.Objects;
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

  /** What SQL uses a function as. */
  public enum Kind {
    /** A value for each row. */
    SCALAR,
    /** A value for each group or window frame. */
    AGGREGATE,
    /** Rows, in FROM only. */
    TABLE,
    /** A value for each row, of a type that the arguments' types decide. */
    DYNAMIC,
    /** A value for each group or window frame, of a type that the arguments' types decide. */
    DYNAMIC_AGGREGATE;

    /** Whether types of arguments and result are known for calls only. */
    public boolean isDynamic() {
      return this == DYNAMIC || this == DYNAMIC_AGGREGATE;
    }
  }

  /** Of the names alone: types that share parts are huge when they are gone through. */
  @Override
  public int hashCode() {
    return Objects.hash(module, interfaceName, witName);
  }

  /** What SQL uses the function as; those without SQL form are scalar. */
  public Kind kind() {
    return switch (form) {
      case SqlForm.Typed _, SqlForm.None _ -> Kind.SCALAR;
      case SqlForm.Aggregate _ -> Kind.AGGREGATE;
      case SqlForm.Cursor _ -> Kind.TABLE;
      case SqlForm.Dynamic _ -> Kind.DYNAMIC;
      case SqlForm.DynamicAggregate _ -> Kind.DYNAMIC_AGGREGATE;
    };
  }

  /** The parameters in order; none for a function without SQL form. */
  public List<SqlParameter> parameters() {
    return switch (form) {
      case SqlForm.Typed typed -> typed.parameters();
      case SqlForm.Cursor cursor -> cursor.parameters();
      case SqlForm.None _, SqlForm.Dynamic _, SqlForm.DynamicAggregate _ -> List.of();
      case SqlForm.Aggregate aggregate -> aggregate.parameters();
    };
  }

  /**
   * The type of the result; of a table function with a cursor, that of all its rows together.
   *
   * @throws IllegalStateException for a function without SQL form
   */
  public SqlType result() {
    return switch (form) {
      case SqlForm.Typed typed -> typed.result();
      case SqlForm.Aggregate aggregate -> aggregate.result();
      case SqlForm.Cursor cursor -> new SqlType.ArrayOf(cursor.columns(), false);
      case SqlForm.Dynamic _, SqlForm.DynamicAggregate _ ->
          throw new IllegalStateException(longName() + " has a result for arguments only");
      case SqlForm.None _ -> throw new IllegalStateException(longName() + " has no SQL form");
    };
  }

  /** Whether the function itself may answer NULL, its arguments apart. */
  public boolean resultNullable() {
    return switch (form) {
      case SqlForm.Typed typed -> typed.resultNullable();
      case SqlForm.Aggregate aggregate -> aggregate.resultNullable();
      case SqlForm.Dynamic _, SqlForm.DynamicAggregate _ -> true;
      case SqlForm.Cursor _, SqlForm.None _ -> false;
    };
  }

  /**
   * The columns of a table function: one that answers a list of records, or a resource that does;
   * empty for others.
   */
  public Optional<SqlType.RowOf> columns() {
    return switch (form) {
      case SqlForm.Cursor cursor -> Optional.of(cursor.columns());
      case SqlForm.Typed(_, SqlType.ArrayOf(SqlType.RowOf row, boolean nullable), _, _)
          when !nullable && isListOfRecords() ->
          Optional.of(row);
      case SqlForm.Typed _,
          SqlForm.Aggregate _,
          SqlForm.Dynamic _,
          SqlForm.DynamicAggregate _,
          SqlForm.None _ ->
          Optional.empty();
    };
  }

  /** Variants and results are rows in SQL too, but nobody's columns. */
  private boolean isListOfRecords() {
    ValType answer = Answers.value(type).orElse(null);
    return answer != null
        && answer.structure() instanceof ValType.ListType list
        && (list.element().structure() instanceof ValType.RecordType
            || list.element().structure() instanceof ValType.TupleType);
  }

  /** Whether the guest may answer with an error of its own. */
  public boolean raises() {
    return switch (form) {
      case SqlForm.Typed typed -> typed.raises();
      case SqlForm.Aggregate aggregate -> aggregate.methods().raises();
      case SqlForm.Cursor cursor -> cursor.open().raises() || cursor.next().raises();
      case SqlForm.Dynamic _, SqlForm.DynamicAggregate _ -> true;
      case SqlForm.None _ -> false;
    };
  }

  /** Why the function cannot be called from SQL (WM004); empty when it can. */
  public Optional<String> noSqlForm() {
    return form instanceof SqlForm.None none ? Optional.of(none.reason()) : Optional.empty();
  }

  /**
   * {@code slugify(s VARCHAR) -> VARCHAR}; {@code read_lines(doc VARCHAR) -> TABLE(line VARCHAR)}
   * with a cursor; {@code name(…)} without SQL form.
   */
  public String sqlSignature() {
    String answer =
        switch (form) {
          case SqlForm.None _, SqlForm.Dynamic _, SqlForm.DynamicAggregate _ -> "";
          case SqlForm.Typed _, SqlForm.Aggregate _ -> result().toSql();
          case SqlForm.Cursor cursor ->
              cursor.columns().fields().stream()
                  .map(f -> f.name() + " " + f.type().toSql())
                  .collect(Collectors.joining(", ", "TABLE(", ")"));
        };
    return form instanceof SqlForm.None || kind().isDynamic()
        ? name + "(…)"
        : parameters().stream()
            .map(p -> p.name() + " " + p.type().toSql())
            .collect(Collectors.joining(", ", name + "(", ") -> " + answer));
  }

  /** {@code module.name}. */
  public String shortName() {
    return module + "." + name;
  }

  /** {@code module.sub_schema.name}; the short name for a function of the root. */
  public String longName() {
    return schemaName.isEmpty() ? shortName() : module + "." + schemaName + "." + name;
  }
}
