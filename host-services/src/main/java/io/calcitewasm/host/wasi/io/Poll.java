package io.calcitewasm.host.wasi.io;

import io.calcitewasm.host.context.GuestTrap;
import io.calcitewasm.host.service.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code wasi:io/poll}. Streams are always ready here, so that only timers are waited for, by the
 * {@linkplain io.calcitewasm.host.context.GuestClock guest's clock}: without the grant {@code
 * clock} a wait takes no time. To poll nothing, which would never end, is a trap.
 */
public final class Poll {
  private static final String WIT =
      """
      package wasi:io;
      interface poll {
        resource pollable {
          ready: func() -> bool;
          block: func();
        }
        poll: func(in: list<borrow<pollable>>) -> list<u32>;
      }
      """;

  private Poll() {}

  /** The service. */
  public static Service service() {
    return Service.builder("wasi:io/poll@0.2.12", WIT)
        .function("[method]pollable.ready", (_, args) -> ((Pollable) args[0]).isReady())
        .function(
            "[method]pollable.block",
            (_, args) -> {
              ((Pollable) args[0]).block();
              return null;
            })
        .function("poll", (_, args) -> poll((List<?>) args[0]))
        .build();
  }

  /** Indices of what is ready; where nothing is, waits for what will be ready first. */
  private static List<Object> poll(List<?> pollables) {
    if (pollables.isEmpty()) {
      throw GuestTrap.because("the guest polled an empty list, which would never end");
    }
    List<Object> ready = ready(pollables);
    if (!ready.isEmpty()) {
      return ready;
    }
    // Only timers can be pending.
    pollables.stream()
        .filter(Pollable.Timer.class::isInstance)
        .map(Pollable.Timer.class::cast)
        .min(Comparator.comparing(Pollable.Timer::instant, Long::compareUnsigned))
        .ifPresent(Pollable::block);
    return ready(pollables);
  }

  private static List<Object> ready(List<?> pollables) {
    List<Object> ready = new ArrayList<>();
    for (int i = 0; i < pollables.size(); i++) {
      if (pollables.get(i) instanceof Pollable pollable && pollable.isReady()) {
        ready.add((long) i);
      }
    }
    return ready;
  }
}
