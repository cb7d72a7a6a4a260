package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the guest has resolved a call to: a type, and a handle that is good for one instance. When
 * that is gone, by a trap or to make room, the guest is asked again. Not for several threads.
 */
final class Resolution {
  private static final long NO_ROW_NUMBER = -1;

  private final CallSession session;
  private final Callee callee;
  private final SqlFunction function;
  private final SqlFunction resolve;
  private final List<? extends @Nullable SqlType> types;
  private @Nullable SqlType result;
  private @Nullable Object instance;
  private @Nullable Object handle;

  /**
   * Nothing is resolved yet.
   *
   * @param resolve the guest's function that does
   * @param types of the arguments; null where nothing is known but NULL
   */
  Resolution(
      CallSession session,
      Callee callee,
      SqlFunction function,
      SqlFunction resolve,
      List<? extends @Nullable SqlType> types) {
    this.session = session;
    this.callee = callee;
    this.function = function;
    this.resolve = resolve;
    this.types = types;
  }

  /** Takes for true what was resolved when the statement was prepared. */
  void resolvedTo(SqlType type) {
    result = type;
  }

  /**
   * The type of what is answered.
   *
   * @throws SqlError what the guest fails with: it takes no such arguments
   */
  SqlType resultType() {
    SqlType known = result;
    return known == null ? resolve() : known;
  }

  /** The handle in the instance that is used now. */
  Object handle() {
    if (handle == null || instance == null || instance != session.resources(callee).instance()) {
      SqlType _ = resolve();
    }
    return Objects.requireNonNull(handle, "handle");
  }

  private SqlType resolve() {
    RowOf row = DynamicRow.element(resolve, 1);
    List<@Nullable Object> given = new ArrayList<>(types.size());
    for (SqlType type : types) {
      given.add(DynamicType.toGuest(type, row));
    }
    Object answer =
        session.call(
            callee, resolve, new @Nullable Object[] {function.witName(), given}, NO_ROW_NUMBER);
    @Nullable Object[] pair = DynamicRow.array(answer);
    handle = pair[0];
    instance = session.resources(callee).instance();
    RowOf tuple = (RowOf) resolve.result();
    SqlType resolved =
        DynamicType.ofGuest(
            DynamicRow.array(pair[1]), (RowOf) tuple.fields().get(1).type(), function.shortName());
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
}
