package io.calcitewasm.jdbc;

import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts what the guest {@code fixtures/traits} logs: the name of each function it is called by.
 */
final class GuestCalls extends Handler {
  private final Logger logger = Logger.getLogger("calcitewasm.guest.traits");
  private final Map<String, Integer> counts = new TreeMap<>();

  GuestCalls() {
    logger.setLevel(Level.FINE);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  @Override
  public synchronized void publish(LogRecord call) {
    String[] words = call.getMessage().replaceAll("[^a-z]+", " ").strip().split(" ");
    counts.merge(words[words.length - 1], 1, Integer::sum);
  }

  /** The calls since this was asked last, by name. */
  synchronized Map<String, Integer> taken() {
    Map<String, Integer> taken = new TreeMap<>(counts);
    counts.clear();
    return taken;
  }

  /** Begins to count anew. */
  synchronized void forget() {
    counts.clear();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
