package io.calcitewasm.jdbc.cli.output;

import java.io.IOException;

/** Where errors go that are not part of the output. */
@FunctionalInterface
public interface ErrorSink {
  /** Writes an error. */
  void error(StatementError error, Stopwatch watch) throws IOException;
}
