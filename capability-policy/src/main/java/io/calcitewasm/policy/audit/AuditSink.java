package io.calcitewasm.policy.audit;

/** Where events go. For any number of threads. */
@FunctionalInterface
public interface AuditSink {
  /** Takes an event; what it cannot keep it must not fail for. */
  void record(AuditEvent event);
}
