package io.calcitewasm.udf.signature;

import io.calcitewasm.component.Component;
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

/** The SQL functions of a component, read from its exports' types alone. */
public final class SignatureMapper {
  private final String module;
  private final Manifest manifest;
  private final List<SqlFunction> functions = new ArrayList<>();
  private final FunctionForms forms = new FunctionForms();

  private SignatureMapper(String module, Manifest manifest) {
    this.module = module;
    this.manifest = manifest;
  }

  /**
   * Every function that a component exports outside {@code calcite:extension} and {@code wasi}, in
   * order of its exports; those without SQL form are among them, with the reason.
   *
   * @param module the name of the module
   * @param component the component; nothing of it is run
   * @param manifest where documentation and narrower decimals come from
   */
  public static List<SqlFunction> functions(String module, Component component, Manifest manifest) {
    return functions(module, component.exports(), manifest);
  }

  /**
   * Every function that a component exports outside {@code calcite:extension} and {@code wasi}, in
   * order of its exports; those without SQL form are among them, with the reason.
   *
   * @param module the name of the module
   * @param exports the component's exports by extern name
   * @param manifest where documentation and narrower decimals come from
   */
  public static List<SqlFunction> functions(
      String module, Map<String, ExternType> exports, Manifest manifest) {
    SignatureMapper mapper = new SignatureMapper(module, manifest);
    mapper.scope("", exports);
    exports.forEach(
        (name, type) -> {
          if (type instanceof ExternType.Instance instance && !isReserved(name)) {
            mapper.scope(name, instance.exports());
          }
        });
    mapper.functions.addAll(new DynamicForms(module, mapper.forms).functions(exports, manifest));
    return List.copyOf(mapper.functions);
  }

  private static boolean isReserved(String externName) {
    return InterfaceName.parse(externName).filter(n -> n.isContract() || n.isWasi()).isPresent();
  }

  private void scope(String interfaceName, Map<String, ExternType> exports) {
    ResourceForms resources = new ResourceForms(module, interfaceName, exports, forms);
    exports.forEach(
        (name, type) -> {
          FunctionNotes notes = manifest.notes(interfaceName, name);
          // Plain names are functions; [method]r.f and the like belong to a resource.
          if (type instanceof ExternType.Func func && !name.startsWith("[")) {
            SqlForm form =
                resources
                    .cursor(func.type())
                    .map(resource -> resources.cursor(name, func.type(), resource))
                    .orElseGet(() -> form(func.type(), notes));
            add(interfaceName, name, func.type(), notes, form);
          }
          if (type instanceof ExternType.Resource resource && resources.isAggregate(name)) {
            FuncType shown =
                exports.get("[constructor]" + name) instanceof ExternType.Func constructor
                    ? constructor.type()
                    : new FuncType(List.of(), Optional.empty());
            add(
                interfaceName,
                name,
                shown,
                notes,
                resources.aggregate(name, resource.type(), notes));
          }
        });
  }

  private SqlForm form(FuncType type, FunctionNotes notes) {
    try {
      return forms.typed(type, notes);
    } catch (NoSqlFormException e) {
      return new SqlForm.None(e.reason());
    }
  }

  private void add(
      String interfaceName, String witName, FuncType type, FunctionNotes notes, SqlForm form) {
    functions.add(
        new SqlFunction(
            module,
            interfaceName,
            SqlNames.ofInterface(interfaceName),
            witName,
            SqlNames.of(witName),
            notes.documentation(),
            type,
            form));
  }
}
