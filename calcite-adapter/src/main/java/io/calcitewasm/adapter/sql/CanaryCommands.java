package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.BrokenModule;
import io.calcitewasm.adapter.catalogue.Buckets;
import io.calcitewasm.adapter.catalogue.Canaries;
import io.calcitewasm.adapter.catalogue.CanaryDefinition;
import io.calcitewasm.adapter.catalogue.ModuleDefinition;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.parser.AlterModule;
import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CanaryRecord;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** {@code ALTER MODULE … CANARY}, {@code PROMOTE} and {@code DISCARD}, and {@code wasm.canary}. */
final class CanaryCommands {
  /** The columns of {@code wasm.canary}. */
  static final Columns COLUMNS =
      Columns.NONE
          .with("module", SqlTypeName.VARCHAR)
          .with("version", SqlTypeName.VARCHAR)
          .with("fraction", SqlTypeName.DOUBLE)
          .withNullable("function", SqlTypeName.VARCHAR)
          .with("calls", SqlTypeName.BIGINT)
          .with("equal", SqlTypeName.BIGINT)
          .with("different", SqlTypeName.BIGINT)
          .with("failed", SqlTypeName.BIGINT)
          .with("unstable", SqlTypeName.BIGINT)
          .with("skipped", SqlTypeName.BIGINT)
          .with("missing", SqlTypeName.BIGINT)
          .withNullable("active_us", SqlTypeName.DOUBLE)
          .withNullable("canary_us", SqlTypeName.DOUBLE)
          .withNullable("first_difference", SqlTypeName.VARCHAR)
          .withNullable("not_compared", SqlTypeName.VARCHAR)
          .with("digest", SqlTypeName.VARCHAR)
          .with("source", SqlTypeName.VARCHAR)
          .with("created_at", SqlTypeName.TIMESTAMP);

  /** What a second call with the same arguments does no harm with. */
  private static final Set<Capability> HARMLESS =
      Set.of(
          Capability.LOGGING,
          Capability.CLOCK,
          Capability.RANDOM,
          Capability.ENVIRONMENT,
          Capability.FILESYSTEM);

  private final Namespace namespace;
  private final Modules modules;

  CanaryCommands(Namespace namespace) {
    this.namespace = namespace;
    this.modules = namespace.modules();
  }

  void begin(ModuleDefinition module, AlterModule.Canary canary, QuerySource session) {
    double fraction = canary.fraction().doubleValue();
    if (!(fraction > 0 && fraction <= 1)) {
      throw new SqlError(
          "22023", "FRACTION must be above 0 and at most 1, not " + canary.fraction());
    }
    BrokenModule broken = modules.broken(module.name());
    if (broken != null) {
      throw new SqlError(
          "55000",
          "module " + module.name() + " is broken: there is nothing to try a version beside of");
    }
    Buckets.Found found = namespace.buckets().read(canary.source(), session.bucket());
    CreateModule statement = modules.statement(module).withSource(found.source(), canary.digest());
    Modules.Candidate candidate =
        modules
            .judge()
            .judge(
                ModuleCommands.signed(namespace, statement, found, session),
                found.source(),
                found.bytes());
    checkHarmless(candidate.version());
    namespace.changes().putCanary(candidate, fraction);
  }

  /** Calls are made again with the same arguments, so they must not do anything. */
  private static void checkHarmless(ModuleVersion version) {
    for (Grant grant : version.grants()) {
      if (!HARMLESS.contains(grant.capability())) {
        throw new SqlError(
            "0A000",
            "a canary makes calls twice: module "
                + version.name()
                + " is granted "
                + grant.capability().sqlName()
                + ", with which calls can have effects");
      }
    }
  }

  void promote(ModuleDefinition module, AlterModule.Promote promote) {
    CanaryDefinition canary = canary(module);
    CreateModule statement =
        ((CreateModule) SqlLanguage.parse(canary.sql())).withGrantsOf(modules.statement(module));
    new ModuleSwitch(namespace)
        .to(
            modules
                .judge()
                .judgeKept(statement, canary.source(), canary.digest(), OptionalInt.empty()),
            promote.cascade());
  }

  void discard(ModuleDefinition module) {
    CanaryDefinition canary = canary(module);
    namespace.changes().removeCanary(canary.module());
  }

  private CanaryDefinition canary(ModuleDefinition module) {
    CanaryDefinition canary = namespace.canary(module.name());
    if (canary == null) {
      throw new SqlError("42704", "module " + module.name() + " has no canary");
    }
    return canary;
  }

  /**
   * A row for each function of each canary that was called or that is not compared; one without for
   * a canary that has none of them.
   */
  static List<@Nullable Object[]> rows(Canaries canaries) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Canaries.Running running : canaries.all()) {
      Map<SqlFunction, CanaryRecord.@Nullable Report> reports =
          new TreeMap<>(
              Comparator.comparing(SqlFunction::longName).thenComparing(SqlFunction::sqlSignature));
      running.canary().notCompared().keySet().forEach(function -> reports.put(function, null));
      running.canary().reports().forEach(report -> reports.put(report.function(), report));
      reports.forEach((function, report) -> rows.add(row(running, function, report)));
      if (reports.isEmpty()) {
        rows.add(row(running, null, null));
      }
    }
    return rows;
  }

  private static @Nullable Object[] row(
      Canaries.Running running,
      @Nullable SqlFunction function,
      CanaryRecord.@Nullable Report report) {
    return new @Nullable Object[] {
      running.definition().module(),
      running.version().version(),
      running.definition().fraction(),
      function == null ? null : function.sqlSignature(),
      report == null ? 0L : report.calls(),
      report == null ? 0L : report.equal(),
      report == null ? 0L : report.different(),
      report == null ? 0L : report.failed(),
      report == null ? 0L : report.unstable(),
      report == null ? 0L : report.skipped(),
      report == null ? 0L : report.missing(),
      report == null ? null : micros(report.activeNanos(), report.calls()),
      report == null ? null : micros(report.triedNanos(), report.calls()),
      report == null ? null : report.firstDifference(),
      function == null ? null : running.canary().notCompared().get(function),
      running.definition().digest(),
      running.definition().source(),
      running.definition().createdAt().toEpochMilli()
    };
  }

  private static @Nullable Double micros(long nanos, long calls) {
    return calls == 0 ? null : nanos / 1e3 / calls;
  }
}
