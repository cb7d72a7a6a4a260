package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.AggregateTerms;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One place of a statement that calls an aggregate of any arguments: what the guest has resolved it
 * to, and rows of such arguments as the contract's values. NULLs are passed on. Not for several
 * threads.
 */
public final class DynamicAggregate implements AggregateTerms {
  /**
   * Stands for the handle where SQL counts the constructor's arguments: the handle itself is
   * another in each instance.
   */
  public static final Boolean HANDLE = true;

  private final CallSession session;
  private final Callee callee;
  private final SqlFunction function;
  private final SqlFunction accumulator;
  private final List<? extends @Nullable SqlType> types;
  private final Resolution resolution;

  /**
   * A place.
   *
   * @param session the statement's calls
   * @param callee the version that the function is of
   * @param function one whose form is {@link SqlForm.DynamicAggregate}, the object itself
   * @param types of its arguments; null where nothing is known but NULL
   * @throws IllegalArgumentException if the function's form is another
   */
  public DynamicAggregate(
      CallSession session,
      Callee callee,
      SqlFunction function,
      List<? extends @Nullable SqlType> types) {
    if (!(function.form() instanceof SqlForm.DynamicAggregate dynamic)) {
      throw new IllegalArgumentException(function.longName() + " is no aggregate of any arguments");
    }
    this.session = session;
    this.callee = callee;
    this.function = function;
    this.accumulator = dynamic.accumulator();
    this.types = types;
    this.resolution = new Resolution(session, callee, function, dynamic.resolve(), types);
  }

  /**
   * The type of its values, which may be NULL.
   *
   * @throws SqlError what the guest fails with: it takes no such arguments
   */
  @Override
  public SqlType result() {
    return resolution.resultType();
  }

  /** The aggregate of a plan in which it was resolved to a type. */
  public AggregateCalls calls(SqlType resolved) {
    resolution.resolvedTo(resolved);
    return new AggregateCalls(session, callee, accumulator, this);
  }

  @Override
  public SqlFunction function() {
    return function;
  }

  @Override
  public Maker maker() {
    List<? extends @Nullable SqlType> given = types;
    SqlType resolved = result();
    return (calls, version, twin) ->
        new DynamicAggregate(calls, version, twin, given).calls(resolved);
  }

  @Override
  public List<SqlParameter> parameters() {
    return IntStream.range(0, types.size())
        .mapToObj(i -> new SqlParameter("a" + i, known(types.get(i)), true))
        .toList();
  }

  /** NULL is all that has no type, and it is NULL in any. */
  private static SqlType known(@Nullable SqlType type) {
    return type == null ? SqlType.of(Kind.VARCHAR) : type;
  }

  @Override
  public @Nullable Object[] arguments(@Nullable Object[] values) {
    return new @Nullable Object[] {
      HANDLE, DynamicValue.allToGuest(types, values, DynamicRow.element(accumulator, 1))
    };
  }

  @Override
  public @Nullable Object value(@Nullable Object answer) {
    return answer == null
        ? null
        : DynamicValue.ofGuest(
            DynamicRow.array(answer),
            (RowOf) accumulator.result(),
            resolution.resultType(),
            function.shortName());
  }

  @Override
  public @Nullable Object[] opening(@Nullable Object[] constants) {
    return new @Nullable Object[] {resolution.handle()};
  }
}
