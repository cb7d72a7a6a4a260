package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.ArrayOf;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One place of a statement that calls a function of any arguments. Its guest says by {@code
 * resolve} what it answers for arguments of these types, and hands out a handle for {@code call}.
 * All calls of a statement are made in one instance; when that is gone, by a trap, the next call
 * resolves again. Not for several threads.
 */
public final class DynamicCall {
  private static final long NO_ROW_NUMBER = -1;

  private final CallSession session;
  private final Callee callee;
  private final SqlFunction function;
  private final SqlForm.Dynamic form;
  private final List<? extends @Nullable SqlType> types;
  private @Nullable SqlType result;
  private @Nullable Object instance;
  private @Nullable Object handle;

  /**
   * A place.
   *
   * @param session the statement's calls
   * @param callee the version that the function is of
   * @param function one whose form is {@link SqlForm.Dynamic}, the object itself
   * @param types of its arguments; null where nothing is known but NULL
   */
  public DynamicCall(
      CallSession session,
      Callee callee,
      SqlFunction function,
      List<? extends @Nullable SqlType> types) {
    if (!(function.form() instanceof SqlForm.Dynamic dynamic)) {
      throw new IllegalArgumentException(function.longName() + " takes arguments of its own types");
    }
    this.session = session;
    this.callee = callee;
    this.function = function;
    this.form = dynamic;
    this.types = types;
  }

  /**
   * The type of what it answers, which may be NULL.
   *
   * @throws SqlError what the guest fails with: it takes no such arguments
   */
  public SqlType resultType() {
    SqlType known = result;
    return known == null ? resolve() : known;
  }

  /**
   * Calls the function.
   *
   * @param arguments SQL values of the types, null for NULL
   * @return the value, of {@link #resultType}
   * @throws SqlError whatever the guest fails with
   */
  public @Nullable Object call(@Nullable Object[] arguments) {
    SqlType type = result;
    if (type == null || instance == null || instance != session.resources(callee).instance()) {
      type = resolve();
    }
    RowOf row = element(form.call(), 1);
    List<@Nullable Object> values = new ArrayList<>(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      values.add(DynamicValue.toGuest(types.get(i), arguments[i], row));
    }
    Object answer =
        session.call(callee, form.call(), new @Nullable Object[] {handle, values}, NO_ROW_NUMBER);
    return DynamicValue.ofGuest(
        array(answer), (RowOf) form.call().result(), type, function.shortName());
  }

  private SqlType resolve() {
    RowOf row = element(form.resolve(), 1);
    List<@Nullable Object> given = new ArrayList<>(types.size());
    for (SqlType type : types) {
      given.add(DynamicType.toGuest(type, row));
    }
    Object answer =
        session.call(
            callee,
            form.resolve(),
            new @Nullable Object[] {function.witName(), given},
            NO_ROW_NUMBER);
    @Nullable Object[] pair = array(answer);
    handle = pair[0];
    instance = session.resources(callee).instance();
    RowOf tuple = (RowOf) form.resolve().result();
    SqlType resolved =
        DynamicType.ofGuest(
            array(pair[1]), (RowOf) tuple.fields().get(1).type(), function.shortName());
    SqlType before = result;
    if (before != null && !before.equals(resolved)) {
      throw new SqlError(
          "38000",
          "function "
              + function.shortName()
              + " resolved to "
              + before.toSql()
              + " and now to "
              + resolved.toSql());
    }
    result = resolved;
    return resolved;
  }

  /** Takes for true what was resolved when the statement was prepared. */
  public DynamicCall resolvedTo(SqlType type) {
    result = type;
    return this;
  }

  private static RowOf element(SqlFunction function, int parameter) {
    return (RowOf) ((ArrayOf) function.parameters().get(parameter).type()).element();
  }

  private static @Nullable Object[] array(@Nullable Object row) {
    return Objects.requireNonNull(row, "row") instanceof Object[] fields
        ? Arrays.copyOf(fields, fields.length)
        : ((List<?>) row).toArray();
  }
}
