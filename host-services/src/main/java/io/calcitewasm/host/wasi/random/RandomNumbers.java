package io.calcitewasm.host.wasi.random;

import io.calcitewasm.host.context.GuestTrap;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.service.ServiceFunction;
import java.util.List;

/**
 * {@code wasi:random/random}, {@code insecure} and {@code insecure-seed}. All three draw from the
 * instance's numbers, so that what one of them gives depends on what was drawn before.
 */
public final class RandomNumbers {
  /** The most bytes that one call hands out; to ask for more is a trap. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final String RANDOM =
      """
      package wasi:random;
      interface random {
        get-random-bytes: func(len: u64) -> list<u8>;
        get-random-u64: func() -> u64;
      }
      """;

  private static final String INSECURE =
      """
      package wasi:random;
      interface insecure {
        get-insecure-random-bytes: func(len: u64) -> list<u8>;
        get-insecure-random-u64: func() -> u64;
      }
      """;

  private static final String INSECURE_SEED =
      """
      package wasi:random;
      interface insecure-seed { insecure-seed: func() -> tuple<u64, u64>; }
      """;

  private RandomNumbers() {}

  /** The services. */
  public static List<Service> services() {
    ServiceFunction bytes = (host, args) -> host.random().bytes(count((Long) args[0]));
    ServiceFunction word = (host, _) -> host.random().next();
    return List.of(
        Service.builder("wasi:random/random@0.2.12", RANDOM)
            .function("get-random-bytes", bytes)
            .function("get-random-u64", word)
            .build(),
        Service.builder("wasi:random/insecure@0.2.12", INSECURE)
            .function("get-insecure-random-bytes", bytes)
            .function("get-insecure-random-u64", word)
            .build(),
        Service.builder("wasi:random/insecure-seed@0.2.12", INSECURE_SEED)
            .function(
                "insecure-seed",
                (host, _) -> new Object[] {host.random().next(), host.random().next()})
            .build());
  }

  private static int count(long length) {
    if (Long.compareUnsigned(length, MOST_BYTES) > 0) {
      throw GuestTrap.because(
          "the guest asked for "
              + Long.toUnsignedString(length)
              + " random bytes at once; at most "
              + MOST_BYTES
              + " are given");
    }
    return (int) length;
  }
}
