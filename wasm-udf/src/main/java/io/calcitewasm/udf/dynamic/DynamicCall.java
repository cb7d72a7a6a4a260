package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.Trial;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.List;
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
  private final Resolution resolution;

  /**
   * A place.
   *
   * @param session the statement's calls
   * @param callee the version that the function is of
   * @param function one whose form is {@link SqlForm.Dynamic}, the object itself
   * @param types of its arguments; null where nothing is known but NULL
   * @throws IllegalArgumentException if the function's form is another
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
    this.resolution = new Resolution(session, callee, function, dynamic.resolve(), types);
  }

  /**
   * The type of what it answers, which may be NULL.
   *
   * @throws SqlError what the guest fails with: it takes no such arguments
   */
  public SqlType resultType() {
    return resolution.resultType();
  }

  /**
   * Calls the function.
   *
   * @param arguments SQL values of the types, null for NULL
   * @return the value, of {@link #resultType}
   * @throws SqlError whatever the guest fails with
   */
  public @Nullable Object call(@Nullable Object[] arguments) {
    Trial trial = session.trial(callee, function);
    if (trial != null && trial.wants()) {
      trial.again(new DynamicReplay(function, types, resolution.resultType(), arguments.clone()));
    }
    Object handle = resolution.handle();
    Object answer =
        session.call(
            callee,
            form.call(),
            new @Nullable Object[] {
              handle, DynamicValue.allToGuest(types, arguments, DynamicRow.element(form.call(), 1))
            },
            NO_ROW_NUMBER);
    return DynamicValue.ofGuest(
        DynamicRow.array(answer),
        (RowOf) form.call().result(),
        resolution.resultType(),
        function.shortName());
  }

  /** Takes for true what was resolved when the statement was prepared. */
  public DynamicCall resolvedTo(SqlType type) {
    resolution.resolvedTo(type);
    return this;
  }
}
