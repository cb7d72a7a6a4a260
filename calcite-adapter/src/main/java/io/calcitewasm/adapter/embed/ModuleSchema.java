package io.calcitewasm.adapter.embed;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimap;
import io.calcitewasm.adapter.exec.ModuleAccess;
import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.adapter.function.ModuleAggregateFunction;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.adapter.function.ModuleTableFunction;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import io.calcitewasm.udf.module.Snapshot;
import io.calcitewasm.udf.signature.SqlFunction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.DataContext;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/** A module, or one interface of it, as a schema of a stock Calcite connection. */
final class ModuleSchema extends AbstractSchema implements Wrapper, ModuleAccess {
  private final Registry registry;
  private final Executions executions;
  private final Multimap<String, org.apache.calcite.schema.Function> functions;
  private final Map<String, Schema> interfaces;

  private ModuleSchema(
      Registry registry,
      Executions executions,
      ModuleVersion version,
      List<SqlFunction> functions,
      Map<String, Schema> interfaces) {
    ImmutableListMultimap.Builder<String, org.apache.calcite.schema.Function> byName =
        ImmutableListMultimap.builder();
    functions.stream().filter(f -> f.noSqlForm().isEmpty()).forEach(f -> put(byName, f, version));
    this.registry = registry;
    this.executions = executions;
    this.functions = byName.build();
    this.interfaces = Map.copyOf(interfaces);
  }

  /** A function that answers a list of records is two functions here: of a value, and of rows. */
  private static void put(
      ImmutableListMultimap.Builder<String, org.apache.calcite.schema.Function> byName,
      SqlFunction function,
      ModuleVersion version) {
    switch (function.kind()) {
      case SCALAR ->
          byName.put(
              function.name(), new ModuleFunction(function, CallTraits.of(version, function)));
      case AGGREGATE -> byName.put(function.name(), new ModuleAggregateFunction(version, function));
      case TABLE, DYNAMIC, DYNAMIC_AGGREGATE -> {}
    }
    if (function.columns().isPresent()) {
      byName.put(function.name(), new ModuleTableFunction(version, function));
    }
  }

  /** The schema of an installed module, with a sub-schema for each of its interfaces. */
  static ModuleSchema ofModule(Registry registry, String module) {
    ModuleVersion version = registry.snapshot().module(module).orElseThrow();
    Executions executions = new Executions(registry, version);
    version.runtime().warmUp();
    List<SqlFunction> all = version.functions();
    Map<String, Schema> interfaces =
        all.stream()
            .map(SqlFunction::schemaName)
            .filter(name -> !name.isEmpty())
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    name ->
                        new ModuleSchema(
                            registry,
                            executions,
                            version,
                            all.stream().filter(f -> f.schemaName().equals(name)).toList(),
                            Map.of())));
    return new ModuleSchema(registry, executions, version, all, interfaces);
  }

  @Override
  protected Multimap<String, org.apache.calcite.schema.Function> getFunctionMultimap() {
    return functions;
  }

  @Override
  protected Map<String, Schema> getSubSchemaMap() {
    return interfaces;
  }

  @Override
  public Snapshot snapshot() {
    return registry.snapshot();
  }

  @Override
  public CallSession calls(DataContext root, Instant timestamp) {
    return executions.calls(root, timestamp);
  }

  @Override
  public <C> @Nullable C unwrap(Class<C> type) {
    return type.isInstance(this) ? type.cast(this) : null;
  }
}
