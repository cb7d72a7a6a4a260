package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a statement has had a module do and a canary does again, in both versions: the rows of a
 * table function, a group of an aggregate, a call of a function of any arguments. It holds what
 * that takes and nothing of the statement.
 */
public interface Replay {
  /**
   * Does it in one version.
   *
   * @param session calls of its own
   * @param version the version
   * @param function the version's function
   * @return what it has come to, to be compared with what another version comes to
   * @throws SqlError whatever it fails with
   */
  @Nullable Object in(CallSession session, Callee version, SqlFunction function);

  /**
   * Says what was done, and with which arguments: {@code lines.count_from(1, 3)}.
   *
   * @param most about how many characters
   */
  String told(int most);

  /** Says what {@link #in} has come to. */
  String told(@Nullable Object value, int most);

  /** What it holds, roughly, in bytes. */
  long bytes();
}
