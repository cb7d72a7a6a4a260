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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trials that are running in this process, of the canaries that are committed. */
public final class Canaries {
  private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);

  private final ModuleJudge judge;
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

  Canaries(ModuleJudge judge) {
    this.judge = judge;
  }

  /** All trials by module. */
  public Collection<Running> all() {
    return List.copyOf(running.values());
  }

  /** Tries what is committed; a trial goes on where its versions are the same. */
  void follow(Picture committed) {
    Map<String, ModuleVersion> active = committed.snapshot().modules();
    Set<String> gone = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    gone.addAll(running.keySet());
    for (CanaryDefinition definition : committed.canaries().values()) {
      String name = definition.module();
      ModuleVersion version = active.get(name);
      gone.remove(name);
      Running known = running.get(name);
      if (version != null
          && (known == null
              || !known.definition.equals(definition)
              || known.beside.runtime() != version.runtime())) {
        begin(definition, version, committed.modules());
      }
    }
    for (String name : gone) {
      Running last = running.remove(name);
      if (last != null) {
        last.beside.runtime().detach();
      }
    }
  }

  private void begin(CanaryDefinition definition, ModuleVersion active, ModuleSet modules) {
    try {
      ModuleDefinition module = modules.definitions().get(definition.module());
      if (module != null) {
        begin(
            definition,
            active,
            judge
                .judgeKept(
                    ModuleJudge.statement(definition.sql())
                        .withGrantsOf(ModuleJudge.statement(module.sql())),
                    definition.source(),
                    definition.digest(),
                    OptionalInt.empty())
                .version());
      }
    } catch (SqlError e) {
      LOG.warn(
          "the canary of module {} cannot be tried: {}",
          definition.module(),
          e.getMessage().replaceAll("\\p{Cntrl}", " "));
    }
  }

  /** Begins a trial that is committed. */
  void begin(CanaryDefinition definition, ModuleVersion active, ModuleVersion tried) {
    running.put(
        definition.module(),
        new Running(
            definition,
            active,
            tried,
            judge.registry().tryBeside(active, tried, definition.fraction())));
  }
}
