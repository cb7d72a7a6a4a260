package io.calcitewasm.host.wasi.http;

import io.calcitewasm.host.context.HostMemory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The resource {@code request-options}: durations in nanoseconds. They count as {@link HostMemory}.
 */
final class RequestOptions {
  /** What can be bounded. */
  enum Timeout {
    CONNECT("connect-timeout"),
    FIRST_BYTE("first-byte-timeout"),
    BETWEEN_BYTES("between-bytes-timeout");

    private final String witName;

    Timeout(String witName) {
      this.witName = witName;
    }

    /** The function that reads it. */
    String witName() {
      return witName;
    }
  }

  /** What the object costs, bytes. */
  private static final int OBJECT = 256;

  private final HostMemory memory;
  private final Map<Timeout, Optional<Object>> durations = new EnumMap<>(Timeout.class);

  RequestOptions(HostMemory memory) {
    memory.take(OBJECT);
    this.memory = memory;
  }

  Optional<Object> get(Timeout timeout) {
    return durations.getOrDefault(timeout, Optional.empty());
  }

  void set(Timeout timeout, Optional<Object> duration) {
    durations.put(timeout, duration);
  }

  /** The options are dropped or handed over. */
  void drop() {
    memory.give(OBJECT);
  }
}
