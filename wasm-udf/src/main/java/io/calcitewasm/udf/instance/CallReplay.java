package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.value.SqlText;
import io.calcitewasm.udf.value.ValueSize;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function, to be made again.
 *
 * @param function the active version's
 * @param arguments SQL values
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record CallReplay(SqlFunction function, @Nullable Object[] arguments) implements Replay {
  @Override
  public @Nullable Object in(CallSession session, Callee version, SqlFunction twin) {
    ModuleRuntime module = version.runtime();
    return session.answer(module, module.bound(twin), arguments.clone(), -1);
  }

  @Override
  public String told(int most) {
    return function.shortName()
        + SqlText.ofAll(
            function.parameters().stream().map(p -> p.type()).toList(), arguments, most);
  }

  @Override
  public String told(@Nullable Object value, int most) {
    return SqlText.of(function.result(), value, most);
  }

  @Override
  public long bytes() {
    return ValueSize.of(arguments);
  }
}
