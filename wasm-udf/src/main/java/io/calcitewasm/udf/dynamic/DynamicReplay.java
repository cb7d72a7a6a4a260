package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.Replay;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.value.SqlText;
import io.calcitewasm.udf.value.ValueSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function of any arguments, to be resolved and made again.
 *
 * @param types of the arguments; null where nothing is known but NULL
 * @param result the type that they were resolved to; another one is an error
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record DynamicReplay(
    SqlFunction function,
    List<? extends @Nullable SqlType> types,
    SqlType result,
    @Nullable Object[] arguments)
    implements Replay {

  @Override
  public @Nullable Object in(CallSession session, Callee version, SqlFunction twin) {
    return new DynamicCall(session, version, twin, types)
        .resolvedTo(result)
        .call(arguments.clone());
  }

  @Override
  public String told(int most) {
    return function.shortName() + SqlText.ofAll(types, arguments, most);
  }

  @Override
  public String told(@Nullable Object value, int most) {
    return SqlText.of(result, value, most);
  }

  @Override
  public long bytes() {
    return ValueSize.of(arguments);
  }
}
