package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.policy.InterfaceName;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions and aggregates of any arguments that a component exports by {@code
 * calcite:extension/dynamic-scalar} and {@code dynamic-aggregate}; their names are the manifest's.
 */
final class DynamicForms {
  private static final String SCALAR = "dynamic-scalar";
  private static final String AGGREGATE = "dynamic-aggregate";
  private static final String ACCUMULATOR = "accumulator";

  /** The contract's accumulator has all methods; the manifest says which of them work. */
  private static final String INVERTIBLE = "invertible";

  private static final String MERGEABLE = "mergeable";
  private static final String SAVABLE = "savable";

  private static final String RESOLVE = "resolve";
  private static final String CALL = "call";

  private final String module;
  private final FunctionForms forms;

  DynamicForms(String module, FunctionForms forms) {
    this.module = module;
    this.forms = forms;
  }

  /** The functions that the manifest names, in its order. */
  List<SqlFunction> functions(Map<String, ExternType> exports, Manifest manifest) {
    List<SqlFunction> functions = new ArrayList<>();
    manifest
        .functions()
        .forEach(
            (name, notes) -> {
              if (notes.kind().equals(SCALAR) || notes.kind().equals(AGGREGATE)) {
                functions.add(function(name, notes, exports));
              }
            });
    return functions;
  }

  private SqlFunction function(String name, FunctionNotes notes, Map<String, ExternType> exports) {
    Optional<String> exported =
        exports.keySet().stream().filter(extern -> isContract(extern, notes.kind())).findFirst();
    String interfaceName = exported.orElse("");
    SqlForm form =
        exported
            .map(exports::get)
            .map(
                instance ->
                    form(name, notes, interfaceName, ((ExternType.Instance) instance).exports()))
            .orElseGet(() -> new SqlForm.None("the component does not export " + notes.kind()));
    return function(
        interfaceName, name, name, notes, new FuncType(List.of(), Optional.empty()), form);
  }

  private static boolean isContract(String externName, String name) {
    return InterfaceName.parse(externName)
        .filter(n -> n.isContract() && n.name().equals(name))
        .isPresent();
  }

  private SqlForm form(
      String name, FunctionNotes notes, String interfaceName, Map<String, ExternType> exports) {
    try {
      SqlFunction resolve = part(RESOLVE, name, notes.kind(), interfaceName, exports);
      return notes.kind().equals(SCALAR)
          ? new SqlForm.Dynamic(resolve, part(CALL, name, SCALAR, interfaceName, exports))
          : new SqlForm.DynamicAggregate(resolve, accumulator(name, notes, interfaceName, exports));
    } catch (NoSqlFormException e) {
      return new SqlForm.None(e.reason());
    }
  }

  /** One of the two that are called, under the name of the function that it is called for. */
  private SqlFunction part(
      String witName,
      String name,
      String kind,
      String interfaceName,
      Map<String, ExternType> exports)
      throws NoSqlFormException {
    if (!(exports.get(witName) instanceof ExternType.Func func)) {
      throw new NoSqlFormException(kind + " has no function " + witName);
    }
    SqlForm.Typed form = forms.typed(func.type(), FunctionNotes.NONE);
    if (form.parameters().size() != 2
        || !(form.parameters().get(1).type() instanceof SqlType.ArrayOf)
        || !(form.result() instanceof SqlType.RowOf)) {
      throw new NoSqlFormException(kind + "#" + witName + " is not that of the contract");
    }
    return function(interfaceName, witName, name, FunctionNotes.NONE, func.type(), form);
  }

  /** The contract's resource as the aggregate of one name. */
  private SqlFunction accumulator(
      String name, FunctionNotes notes, String interfaceName, Map<String, ExternType> exports)
      throws NoSqlFormException {
    if (!(exports.get(ACCUMULATOR) instanceof ExternType.Resource resource)) {
      throw new NoSqlFormException(AGGREGATE + " has no resource " + ACCUMULATOR);
    }
    SqlForm form =
        new ResourceForms(module, interfaceName, exports, forms)
            .aggregate(ACCUMULATOR, resource.type(), FunctionNotes.NONE);
    if (form instanceof SqlForm.None none) {
      throw new NoSqlFormException(none.reason());
    }
    if (!(form instanceof SqlForm.Aggregate aggregate)
        || aggregate.constantCount() != 1
        || aggregate.inputs().size() != 1
        || !(aggregate.inputs().getFirst().type() instanceof SqlType.ArrayOf)
        || !(aggregate.result() instanceof SqlType.RowOf)) {
      throw new NoSqlFormException(AGGREGATE + "#" + ACCUMULATOR + " is not that of the contract");
    }
    AggregateMethods methods = aggregate.methods();
    boolean savable = notes.traits().contains(SAVABLE);
    AggregateMethods named =
        new AggregateMethods(
            named(methods.constructor(), name),
            named(methods.step(), name),
            named(methods.value(), name),
            methods
                .merge()
                .filter(method -> notes.traits().contains(MERGEABLE))
                .map(method -> named(method, name)),
            methods
                .inverse()
                .filter(method -> notes.traits().contains(INVERTIBLE))
                .map(method -> named(method, name)),
            methods.save().filter(method -> savable).map(method -> named(method, name)),
            methods.restore().filter(method -> savable).map(method -> named(method, name)));
    return function(
        interfaceName,
        ACCUMULATOR,
        name,
        FunctionNotes.NONE,
        methods.constructor().type(),
        new SqlForm.Aggregate(
            aggregate.parameters(), 1, aggregate.result(), aggregate.resultNullable(), named));
  }

  /** Messages name what was called, not the contract's resource. */
  private SqlFunction named(SqlFunction method, String name) {
    String own = method.name().replaceFirst("^" + ACCUMULATOR, "");
    return new SqlFunction(
        module,
        method.interfaceName(),
        "",
        method.witName(),
        SqlNames.of(name) + own,
        "",
        method.type(),
        method.form());
  }

  private SqlFunction function(
      String interfaceName,
      String witName,
      String name,
      FunctionNotes notes,
      FuncType type,
      SqlForm form) {
    return new SqlFunction(
        module, interfaceName, "", witName, SqlNames.of(name), notes.documentation(), type, form);
  }
}
