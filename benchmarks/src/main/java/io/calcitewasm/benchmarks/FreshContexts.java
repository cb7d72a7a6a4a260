package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.jspecify.annotations.Nullable;

/**
 * Each call in a polyglot context of its own, of one engine that keeps what it compiled: the
 * isolation that GraalWasm offers by itself.
 */
final class FreshContexts implements Calls {
  private final Engine engine =
      Engine.newBuilder("wasm").option("engine.WarnInterpreterOnly", "false").build();
  private final Source source;
  private final String coreName;

  FreshContexts(byte[] core, String coreName) {
    this.coreName = coreName;
    try {
      source = Source.newBuilder("wasm", ByteSequence.create(core), "guest").build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long number(long... arguments) {
    try (Context context = context()) {
      return calls(context).number(arguments);
    }
  }

  @Override
  public String text(String argument) {
    try (Context context = context()) {
      return calls(context).text(argument);
    }
  }

  @Override
  public long compare(String a, String b) {
    try (Context context = context()) {
      return calls(context).compare(a, b);
    }
  }

  @Override
  public @Nullable BigDecimal decimal(String argument) {
    try (Context context = context()) {
      return calls(context).decimal(argument);
    }
  }

  private Context context() {
    return Context.newBuilder("wasm").engine(engine).build();
  }

  private CoreCalls calls(Context context) {
    Value exports = context.eval(source).newInstance().getMember("exports");
    return new CoreCalls(new PolyglotGuest(exports), coreName);
  }

  @Override
  public void close() {
    engine.close();
  }

  private record PolyglotGuest(Value exports) implements CoreGuest {
    @Override
    public Function ofLongs(String name) {
      Value function = exports.getMember(name);
      return arguments -> {
        Object[] boxed = new Object[arguments.length];
        for (int i = 0; i < boxed.length; i++) {
          boxed[i] = arguments[i];
        }
        return result(function.execute(boxed));
      };
    }

    @Override
    public Function ofInts(String name) {
      Value function = exports.getMember(name);
      return arguments -> {
        Object[] boxed = new Object[arguments.length];
        for (int i = 0; i < boxed.length; i++) {
          boxed[i] = (int) arguments[i];
        }
        return result(function.execute(boxed));
      };
    }

    private static long result(Value result) {
      return result.fitsInLong() ? result.asLong() : 0;
    }

    @Override
    public boolean has(String name) {
      return exports.hasMember(name);
    }

    @Override
    public void write(int address, byte[] bytes) {
      Value memory = exports.getMember("memory");
      for (int i = 0; i < bytes.length; i++) {
        memory.writeBufferByte(address + i, bytes[i]);
      }
    }

    @Override
    public byte[] read(int address, int length) {
      byte[] bytes = new byte[length];
      exports.getMember("memory").readBuffer(address, bytes, 0, length);
      return bytes;
    }
  }
}
