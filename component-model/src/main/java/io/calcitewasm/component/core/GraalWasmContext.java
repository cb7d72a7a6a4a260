package io.calcitewasm.component.core;

import java.util.Map;
import java.util.WeakHashMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** A polyglot context with the modules it has evaluated; serves one store at a time. */
final class GraalWasmContext {
  /** Contexts are replaced after this many instances, lest anything pile up inside them. */
  private static final int MAX_INSTANCES = 50_000;

  private final Context polyglot;
  private final MemoryKind memoryKind;
  private final Map<GraalWasmModule, Value> modules = new WeakHashMap<>();
  private final Value memoryAsByteBuffer;
  private int instances;
  private boolean broken;

  GraalWasmContext(Context polyglot, MemoryKind memoryKind) {
    this.polyglot = polyglot;
    this.memoryKind = memoryKind;
    this.memoryAsByteBuffer =
        polyglot.getPolyglotBindings().getMember("WebAssembly").getMember("mem_as_byte_buffer");
  }

  Context polyglot() {
    return polyglot;
  }

  /** The module in this context; parses it on first use. */
  Value module(GraalWasmModule module) {
    Value known = modules.get(module);
    if (known == null) {
      known = polyglot.eval(module.source());
      modules.put(module, known);
    }
    return known;
  }

  Value newInstance(GraalWasmModule module, Object imports) {
    instances++;
    return module(module).newInstance(imports);
  }

  CoreMemory memory(Value memory) {
    return switch (memoryKind) {
      case HEAP -> new InteropMemory(memory);
      case DIRECT -> new DirectMemory(memory, memoryAsByteBuffer);
    };
  }

  /** Says that the context must not be used again: a trap or an interrupt has gone through it. */
  void markBroken() {
    broken = true;
  }

  boolean isWornOut() {
    return broken || instances >= MAX_INSTANCES;
  }
}
