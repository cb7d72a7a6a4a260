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
 * The functions of any arguments that a component exports by {@code
 * calcite:extension/dynamic-scalar}; their names are the manifest's.
 */
final class DynamicForms {
  private static final String INTERFACE = "dynamic-scalar";
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
              if (notes.kind().equals(INTERFACE)) {
                functions.add(function(name, notes, exports));
              }
            });
    return functions;
  }

  private SqlFunction function(String name, FunctionNotes notes, Map<String, ExternType> exports) {
    Optional<String> exported =
        exports.keySet().stream().filter(DynamicForms::isDynamicScalar).findFirst();
    String interfaceName = exported.orElse("");
    SqlForm form =
        exported
            .map(exports::get)
            .map(instance -> form(name, interfaceName, (ExternType.Instance) instance))
            .orElseGet(() -> new SqlForm.None("the component does not export " + INTERFACE));
    return function(
        interfaceName, name, name, notes, new FuncType(List.of(), Optional.empty()), form);
  }

  private static boolean isDynamicScalar(String externName) {
    return InterfaceName.parse(externName)
        .filter(n -> n.isContract() && n.name().equals(INTERFACE))
        .isPresent();
  }

  private SqlForm form(String name, String interfaceName, ExternType.Instance instance) {
    try {
      return new SqlForm.Dynamic(
          part(RESOLVE, name, interfaceName, instance), part(CALL, name, interfaceName, instance));
    } catch (NoSqlFormException e) {
      return new SqlForm.None(e.reason());
    }
  }

  /** One of the two that are called, under the name of the function that it is called for. */
  private SqlFunction part(
      String witName, String name, String interfaceName, ExternType.Instance instance)
      throws NoSqlFormException {
    if (!(instance.exports().get(witName) instanceof ExternType.Func func)) {
      throw new NoSqlFormException(INTERFACE + " has no function " + witName);
    }
    SqlForm.Typed form = forms.typed(func.type(), FunctionNotes.NONE);
    if (form.parameters().size() != 2
        || !(form.parameters().get(1).type() instanceof SqlType.ArrayOf)
        || !(form.result() instanceof SqlType.RowOf)) {
      throw new NoSqlFormException(INTERFACE + "#" + witName + " is not that of the contract");
    }
    return function(interfaceName, witName, name, FunctionNotes.NONE, func.type(), form);
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
