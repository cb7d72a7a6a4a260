package io.calcitewasm.udf.signature;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.policy.InterfaceName;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import io.calcitewasm.udf.signature.SqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL functions of a component, read from its exports' types alone. */
public final class SignatureMapper {
  private static final int LARGEST_TOTAL = 200_000;

  private final String module;
  private final Manifest manifest;
  private final List<SqlFunction> functions = new ArrayList<>();
  private int parts;

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
    return List.copyOf(mapper.functions);
  }

  private static boolean isReserved(String externName) {
    return InterfaceName.parse(externName).filter(n -> n.isContract() || n.isWasi()).isPresent();
  }

  private void scope(String interfaceName, Map<String, ExternType> exports) {
    exports.forEach(
        (name, type) -> {
          // Plain names are functions; [method]r.f and the like belong to a resource.
          if (type instanceof ExternType.Func func && !name.startsWith("[")) {
            add(interfaceName, name, func.type());
          }
          if (type instanceof ExternType.Resource) {
            aggregate(interfaceName, name, exports);
          }
        });
  }

  private void add(String interfaceName, String witName, FuncType type) {
    FunctionNotes notes = manifest.notes(interfaceName, witName);
    add(interfaceName, witName, type, notes, form(type, notes));
  }

  /** Aggregates are listed, so that calling one says why it cannot be called. */
  private void aggregate(String interfaceName, String name, Map<String, ExternType> exports) {
    if (exports.get("[constructor]" + name) instanceof ExternType.Func constructor
        && exports.containsKey("[method]" + name + ".step")
        && exports.containsKey("[method]" + name + ".value")) {
      String reason =
          "resource "
              + name
              + " is an aggregate (constructor, step, value);"
              + " aggregates are not available in this version";
      add(
          interfaceName,
          name,
          constructor.type(),
          manifest.notes(interfaceName, name),
          new SqlForm.None(reason));
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

  private SqlForm form(FuncType type, FunctionNotes notes) {
    TypeMapper mapper = new TypeMapper(Math.min(TypeMapper.LARGEST, LARGEST_TOTAL - parts));
    try {
      List<SqlParameter> parameters = new ArrayList<>();
      for (ValType.Field parameter : type.parameters()) {
        parameters.add(parameter(parameter, mapper));
      }
      return result(type.result(), parameters, notes, mapper);
    } catch (NoSqlFormException e) {
      return new SqlForm.None(e.reason());
    } finally {
      parts += Math.min(mapper.parts(), TypeMapper.LARGEST);
    }
  }

  private static SqlParameter parameter(ValType.Field parameter, TypeMapper mapper)
      throws NoSqlFormException {
    String name = SqlNames.of(parameter.name());
    try {
      SqlMapping mapping = mapper.map(parameter.type());
      return new SqlParameter(name, mapping.type(), mapping.nullable());
    } catch (NoSqlFormException e) {
      throw new NoSqlFormException("parameter " + name + ": " + e.reason());
    }
  }

  private static SqlForm result(
      Optional<ValType> type, List<SqlParameter> parameters, FunctionNotes notes, TypeMapper mapper)
      throws NoSqlFormException {
    boolean raises = false;
    Optional<ValType> value = type;
    if (type.isPresent() && type.get().structure() instanceof ValType.ResultType result) {
      raises = true;
      value = result.ok();
    }
    if (value.isEmpty()) {
      return new SqlForm.Typed(parameters, SqlType.of(Kind.BOOLEAN), false, raises);
    }
    try {
      SqlMapping mapping = mapper.map(value.get());
      return new SqlForm.Typed(
          parameters, narrowed(value.get(), mapping.type(), notes), mapping.nullable(), raises);
    } catch (NoSqlFormException e) {
      throw new NoSqlFormException("result: " + e.reason());
    }
  }

  /** A manifest may narrow a decimal result. */
  private static SqlType narrowed(ValType value, SqlType type, FunctionNotes notes) {
    if (notes.result().isEmpty()) {
      return type;
    }
    ValType inner = value.structure() instanceof ValType.OptionType option ? option.some() : value;
    return ContractType.of(inner).filter(ContractType.DECIMAL::equals).isPresent()
        ? SqlType.decimal(notes.result().get().precision(), notes.result().get().scale())
        : type;
  }
}
