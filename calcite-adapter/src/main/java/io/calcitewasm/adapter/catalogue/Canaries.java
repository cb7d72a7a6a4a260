package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.Canary;
import io.calcitewasm.udf.module.ModuleVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions that are tried beside active ones. Changed by {@link Namespace} alone. */
public final class Canaries {
  private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);

  private final Catalogue catalogue;
  private final Modules modules;
  private final ConcurrentSkipListMap<String, Running> running =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * A trial.
   *
   * @param definition as the catalogue keeps it
   * @param beside the active version
   * @param version the one that is tried
   * @param canary what compares them
   */
  public record Running(
      CanaryDefinition definition, ModuleVersion beside, ModuleVersion version, Canary canary) {}

  Canaries(Catalogue catalogue, Modules modules) {
    this.catalogue = catalogue;
    this.modules = modules;
    reload();
  }

  /** All trials by module. */
  public Collection<Running> all() {
    return List.copyOf(running.values());
  }

  /** The trial of a module, in any letter case, or null. */
  public @Nullable Running of(String module) {
    return running.get(module);
  }

  /** Takes over what the catalogue says; a trial goes on where its versions are the same. */
  void reload() {
    Map<String, ModuleVersion> active = modules.registry().snapshot().modules();
    Set<String> gone = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    gone.addAll(running.keySet());
    for (CanaryDefinition definition : catalogue.canaries()) {
      String name = definition.module();
      ModuleVersion version = active.get(name);
      gone.remove(name);
      Running known = running.get(name);
      if (version != null
          && (known == null
              || !known.definition.equals(definition)
              || known.beside.runtime() != version.runtime())) {
        begin(definition, version);
      }
    }
    for (String name : gone) {
      Running last = running.remove(name);
      if (last != null) {
        last.beside.runtime().detach();
      }
    }
  }

  private void begin(CanaryDefinition definition, ModuleVersion active) {
    try {
      ModuleDefinition module = modules.definition(definition.module());
      if (module != null) {
        ModuleVersion tried =
            modules
                .judgeKept(
                    Modules.statement(definition.sql()).withGrantsOf(modules.statement(module)),
                    definition.source(),
                    definition.digest(),
                    OptionalInt.empty())
                .version();
        put(definition, active, tried);
      }
    } catch (SqlError e) {
      LOG.warn(
          "the canary of module {} cannot be tried: {}",
          definition.module(),
          e.getMessage().replaceAll("\\p{Cntrl}", " "));
    }
  }

  /** Begins a trial that is in the catalogue. */
  void put(CanaryDefinition definition, ModuleVersion active, ModuleVersion tried) {
    running.put(
        definition.module(),
        new Running(
            definition,
            active,
            tried,
            modules.registry().tryBeside(active, tried, definition.fraction())));
  }
}
