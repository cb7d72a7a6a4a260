package io.calcitewasm.udf.signature;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import io.calcitewasm.udf.signature.SqlType.ArrayOf;
import io.calcitewasm.udf.signature.SqlType.Handle;
import io.calcitewasm.udf.signature.SqlType.Kind;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resources of one interface as aggregates and as cursors of table functions (docs/sql.md,
 * "Aggregates", "Table functions").
 */
final class ResourceForms {
  private static final String SELF = "self";
  private static final String NEXT = "next";

  private final String module;
  private final String interfaceName;
  private final Map<String, ExternType> exports;
  private final FunctionForms forms;

  ResourceForms(
      String module, String interfaceName, Map<String, ExternType> exports, FunctionForms forms) {
    this.module = module;
    this.interfaceName = interfaceName;
    this.exports = exports;
    this.forms = forms;
  }

  /** The resources that have what makes an aggregate: {@code step} and {@code value}, or one. */
  boolean isAggregate(String resource) {
    return method(resource, "step").isPresent();
  }

  /** The form of a resource that {@link #isAggregate}. */
  SqlForm aggregate(String resource, ResourceType type, FunctionNotes notes) {
    try {
      return new Aggregate(resource, type, notes).form();
    } catch (NoSqlFormException e) {
      return new SqlForm.None("resource " + resource + " as an aggregate: " + e.reason());
    }
  }

  /** The resource that a function answers with, if its resource has {@code next}. */
  Optional<ResourceType> cursor(FuncType type) {
    return Answers.value(type)
        .filter(answer -> answer.structure() instanceof ValType.OwnType)
        .map(answer -> ((ValType.OwnType) answer.structure()).resource())
        .filter(resource -> named(resource).isPresent());
  }

  /** The form of a function that answers a {@link #cursor}. */
  SqlForm cursor(String witName, FuncType type, ResourceType resource) {
    String name = named(resource).orElseThrow();
    try {
      FuncType next = method(name, NEXT).orElseThrow();
      List<SqlParameter> parameters = forms.parameters(type, 0);
      if (!(forms.result(next, FunctionNotes.NONE).type()
              instanceof ArrayOf(RowOf columns, boolean nullable))
          || nullable) {
        throw new NoSqlFormException(
            "next of resource "
                + name
                + " is "
                + Wit.text(next)
                + ", not func(max-rows: u32) -> list<record>");
      }
      return new SqlForm.Cursor(
          parameters,
          columns,
          hidden(witName, type, parameters, new Handle(name)),
          hidden(
              "[method]" + name + "." + NEXT,
              SqlNames.of(witName),
              next,
              List.of(
                  new SqlParameter(SELF, new Handle(name), false),
                  new SqlParameter("max_rows", SqlType.of(Kind.BIGINT), false)),
              new SqlMapping(new ArrayOf(columns, false), false)));
    } catch (NoSqlFormException e) {
      return new SqlForm.None(e.reason());
    }
  }

  /** The name under which a resource with {@code next} is exported here. */
  private Optional<String> named(ResourceType resource) {
    return exports.entrySet().stream()
        .filter(e -> e.getValue() instanceof ExternType.Resource exported && is(exported, resource))
        .map(Map.Entry::getKey)
        .filter(name -> method(name, NEXT).filter(ResourceForms::pulls).isPresent())
        .findFirst();
  }

  /** Whether {@code next} is told how many rows are wanted; others are nobody's cursor. */
  private static boolean pulls(FuncType next) {
    return next.parameters().size() == 2
        && next.parameters().get(1).type().structure() == PrimitiveType.U32;
  }

  private static boolean is(ExternType.Resource exported, ResourceType resource) {
    return exported.type() == resource;
  }

  private Optional<FuncType> method(String resource, String name) {
    return function("[method]" + resource + "." + name);
  }

  private Optional<FuncType> function(String witName) {
    return exports.get(witName) instanceof ExternType.Func func
        ? Optional.of(func.type())
        : Optional.empty();
  }

  /** A function that SQL does not see by itself; messages call it {@code resource.method}. */
  private SqlFunction hidden(
      String witName, FuncType type, List<SqlParameter> parameters, SqlType result) {
    String name = SqlNames.of(witName.substring(witName.indexOf(']') + 1));
    return hidden(witName, name, type, parameters, new SqlMapping(result, false));
  }

  private SqlFunction hidden(
      String witName,
      String name,
      FuncType type,
      List<SqlParameter> parameters,
      SqlMapping result) {
    return new SqlFunction(
        module,
        interfaceName,
        SqlNames.ofInterface(interfaceName),
        witName,
        name,
        "",
        type,
        new SqlForm.Typed(parameters, result.type(), result.nullable(), Answers.raises(type)));
  }

  /** One resource, read as an aggregate. */
  private final class Aggregate {
    private final String resource;
    private final ResourceType type;
    private final FunctionNotes notes;
    private final SqlParameter self;

    Aggregate(String resource, ResourceType type, FunctionNotes notes) {
      this.resource = resource;
      this.type = type;
      this.notes = notes;
      this.self = new SqlParameter(SELF, new Handle(resource), false);
    }

