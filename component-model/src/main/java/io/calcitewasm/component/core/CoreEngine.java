package io.calcitewasm.component.core;

import io.calcitewasm.component.RuntimeInfo;

/** A core WebAssembly engine: compiles modules and opens stores to instantiate them in. */
public interface CoreEngine extends AutoCloseable {

  /** The runtime that is active, and why it is not a faster one. */
  RuntimeInfo runtime();

  /**
   * Parses and validates a core module. Modules of equal content share their compiled code.
   *
   * @param wasm the module's bytes; not kept
   * @throws CoreModuleException if the engine refuses the module
   */
  CoreModule parse(byte[] wasm) throws CoreModuleException;

  /** Opens a store; cheap, because closed stores leave their warm engine state behind. */
  CoreStore openStore();

  /** Releases what the engine holds. Stores still open must not be used any more. */
  @Override
  void close();
}
