package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import io.calcitewasm.udf.signature.SqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Function types in SQL. Counts the parts of all types that it maps, so that it ends in time. */
final class FunctionForms {
  private static final int LARGEST_TOTAL = 200_000;

  private int parts;

  /** The form of a function that is called for a value. */
  SqlForm.Typed typed(FuncType type, FunctionNotes notes) throws NoSqlFormException {
    return counted(mapper -> typed(type, notes, mapper));
  }

  /**
   * The parameters of a function.
   *
   * @param from the first that SQL sees
   */
  List<SqlParameter> parameters(FuncType type, int from) throws NoSqlFormException {
    return counted(
        mapper -> {
          List<SqlParameter> parameters = new ArrayList<>();
          for (ValType.Field parameter :
              type.parameters().subList(from, type.parameters().size())) {
            parameters.add(parameter(parameter, mapper));
          }
          return parameters;
        });
  }

  /** What a function answers when it does not fail; BOOLEAN where it answers nothing. */
  SqlMapping result(FuncType type, FunctionNotes notes) throws NoSqlFormException {
    return counted(mapper -> result(type, notes, mapper));
  }

  private interface Mapping<T> {
    T with(TypeMapper mapper) throws NoSqlFormException;
  }

  private <T> T counted(Mapping<T> mapping) throws NoSqlFormException {
    TypeMapper mapper = new TypeMapper(Math.min(TypeMapper.LARGEST, LARGEST_TOTAL - parts));
    try {
      return mapping.with(mapper);
    } finally {
      parts += Math.min(mapper.parts(), TypeMapper.LARGEST);
    }
  }

  private static SqlForm.Typed typed(FuncType type, FunctionNotes notes, TypeMapper mapper)
      throws NoSqlFormException {
    List<SqlParameter> parameters = new ArrayList<>();
    for (ValType.Field parameter : type.parameters()) {
      parameters.add(parameter(parameter, mapper));
    }
    SqlMapping result = result(type, notes, mapper);
    return new SqlForm.Typed(parameters, result.type(), result.nullable(), Answers.raises(type));
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

  private static SqlMapping result(FuncType type, FunctionNotes notes, TypeMapper mapper)
      throws NoSqlFormException {
    Optional<ValType> value = Answers.value(type);
    if (value.isEmpty()) {
      return new SqlMapping(SqlType.of(Kind.BOOLEAN), false);
    }
    try {
      SqlMapping mapping = mapper.map(value.get());
      return new SqlMapping(narrowed(value.get(), mapping.type(), notes), mapping.nullable());
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
