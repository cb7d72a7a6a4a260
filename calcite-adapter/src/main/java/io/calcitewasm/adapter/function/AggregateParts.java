package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.adapter.enumerable.AggImplementor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.AggregateFunction;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableAggFunction;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** Aggregates of plans that do a part of what an aggregate of a module does. */
public final class AggregateParts {
  private AggregateParts() {}

  /** Whether an aggregate is a module's. */
  public static boolean isOfModule(SqlAggFunction aggregate) {
    return aggregated(aggregate) != null;
  }

  /** The module's function that {@link #isOfModule an aggregate} stands for. */
  public static SqlFunction function(SqlAggFunction aggregate) {
    return known(aggregate).function();
  }

  /** What runs the calls of {@link #isOfModule an aggregate}, in a word for plans. */
  public static String engine(SqlAggFunction aggregate) {
    return known(aggregate).engine();
  }

  /** Whether an aggregate is a module's that has {@code merge}. */
  public static boolean isMergeable(SqlAggFunction aggregate) {
    AggregatedFunction function = aggregated(aggregate);
    return function != null && function.methods().merge().isPresent();
  }

  private static @Nullable AggregatedFunction aggregated(SqlAggFunction aggregate) {
    return aggregate instanceof SqlUserDefinedAggFunction own
            && own.function instanceof AggregatedFunction function
        ? function
        : null;
  }

  private static AggregatedFunction known(SqlAggFunction aggregate) {
    AggregatedFunction function = aggregated(aggregate);
    if (function == null) {
      throw new IllegalArgumentException(aggregate + " is no aggregate of a module");
    }
    return function;
  }

  /**
   * An aggregate that answers accumulators instead of their values.
   *
   * @param aggregate a module's
   * @param any the type ANY
   */
  public static SqlAggFunction partial(SqlAggFunction aggregate, RelDataType any) {
    return part("PARTIAL ", aggregate, any, PartialImplementor::new);
  }

  /**
   * An aggregate that takes accumulators of {@link #partial} and answers the value of all of them.
   *
   * @param aggregate a module's that {@link #isMergeable}
   * @param type of the value
   */
  public static SqlAggFunction merging(SqlAggFunction aggregate, RelDataType type) {
    return part("MERGE ", aggregate, type, MergeImplementor::new);
  }

  /**
   * An aggregate whose rows are divided over threads.
   *
   * @param aggregate a module's
   * @param type of the value
   * @param threads how many, at least 2
   */
  public static SqlAggFunction parallel(SqlAggFunction aggregate, RelDataType type, int threads) {
    return part(
        "PARALLEL " + threads + " ",
        aggregate,
        type,
        function -> new ParallelImplementor(function, threads));
  }

  /**
   * An aggregate over frames that answers values which are found out later.
   *
   * @param aggregate a module's
   * @param any the type ANY
   * @param partitions how many columns, which tell partitions apart, stand behind its arguments
   */
  public static SqlAggFunction later(SqlAggFunction aggregate, RelDataType any, int partitions) {
    return part(
        "",
        aggregate,
        any,
        function -> new FrameImplementor(function.key(), function.opening(), partitions));
  }

  private static SqlAggFunction part(
      String prefix,
      SqlAggFunction aggregate,
      RelDataType type,
      Function<AggregatedFunction, AggImplementor> implementor) {
    AggregatedFunction function = known(aggregate);
    return new SqlUserDefinedAggFunction(
        new SqlIdentifier(prefix + aggregate, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(type),
        (binding, returnType, operandTypes) -> {},
        new ModuleOperands(function.function()),
        new Part(function, type, implementor),
        false,
        false,
        Optionality.OPTIONAL);
  }

  /** The function of such an aggregate. */
  private record Part(
      AggregatedFunction of,
      RelDataType type,
      Function<AggregatedFunction, AggImplementor> implementor)
      implements AggregateFunction, ImplementableAggFunction {
    @Override
    public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
      return type;
    }

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public AggImplementor getImplementor(boolean windowContext) {
      return implementor.apply(of);
    }
  }
}
