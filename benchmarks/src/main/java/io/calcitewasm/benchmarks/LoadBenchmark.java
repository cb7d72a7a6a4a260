package io.calcitewasm.benchmarks;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@code CREATE MODULE} does with a component that it has never seen: reading, checking,
 * judging, linking and parsing its code.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LoadBenchmark {
  private static final String SECTION = "seen";

  /** The component, by the size of its file. */
  @Param({"fixtures/arithmetic", "fixtures/state", "components/text", "fixtures/types"})
  public String guest = "components/text";

  private byte[] component = {};
  private long loaded;
  private @Nullable ComponentEngine engine;
  private @Nullable Registry registry;

  /** Opens an empty registry. */
  @Setup(Level.Trial)
  public void open() {
    byte[] bytes = Guests.bytes(guest);
    byte[] name = SECTION.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int content = 1 + name.length + Long.BYTES;
    component =
        ByteBuffer.allocate(bytes.length + 2 + content)
            .put(bytes)
            .put((byte) 0)
            .put((byte) content)
            .put((byte) name.length)
            .put(name)
            .putLong(0)
            .array();
    engine = ComponentEngine.create();
    registry = new Registry(engine, new HostServices());
  }

  /** Loads a component with another custom section each time, which no cache knows. */
  @Benchmark
  public ModuleVersion load() {
    Registry open = registry;
    if (open == null) {
      throw new IllegalStateException("not set up");
    }
    byte[] bytes = component.clone();
    ByteBuffer.wrap(bytes).putLong(bytes.length - Long.BYTES, ++loaded);
    return open.prepare(ModuleRequest.of("load", guest, bytes));
  }

  /** Closes the registry. */
  @TearDown(Level.Trial)
  public void close() {
    if (registry != null) {
      registry.close();
    }
    if (engine != null) {
      engine.close();
    }
  }
}
