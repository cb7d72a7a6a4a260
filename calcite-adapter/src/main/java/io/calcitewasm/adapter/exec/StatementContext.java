package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.DividedCalls;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.Snapshot;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.rel.type.TimeFrames;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a statement can reach: its parameters, its clock, its snapshot of the
 * modules and the calls into them.
 */
public final class StatementContext implements DataContext {
  private final SchemaPlus rootSchema;
  private final JavaTypeFactory typeFactory;
  private final @Nullable QueryProvider queryProvider;
  private final Snapshot snapshot;
  private final CallSession calls;
  private final @Nullable CallStatistics statistics;
  private final Map<String, Object> variables = new HashMap<>();
  private final Map<String, AggregateCalls> aggregates = new ConcurrentHashMap<>();
  private final Map<String, DividedCalls> divided = new ConcurrentHashMap<>();

  /**
   * The context of one execution.
   *
   * @param environment who runs it and where
   * @param snapshot the modules it sees
   * @param calls its calls into modules; the caller closes it
   * @param cancellation what stops it
   * @param parameters internal and bound parameters by the names generated code uses
   * @param statistics where to tell what is called; null if nobody wants to know
   */
  public StatementContext(
      Environment environment,
      Snapshot snapshot,
      CallSession calls,
      Cancellation cancellation,
      Map<String, ? extends @Nullable Object> parameters,
      @Nullable CallStatistics statistics) {
    this.statistics = statistics;
    this.rootSchema = environment.rootSchema();
    this.typeFactory = environment.typeFactory();
    this.queryProvider = environment.queryProvider();
    this.snapshot = snapshot;
    this.calls = calls;
    long now = environment.timestampMillis();
    TimeZone zone = environment.timeZone();
    long local = now + zone.getOffset(now);
    set(Variable.UTC_TIMESTAMP, now);
    set(Variable.CURRENT_TIMESTAMP, local);
    set(Variable.LOCAL_TIMESTAMP, local);
    set(Variable.SYS_TIMESTAMP, now + TimeZone.getDefault().getOffset(now));
    set(Variable.TIME_ZONE, zone);
    set(Variable.TIME_FRAME_SET, typeFactory.getTypeSystem().deriveTimeFrameSet(TimeFrames.CORE));
    set(Variable.USER, environment.user());
    set(Variable.SYSTEM_USER, System.getProperty("user.name", ""));
    set(Variable.LOCALE, Locale.ROOT);
    set(Variable.CANCEL_FLAG, cancellation.flag());
    parameters.forEach(
        (name, value) -> {
          if (value != null) {
            variables.put(name, value);
          }
        });
  }

  /** Who runs a statement, where and when. */
  public record Environment(
      SchemaPlus rootSchema,
      JavaTypeFactory typeFactory,
      @Nullable QueryProvider queryProvider,
      TimeZone timeZone,
      String user,
      long timestampMillis) {}

  private void set(Variable variable, Object value) {
    variables.put(variable.camelName, value);
  }

  /** The aggregate of an {@link AggregateKey}, which all places that call it share. */
  AggregateCalls aggregate(String key) {
    AggregateCalls known = aggregates.get(key);
    return known != null ? known : aggregates.computeIfAbsent(key, k -> AggregateKey.find(this, k));
  }

  /** The same with its rows divided over threads. */
  DividedCalls divided(String key, int threads) {
    DividedCalls known = divided.get(key);
    return known != null
        ? known
        : divided.computeIfAbsent(key, k -> AggregateKey.divided(this, k, threads));
  }

  /** The modules this execution sees. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** Where to tell what is called; null if nobody wants to know. */
  @Nullable CallStatistics statistics() {
    return statistics;
  }

  /** The calls of this execution into modules. */
  CallSession calls() {
    return calls;
  }

  @Override
  public SchemaPlus getRootSchema() {
    return rootSchema;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return typeFactory;
  }

  @Override
  public QueryProvider getQueryProvider() {
    if (queryProvider == null) {
      throw new UnsupportedOperationException("no query provider in this context");
    }
    return queryProvider;
  }

  @Override
  public @Nullable Object get(String name) {
    Object value = variables.get(name);
    return value == null ? SentParameter.value(name, variables::get) : value;
  }
}
