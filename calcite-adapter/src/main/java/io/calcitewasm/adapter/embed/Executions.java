package io.calcitewasm.adapter.embed;

import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.instance.KeptInstances;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.lang.ref.Cleaner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.QueryProvider;
import org.jspecify.annotations.Nullable;

/**
 * The calls of executions in stock connections, which do not tell when they end. An execution has
 * ended when nothing refers to its data context any more; a connection, when it is closed.
 */
final class Executions {
  private static final Cleaner CLEANER = Cleaner.create();

  /** How often garbage is collected at most in search of executions that have ended. */
  private static final long COLLECT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Registry registry;
  private final ModuleVersion module;
  private final Map<DataContext, CallSession> running = new WeakHashMap<>();
  private final Map<QueryProvider, KeptInstances> connections = new WeakHashMap<>();
  private long collected = System.nanoTime() - COLLECT_NANOS;

  Executions(Registry registry, ModuleVersion module) {
    this.registry = registry;
    this.module = module;
  }

  /** The calls of one execution. */
  CallSession calls(DataContext root, Instant timestamp) {
    return module.isolations().all().equals(Set.of(Isolation.CALL))
        ? registry.openSession(timestamp)
        : keeping(root, timestamp);
  }

  private synchronized CallSession keeping(DataContext root, Instant timestamp) {
    CallSession calls = running.get(root);
    if (calls == null) {
      collect();
      calls = open(root.getQueryProvider(), timestamp);
      CLEANER.register(root, calls::close);
      running.put(root, calls);
    }
    return calls;
  }

  private CallSession open(@Nullable QueryProvider connection, Instant timestamp) {
    if (connection == null || !module.isolations().all().contains(Isolation.SESSION)) {
      return registry.openSession(timestamp);
    }
    KeptInstances kept = connections.get(connection);
    if (kept == null) {
      kept = new KeptInstances();
      CLEANER.register(connection, kept::close);
      connections.put(connection, kept);
    }
    return registry.openSession(timestamp, kept);
  }

  /** Where all instances are taken, some may be those of executions that have ended. */
  private void collect() {
    connections
        .entrySet()
        .removeIf(
            entry -> {
              boolean closed = entry.getKey() instanceof Connection c && isClosed(c);
              if (closed) {
                entry.getValue().close();
              }
              return closed;
            });
    if (module.runtime().freeInstances() == 0) {
      pause(collected + COLLECT_NANOS - System.nanoTime());
    }
    if (module.runtime().freeInstances() == 0) {
      System.gc();
      collected = System.nanoTime();
    }
  }

  private static void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }
}
