package io.calcitewasm.component.core;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** A lease on a pooled context: one component instance at a time lives in it. */
final class GraalWasmStore implements CoreStore {
  private static final Duration INTERRUPT_WAIT = Duration.ofSeconds(1);

  private final GraalWasmEngine engine;
  private final GraalWasmContext context;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition interruptDone = lock.newCondition();
  // Guarded by lock.
  private @Nullable Thread owner;
  private int depth;
  private boolean interrupting;
  private boolean interrupted;
  private boolean closed;

  GraalWasmStore(GraalWasmEngine engine, GraalWasmContext context) {
    this.engine = engine;
    this.context = context;
  }

  @Override
  public <T extends @Nullable Object> T run(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } catch (TrapException e) {
      if (Traps.mayHaveHurtTheEngine(e)) {
        context.markBroken();
      }
      throw e;
    } catch (PolyglotException e) {
      context.markBroken();
      throw Traps.translate(e);
    } catch (StackOverflowError e) {
      context.markBroken();
      throw Traps.stack(e);
    } catch (RuntimeException e) {
      throw Traps.isBareInterrupt(e) ? Traps.interrupted(e) : e;
    } finally {
      leave();
    }
  }

  private void enter() {
    lock.lock();
    try {
      if (closed) {
        throw new InUseException("the instance is closed");
      }
      Thread caller = Thread.currentThread();
      if (owner != null && owner != caller) {
        throw new InUseException("the instance is in use by thread \"" + owner.getName() + "\"");
      }
      if (interrupted) {
        throw Traps.interrupted(null);
      }
      if (depth == 0) {
        enterContext();
        owner = caller;
      }
      depth++;
    } finally {
      lock.unlock();
    }
  }

  private void enterContext() {
    try {
      engine.prepareThread();
      context.polyglot().enter();
    } catch (PolyglotException e) {
      // An interrupt of the instance whose host function the thread is in, for one.
      context.markBroken();
      throw Traps.translate(e);
    }
  }

  private void leave() {
    lock.lock();
    try {
      if (depth > 1) {
        depth--;
        return;
      }
      try {
        context.polyglot().leave();
        // An interrupt under way must not outlive this call and strike the thread's next one.
        while (interrupting) {
          interruptDone.awaitUninterruptibly();
        }
      } finally {
        depth = 0;
        owner = null;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CoreInstance instantiate(CoreModule module, Map<String, CoreInstance> imports) {
    Map<String, Object> members = HashMap.newHashMap(imports.size());
    imports.forEach((name, instance) -> members.put(name, importable(instance)));
    try {
      Value instance = context.newInstance((GraalWasmModule) module, ProxyObject.fromMap(members));
      return new GraalWasmInstance(instance.getMember("exports"));
    } catch (PolyglotException e) {
      throw Traps.translate(e);
    }
  }

  private static Object importable(CoreInstance instance) {
    return switch (instance) {
      case GraalWasmInstance real -> real.exports();
      case CoreInstance.Bundle bundle -> {
        Map<String, Object> externs = HashMap.newHashMap(bundle.exports().size());
        bundle
            .exports()
            .forEach((name, extern) -> externs.put(name, ((GraalWasmExtern) extern).value()));
        yield ProxyObject.fromMap(externs);
      }
      default -> throw new IllegalArgumentException("an instance of another engine: " + instance);
    };
  }

  @Override
  public CoreExtern hostFunction(CoreFuncType type, HostCode code) {
    List<CoreValType> parameters = type.parameters();
    @Nullable CoreValType result = type.results().isEmpty() ? null : type.results().getFirst();
    ProxyExecutable proxy =
        values -> {
          try {
            long[] arguments = new long[values.length];
            for (int i = 0; i < values.length; i++) {
              arguments[i] = GraalWasmValues.unbox(parameters.get(i), values[i]);
            }
            long returned = code.call(arguments);
            return result == null ? null : GraalWasmValues.box(result, returned);
          } catch (RuntimeException | Error e) {
            throw new HostThrow(e);
          }
        };
    return new GraalWasmExtern(proxy);
  }

  @Override
  public CoreFunction function(CoreExtern function, CoreFuncType type) {
    return new GraalWasmFunction(value(function), type);
  }

  @Override
  public CoreMemory memory(CoreExtern memory) {
    return context.memory(value(memory));
  }

  @Override
  public CoreGlobal global(CoreExtern global) {
    Value value = value(global);
    return () -> value.getMember("value").asInt();
  }

  /** Host functions can stand where guest functions do: behind an alias of an inline export. */
  private Value value(CoreExtern extern) {
    return context.polyglot().asValue(((GraalWasmExtern) extern).value());
  }

  @Override
  public void interrupt() {
    lock.lock();
    try {
      interrupted = true;
      if (depth == 0 || interrupting) {
        return;
      }
      interrupting = true;
      context.markBroken();
    } finally {
      lock.unlock();
    }
    Thread interrupter = new Thread(this::interruptUntilLeft, "wasm-interrupter");
    interrupter.setDaemon(true);
    interrupter.start();
  }

  /**
   * The engine gives up an interrupt that has not struck in time: a guest can be somewhere that
   * cannot be interrupted, a huge memory.fill or a deep recursion for one. So it is repeated.
   */
  private void interruptUntilLeft() {
    boolean left = false;
    while (!left) {
      try {
        context.polyglot().interrupt(INTERRUPT_WAIT);
        left = true;
      } catch (TimeoutException e) {
        // Once more.
      }
    }
    lock.lock();
    try {
      interrupting = false;
      interruptDone.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (depth > 0) {
        throw new InUseException("the instance is in use");
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    engine.giveBack(context);
  }
}