    SqlForm form() throws NoSqlFormException {
      FuncType constructor =
          function("[constructor]" + resource)
              .orElseThrow(() -> new NoSqlFormException("it has no constructor"));
      FuncType step = method(resource, "step").orElseThrow();
      FuncType value =
          method(resource, "value")
              .orElseThrow(() -> new NoSqlFormException("it has step, but no value"));
      List<SqlParameter> constants = forms.parameters(constructor, 0);
      List<SqlParameter> inputs = forms.parameters(step, 1);
      answersNothing("step", step);
      if (value.parameters().size() != 1) {
        throw new NoSqlFormException("value takes more than the accumulator: " + Wit.text(value));
      }
      SqlMapping result = forms.result(value, notes);
      AggregateMethods methods =
          new AggregateMethods(
              hidden("[constructor]" + resource, constructor, constants, self.type()),
              nothing("step", step, inputs),
              hidden(
                  "[method]" + resource + ".value",
                  SqlNames.of(resource + ".value"),
                  value,
                  List.of(self),
                  result),
              merge(),
              inverse(step, inputs),
              save(),
              restore(constants));
      List<SqlParameter> parameters = new ArrayList<>(constants);
      parameters.addAll(inputs);
      return new SqlForm.Aggregate(
          parameters, constants.size(), result.type(), result.nullable(), methods);
    }

    private SqlFunction nothing(String name, FuncType method, List<SqlParameter> inputs) {
      List<SqlParameter> parameters = new ArrayList<>();
      parameters.add(self);
      parameters.addAll(inputs);
      return hidden(
          "[method]" + resource + "." + name, method, parameters, SqlType.of(Kind.BOOLEAN));
    }

    private void answersNothing(String name, FuncType method) throws NoSqlFormException {
      if (Answers.value(method).isPresent()) {
        throw new NoSqlFormException(name + " answers a value: " + Wit.text(method));
      }
    }

    private Optional<SqlFunction> merge() throws NoSqlFormException {
      Optional<FuncType> merge = method(resource, "merge");
      if (merge.isEmpty()) {
        return Optional.empty();
      }
      answersNothing("merge", merge.get());
      List<ValType.Field> parameters = merge.get().parameters();
      if (parameters.size() != 2
          || !(parameters.get(1).type().structure() instanceof ValType.BorrowType other)
          || other.resource() != type) {
        throw wrong("merge", merge.get(), "func(other: borrow<" + resource + ">)");
      }
      return Optional.of(
          nothing("merge", merge.get(), List.of(new SqlParameter("other", self.type(), false))));
    }

    private Optional<SqlFunction> inverse(FuncType step, List<SqlParameter> inputs)
        throws NoSqlFormException {
      Optional<FuncType> inverse = method(resource, "inverse");
      if (inverse.isEmpty()) {
        return Optional.empty();
      }
      answersNothing("inverse", inverse.get());
      if (!types(inverse.get()).equals(types(step))) {
        throw wrong("inverse", inverse.get(), "the parameters of step");
      }
      return Optional.of(nothing("inverse", inverse.get(), inputs));
    }

    private static List<ValType> types(FuncType type) {
      return type.parameters().stream().map(ValType.Field::type).toList();
    }

    private Optional<SqlFunction> save() throws NoSqlFormException {
      Optional<FuncType> save = method(resource, "save");
      if (save.isEmpty()) {
        return Optional.empty();
      }
      if (save.get().parameters().size() != 1 || !isBytes(Answers.value(save.get()))) {
        throw wrong("save", save.get(), "func() -> list<u8>");
      }
      return Optional.of(
          hidden(
              "[method]" + resource + ".save",
              save.get(),
              List.of(self),
              SqlType.of(Kind.VARBINARY)));
    }

    /** Takes the state, and before it either nothing or what the constructor takes. */
    private Optional<SqlFunction> restore(List<SqlParameter> constants) throws NoSqlFormException {
      String witName = "[static]" + resource + ".restore";
      Optional<FuncType> restore = function(witName);
      if (restore.isEmpty()) {
        return Optional.empty();
      }
      List<ValType.Field> parameters = restore.get().parameters();
      boolean answersOne =
          Answers.value(restore.get())
              .filter(
                  answer ->
                      answer.structure() instanceof ValType.OwnType own && own.resource() == type)
              .isPresent();
      boolean opensAnew = !constants.isEmpty() && parameters.size() == constants.size() + 1;
      if ((parameters.size() != 1 && !opensAnew)
          || !isBytes(Optional.of(parameters.getLast().type()))
          || !answersOne) {
        throw wrong("restore", restore.get(), "func(state: list<u8>) -> " + resource);
      }
      return Optional.of(
          hidden(witName, restore.get(), forms.parameters(restore.get(), 0), self.type()));
    }

    private static boolean isBytes(Optional<ValType> type) {
      return type.filter(t -> t.structure() instanceof ValType.ListType list && list.isBytes())
          .isPresent();
    }

    private static NoSqlFormException wrong(String name, FuncType is, String wanted) {
      return new NoSqlFormException(name + " is " + Wit.text(is) + ", not " + wanted);
    }
  }
}
