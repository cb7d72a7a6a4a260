package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.PolicyException;
import java.time.Instant;

/** The policy that holds now. A new one takes its place as a whole. For any number of threads. */
public final class LivePolicy {
  private final PolicySource source;
  private volatile Loaded loaded;

  /**
   * A policy as it was read.
   *
   * @param policy what it says
   * @param at when it was read
   * @param generation grows by one with every reading
   */
  public record Loaded(Policy policy, Instant at, long generation) {}

  /**
   * Reads a policy.
   *
   * @throws PolicyException as {@link PolicySource#read}
   */
  public LivePolicy(PolicySource source) {
    this.source = source;
    this.loaded = new Loaded(source.read(), Instant.now(), 1);
  }

  /** Where it comes from. */
  public PolicySource source() {
    return source;
  }

  /** What holds now. */
  public Policy now() {
    return loaded.policy();
  }

  /** What holds now, and since when. */
  public Loaded loaded() {
    return loaded;
  }

  /**
   * Reads it again.
   *
   * @throws PolicyException as {@link PolicySource#read}; what held before goes on to hold
   */
  public synchronized Loaded reload() {
    loaded = new Loaded(source.read(), Instant.now(), loaded.generation() + 1);
    return loaded;
  }
}
