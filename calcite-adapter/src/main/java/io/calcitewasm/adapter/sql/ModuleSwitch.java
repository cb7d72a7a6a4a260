package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.View;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The switch of a module to another version: what it would break is told before it happens. */
final class ModuleSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleSwitch.class);

  /** Characters of the description of changes that is kept. */
  private static final int LONGEST = 10_000;

  private final Namespace namespace;

  ModuleSwitch(Namespace namespace) {
    this.namespace = namespace;
  }

  /**
   * Makes a version the active one. To be called within a change of the namespace.
   *
   * @param candidate the version
   * @param cascade whether views that would fail are dropped, and types of others may change
   * @throws io.calcitewasm.udf.SqlError what {@code on-load} of the version fails with; 2BP01
   *     without {@code cascade} where a view would fail or change its types; nothing has changed
   *     then
   */
  void to(Modules.Candidate candidate, boolean cascade) {
    String name = candidate.version().name();
    Breakage breakage = Breakage.of(namespace, candidate.version());
    if (!cascade) {
      breakage.refuse("module " + name);
    }
    List<View> dropped = breakage.broken();
    namespace.modules().judge().registry().load(candidate.version());
    String changes = String.join("; ", breakage.changes());
    if (changes.length() > LONGEST) {
      changes = changes.substring(0, LONGEST) + "…";
    }
    namespace.changes().putModule(candidate, changes, dropped);
    if (!changes.isEmpty()) {
      LOG.info(
          "module {} is now {}: {}",
          name,
          candidate.version().version(),
          breakage.shown().replaceAll("\\p{Cntrl}", " "));
    }
    if (!dropped.isEmpty()) {
      LOG.info(
          "with module {} were dropped: {}",
          name,
          String.join(", ", dropped.stream().map(View::name).toList()));
    }
  }
}
