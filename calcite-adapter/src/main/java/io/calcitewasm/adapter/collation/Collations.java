package io.calcitewasm.adapter.collation;

import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import io.calcitewasm.udf.signature.Collation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The collations of a snapshot of the modules, by their names. */
public final class Collations {
  private final Snapshot snapshot;

  /** The collations of a snapshot. */
  public Collations(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The full name of a collation, as types carry it.
   *
   * @param name {@code collation}, {@code module.collation} or {@code ucs_basic}, in any case
   * @throws SqlError 42704 if there is none, 42725 if several modules have one of the name
   */
  public String resolve(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return wanted.equals(CollatedType.PLAIN)
        ? CollatedType.PLAIN
        : find(wanted).qualifiedName().toLowerCase(Locale.ROOT);
  }

  /**
   * A collation.
   *
   * @param name {@code collation} or {@code module.collation}, in any case
   * @throws SqlError as {@link #resolve}
   */
  public Collation find(String name) {
    List<Collation> found =
        all()
            .filter(
                c -> c.name().equalsIgnoreCase(name) || c.qualifiedName().equalsIgnoreCase(name))
            .toList();
    if (found.size() > 1) {
      throw new SqlError(
          "42725", "collation " + name + " is ambiguous: it can be " + names(found.stream()));
    }
    if (found.isEmpty()) {
      String known = names(all());
      throw new SqlError(
          "42704",
          "there is no collation "
              + name
              + (known.isEmpty() ? ", and no module brings one" : "; there are " + known));
    }
    return found.getFirst();
  }

  /** The module that brings a collation, as the snapshot has it. */
  ModuleVersion module(Collation collation) {
    return snapshot
        .module(collation.module())
        .orElseThrow(
            () -> new SqlError("42704", "there is no collation " + collation.qualifiedName()));
  }

  private Stream<Collation> all() {
    return snapshot.modules().values().stream().flatMap(m -> m.collations().stream());
  }

  private static String names(Stream<Collation> collations) {
    return collations.map(Collation::qualifiedName).collect(Collectors.joining(", "));
  }
}
