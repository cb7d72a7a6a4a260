package io.calcitewasm.adapter.parser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code CALL, STATEMENT FOR (f, g), SESSION FOR (interface.h)}: the isolation of a module, and of
 * functions that have their own.
 */
public final class IsolationClause extends SqlCall {
  private final @Nullable Isolation module;
  private final Map<String, Isolation> functions;

  private IsolationClause(
      SqlParserPos pos, @Nullable Isolation module, Map<String, Isolation> functions) {
    super(pos);
    this.module = module;
    this.functions = new LinkedHashMap<>(functions);
  }

  /** A clause that says nothing. */
  public static IsolationClause empty(SqlParserPos pos) {
    return new IsolationClause(pos, null, Map.of());
  }

  /** This clause with an isolation of the module. */
  public IsolationClause with(Isolation isolation) {
    return new IsolationClause(pos, isolation, functions);
  }

  /**
   * This clause with the isolation of a function, in place of what it says of it.
   *
   * @param names the function's name, behind that of its sub-schema if it is given
   */
  public IsolationClause with(List<String> names, Isolation isolation) {
    Map<String, Isolation> all = new LinkedHashMap<>(functions);
    all.put(String.join(".", names).toLowerCase(Locale.ROOT), isolation);
    return new IsolationClause(pos, module, all);
  }

  /** This clause with all that another one says, which wins. */
  public IsolationClause with(IsolationClause other) {
    Map<String, Isolation> all = new LinkedHashMap<>(functions);
    all.putAll(other.functions);
    return new IsolationClause(pos, other.module == null ? module : other.module, all);
  }

  /** The module's isolation, if the clause says one. */
  public Optional<Isolation> module() {
    return Optional.ofNullable(module);
  }

  /** The functions' own isolations by their names in lower case. */
  public Map<String, Isolation> functions() {
    return new LinkedHashMap<>(functions);
  }

  @Override
  public SqlOperator getOperator() {
    return new OwnOperator(
        "ISOLATION", SqlKind.OTHER, (pos, _) -> new IsolationClause(pos, module, functions));
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of();
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    String separator = "";
    if (module != null) {
      writer.print(module.name());
      separator = ", ";
    }
    for (Isolation isolation : Isolation.values()) {
      List<String> names =
          functions.entrySet().stream()
              .filter(function -> function.getValue() == isolation)
              .map(function -> quoted(function.getKey()))
              .toList();
      if (!names.isEmpty()) {
        writer.print(separator + isolation.name() + " FOR (" + String.join(", ", names) + ")");
        separator = ", ";
      }
    }
    writer.setNeedWhitespace(true);
  }

  private static String quoted(String name) {
    return List.of(name.split("\\.")).stream()
        .map(part -> '"' + part + '"')
        .collect(Collectors.joining("."));
  }
}
