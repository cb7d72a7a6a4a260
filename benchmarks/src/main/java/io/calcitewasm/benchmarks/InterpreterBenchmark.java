package io.calcitewasm.benchmarks;

import org.openjdk.jmh.annotations.Fork;

/**
 * The same queries in Truffle's interpreter: what an application without the JVM flags of {@code
 * calcite-wasm jit-flags} gets.
 */
@Fork(value = 1, jvmArgsAppend = InterpreterBenchmark.FALLBACK)
public class InterpreterBenchmark extends FunctionBenchmark {
  /** What takes the optimising runtime away. */
  static final String FALLBACK = "-Dtruffle.UseFallbackRuntime=true";
}
