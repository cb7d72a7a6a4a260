package io.calcitewasm.adapter.exec;

import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/**
 * How a join reads rows of its inputs, in generated code. A row that is a single value may be null.
 *
 * @param leftKey a left row's key, null if the row meets none; null if every row is a candidate
 * @param rightKey the same for right rows
 * @param condition what candidates fulfil beside their keys; null for nothing
 * @param reads what the rest of the condition reads of two rows, from element {@value
 *     RowPairs#FIRST_FIELD} of the array on
 * @param width the length of that array
 * @param joined what the join delivers of two rows, null for one that is missing
 */
public record JoinReader(
    @Nullable Function1<@Nullable Object, @Nullable Object> leftKey,
    @Nullable Function1<@Nullable Object, @Nullable Object> rightKey,
    @Nullable Predicate2<@Nullable Object, @Nullable Object> condition,
    Function2<@Nullable Object, @Nullable Object, @Nullable Object[]> reads,
    int width,
    Function2<@Nullable Object, @Nullable Object, @Nullable Object> joined) {}
