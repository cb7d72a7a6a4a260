package io.calcitewasm.component.core;

import org.graalvm.polyglot.Source;

/** A module as GraalWasm knows it: by its source. Contexts evaluate it once each. */
final class GraalWasmModule implements CoreModule {
  private final Source source;

  GraalWasmModule(Source source) {
    this.source = source;
  }

  Source source() {
    return source;
  }
}
