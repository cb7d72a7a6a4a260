package io.calcitewasm.component.core;

import io.calcitewasm.component.RuntimeInfo;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.ByteSequence;

/**
 * Core WebAssembly on GraalWasm. One polyglot engine shares compiled code; its contexts are pooled,
 * because a fresh instance in a warm context costs a fifth of one in a new context.
 */
public final class GraalWasmEngine implements CoreEngine {
  private static final String LANGUAGE = "wasm";

  private final Engine engine;
  private final MemoryKind memoryKind;
  private final RuntimeInfo runtime;
  private final int maxIdle = Math.max(2, 2 * Runtime.getRuntime().availableProcessors());
  private final Deque<GraalWasmContext> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * Creates an engine.
   *
   * @param memoryKind where the memories of its instances live
   */
  public GraalWasmEngine(MemoryKind memoryKind) {
    this.memoryKind = memoryKind;
    boolean direct = memoryKind == MemoryKind.DIRECT;
    this.engine =
        Engine.newBuilder(LANGUAGE)
            .allowExperimentalOptions(true)
            .in(InputStream.nullInputStream())
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .logHandler(new EngineLog())
            .option("engine.WarnInterpreterOnly", "false")
            .option("wasm.MultiMemory", "true")
            .option("wasm.ExtendedConstExpressions", "true")
            .option("wasm.UseUnsafeMemory", Boolean.toString(direct))
            .option("wasm.DirectByteBufferMemoryAccess", Boolean.toString(direct))
            .build();
    this.runtime = RuntimeProbe.describe(engine);
  }

  @Override
  public RuntimeInfo runtime() {
    return runtime;
  }

  @Override
  public CoreModule parse(byte[] wasm) throws CoreModuleException {
    // Equal sources share parsed and compiled code for as long as one of them is held.
    String name = "module-" + HexFormat.of().toHexDigits(Arrays.hashCode(wasm));
    Source source =
        Source.newBuilder(LANGUAGE, ByteSequence.create(wasm.clone()), name).buildLiteral();
    GraalWasmModule module = new GraalWasmModule(source);
    GraalWasmContext context = take();
    try {
      context.polyglot().enter();
      try {
        context.module(module);
      } finally {
        context.polyglot().leave();
      }
      return module;
    } catch (PolyglotException e) {
      // Modules are parsed within calls too, and what strikes those strikes here.
      if (Traps.isInterrupt(e)) {
        context.markBroken();
        throw Traps.interrupted(e);
      }
      throw new CoreModuleException(String.valueOf(e.getMessage()), e);
    } finally {
      giveBack(context);
    }
  }

  @Override
  public CoreStore openStore() {
    return new GraalWasmStore(this, take());
  }

  private GraalWasmContext take() {
    GraalWasmContext context;
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("the component engine is closed");
      }
      context = idle.pollFirst();
    }
    return context != null ? context : newContext();
  }

  private Context newPolyglotContext() {
    PolyglotAccess bindings = PolyglotAccess.newBuilder().allowBindingsAccess(LANGUAGE).build();
    return Context.newBuilder(LANGUAGE)
        .engine(engine)
        .allowHostAccess(HostAccess.NONE)
        .allowPolyglotAccess(bindings)
        .build();
  }

  private GraalWasmContext newContext() {
    Context context = newPolyglotContext();
    try {
      context.initialize(LANGUAGE);
      return new GraalWasmContext(context, memoryKind);
    } catch (PolyglotException e) {
      context.close(true);
      throw Traps.translate(e);
    }
  }

  /** Makes guest code that the calling thread is about to run interruptible. */
  void prepareThread() {
    InterruptibleThread.prepare(this::newPolyglotContext);
  }

  /** Takes a context back for reuse, or closes it when enough are idle or it has served long. */
  void giveBack(GraalWasmContext context) {
    boolean keep = false;
    if (!context.isWornOut()) {
      synchronized (idle) {
        keep = !closed && idle.size() < maxIdle;
        if (keep) {
          idle.addFirst(context);
        }
      }
    }
    if (!keep) {
      context.polyglot().close(true);
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.clear();
    }
    engine.close(true);
  }
}
