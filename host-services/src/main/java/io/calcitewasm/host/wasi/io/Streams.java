package io.calcitewasm.host.wasi.io;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.context.GuestTrap;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.service.ServiceFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code wasi:io/streams}. Sources and sinks answer at once, so the blocking functions are the
 * others under a second name, every stream is ready, and there is nothing to flush. {@code
 * check-write} permits {@link ByteSink#PERMIT} bytes at any time; to write more than that at once
 * is a trap.
 */
public final class Streams {
  /** The most that one read hands out; a guest that wants more reads again. */
  static final int CHUNK = 64 * 1024;

  /** The most that {@code blocking-write-and-flush} takes, by its contract. */
  static final int BLOCKING_WRITE = 4096;

  private static final String WIT =
      """
      package wasi:io;
      interface streams {
        use error.{error};
        use poll.{pollable};
        variant stream-error { last-operation-failed(error), closed }
        resource input-stream {
          read: func(len: u64) -> result<list<u8>, stream-error>;
          blocking-read: func(len: u64) -> result<list<u8>, stream-error>;
          skip: func(len: u64) -> result<u64, stream-error>;
          blocking-skip: func(len: u64) -> result<u64, stream-error>;
          subscribe: func() -> pollable;
        }
        resource output-stream {
          check-write: func() -> result<u64, stream-error>;
          write: func(contents: list<u8>) -> result<_, stream-error>;
          blocking-write-and-flush: func(contents: list<u8>) -> result<_, stream-error>;
          flush: func() -> result<_, stream-error>;
          blocking-flush: func() -> result<_, stream-error>;
          subscribe: func() -> pollable;
          write-zeroes: func(len: u64) -> result<_, stream-error>;
          blocking-write-zeroes-and-flush: func(len: u64) -> result<_, stream-error>;
          splice: func(src: borrow<input-stream>, len: u64) -> result<u64, stream-error>;
          blocking-splice: func(src: borrow<input-stream>, len: u64) -> result<u64, stream-error>;
        }
      }
      """;

  private Streams() {}

  /** The service. */
  public static Service service() {
    ServiceFunction read = operation(args -> source(args[0]).read(chunk(args[1])));
    ServiceFunction skip = operation(args -> (long) source(args[0]).read(chunk(args[1])).length);
    ServiceFunction flush = operation(_ -> null);
    ServiceFunction splice = operation(Streams::splice);
    ServiceFunction subscribe = (_, _) -> Pollable.READY;
    return Service.builder("wasi:io/streams@0.2.12", WIT)
        .function("[method]input-stream.read", read)
        .function("[method]input-stream.blocking-read", read)
        .function("[method]input-stream.skip", skip)
        .function("[method]input-stream.blocking-skip", skip)
        .function("[method]input-stream.subscribe", subscribe)
        .function("[method]output-stream.check-write", operation(_ -> (long) ByteSink.PERMIT))
        .function("[method]output-stream.write", write("write", ByteSink.PERMIT))
        .function(
            "[method]output-stream.blocking-write-and-flush",
            write("blocking-write-and-flush", BLOCKING_WRITE))
        .function("[method]output-stream.flush", flush)
        .function("[method]output-stream.blocking-flush", flush)
        .function("[method]output-stream.subscribe", subscribe)
        .function(
            "[method]output-stream.write-zeroes", writeZeroes("write-zeroes", ByteSink.PERMIT))
        .function(
            "[method]output-stream.blocking-write-zeroes-and-flush",
            writeZeroes("blocking-write-zeroes-and-flush", BLOCKING_WRITE))
        .function("[method]output-stream.splice", splice)
        .function("[method]output-stream.blocking-splice", splice)
        .onDrop("input-stream", stream -> source(stream).drop())
        .build();
  }

  private static ServiceFunction write(String name, int most) {
    return operation(
        args -> {
          byte[] contents = (byte[]) args[1];
          requirePermitted(contents.length, most, name);
          sink(args[0]).write(contents);
          return null;
        });
  }

  private static ServiceFunction writeZeroes(String name, int most) {
    return operation(
        args -> {
          long length = (Long) args[1];
          requirePermitted(length, most, name);
          sink(args[0]).write(new byte[(int) length]);
          return null;
        });
  }

  private static long splice(Object[] args) throws StreamException {
    byte[] bytes = source(args[1]).read(Math.min(chunk(args[2]), ByteSink.PERMIT));
    sink(args[0]).write(bytes);
    return bytes.length;
  }

  private static void requirePermitted(long length, int most, String name) {
    if (Long.compareUnsigned(length, most) > 0) {
      throw GuestTrap.because(
          "the guest called output-stream."
              + name
              + " with "
              + Long.toUnsignedString(length)
              + " bytes where "
              + most
              + " are permitted");
    }
  }

  private static ByteSource source(Object stream) {
    return (ByteSource) stream;
  }

  private static ByteSink sink(Object stream) {
    return (ByteSink) stream;
  }

  /** A length as a guest asks for it, cut to what one operation moves. */
  private static int chunk(Object length) {
    long bytes = (Long) length;
    return Long.compareUnsigned(bytes, CHUNK) > 0 ? CHUNK : (int) bytes;
  }

  /** Something on a stream whose {@code stream-error} is the error of the result. */
  @FunctionalInterface
  private interface Operation {
    @Nullable Object run(Object[] args) throws StreamException;
  }

  private static ServiceFunction operation(Operation operation) {
    return (_, args) -> {
      try {
        return ResultValue.ok(operation.run(args));
      } catch (StreamException e) {
        return ResultValue.err(e.value());
      }
    };
  }
}
