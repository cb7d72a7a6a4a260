package io.calcitewasm.benchmarks;

/** A live instance of a core module in some WebAssembly runtime. */
interface CoreGuest {
  /** An exported function: its only result, 0 where it has none. */
  interface Function {
    long call(long... arguments);
  }

  /** The exported function of that name, whose parameters are of type i64. */
  Function ofLongs(String name);

  /** The exported function of that name, whose parameters are of type i32. */
  Function ofInts(String name);

  /** Whether there is an export of that name. */
  boolean has(String name);

  /** Writes into the memory that the module exports. */
  void write(int address, byte[] bytes);

  /** Reads from the memory that the module exports. */
  byte[] read(int address, int length);
}
