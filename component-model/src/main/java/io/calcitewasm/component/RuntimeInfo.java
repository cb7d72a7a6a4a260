package io.calcitewasm.component;

/**
 * The core WebAssembly runtime that is active in this process.
 *
 * @param name the engine's own name for it
 * @param optimising whether guest code is compiled to machine code; the alternative is an
 *     interpreter, 30 to 100 times slower
 * @param reason why it is an interpreter, one clause for a person; empty when it is not
 */
public record RuntimeInfo(String name, boolean optimising, String reason) {
  /**
   * Whose it is and whether it compiles: {@code GraalWasm JIT} or {@code GraalWasm interpreter}.
   */
  public String summary() {
    return name.split(" ", 2)[0] + (optimising ? " JIT" : " interpreter");
  }
}
