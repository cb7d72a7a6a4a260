package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.policy.Capability;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.Registry;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is committed of a database's catalogue, which everybody sees who has not changed it himself.
 * One transaction at a time changes it, in this process and in all that share the store; readers
 * never wait.
 */
public final class CommittedCatalogue implements AutoCloseable {
  /** How long a transaction waits for the one that changes the catalogue. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(CommittedCatalogue.class);

  private final Store store;
  private final Catalogue catalogue;
  private final ModuleJudge judge;
  private final Canaries canaries;
  private final OwnTables tables;
  private final Semaphore changing = new Semaphore(1, true);
  private final AtomicLong stamps = new AtomicLong();
  private volatile Picture now;
  private volatile long known;
  private long judgements;

  /**
   * Reads the catalogue of a store and installs its modules in an empty registry. A module that
   * cannot be installed becomes a broken one.
   *
   * @throws SqlError 08001 when a later version has written the store
   */
  public CommittedCatalogue(Store store, Registry registry) {
    Catalogue.prepare(store);
    this.store = store;
    this.catalogue = new Catalogue(store);
    this.judge = new ModuleJudge(catalogue, registry);
    this.canaries = new Canaries(judge);
    this.tables = new OwnTables(store);
    this.now =
        new Picture(
            0,
            0,
            Picture.map(),
            Picture.map(),
            ModuleSet.EMPTY,
            Buckets.of(List.of()),
            Picture.map());
    this.known = -1;
    catchUp();
    tables.sweepAll();
  }

  /** The embedded database. */
  public Store store() {
    return store;
  }

  /** What is committed now. */
  Picture now() {
    return now;
  }

  /** A number that no picture of the catalogue has had in this process. */
  long stamp() {
    return stamps.incrementAndGet();
  }

  ModuleJudge judge() {
    return judge;
  }

  OwnTables tables() {
    return tables;
  }

  /** The trials that are running. */
  Canaries canaries() {
    return canaries;
  }

  /**
   * Waits until no other transaction of this process changes the catalogue.
   *
   * @throws SqlError 40001 when one does for too long
   */
  void acquire() {
    try {
      if (!changing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlError("57014", "interrupted while waiting for another transaction", e);
    }
  }

  /** What a statement is told that cannot change the catalogue because somebody else does. */
  static SqlError busy(@Nullable Throwable cause) {
    return new SqlError(
        "40001",
        "another transaction is changing modules, views or tables and has not ended within "
            + PATIENCE.toSeconds()
            + " seconds; nothing of this statement has happened",
        cause);
  }

  /** Lets the next transaction change the catalogue. */
  void release() {
    changing.release();
  }

  /** Takes over what other processes have changed, unless that is being done. */
  public void refresh() {
    if (catalogue.generation() != known && changing.tryAcquire()) {
      try {
        catchUp();
      } finally {
        changing.release();
      }
    }
  }

  /** What is read while another process changes it is read again. */
  synchronized void catchUp() {
    for (long generation = catalogue.generation();
        generation != known;
        generation = catalogue.generation()) {
      Picture before = now;
      NavigableMap<String, ForeignSchema> foreign = Picture.map();
      for (ForeignSchemaDefinition definition : catalogue.foreignSchemas()) {
        ForeignSchema same = before.foreignSchemas().get(definition.name());
        foreign.put(
            definition.name(),
            same != null && same.definition().equals(definition)
                ? same
                : new ForeignSchema(definition));
      }
      NavigableMap<String, View> views = Picture.map();
      catalogue.views().forEach(d -> views.put(d.name(), View.of(d)));
      NavigableMap<String, CanaryDefinition> tried = Picture.map();
      catalogue.canaries().forEach(canary -> tried.put(canary.module(), canary));
      long stamp = stamp();
      show(
          new Picture(
              stamp,
              stamp,
              foreign,
              views,
              judge.read(before.modules()),
              Buckets.of(catalogue.buckets()),
              tried));
      revoke(catalogue.revocationsSince(known));
      known = generation;
    }
  }

  /** What another process has taken from running statements, it takes from those of this one. */
  private void revoke(List<Catalogue.Revocation> revocations) {
    for (Catalogue.Revocation gone : revocations) {
      Capability.named(gone.capability())
          .ifPresent(capability -> judge.registry().revokeFromReplaced(gone.module(), capability));
    }
  }

  /** How often all modules have been judged again. */
  synchronized long judgements() {
    return judgements;
  }

  /** Judges all modules by the policy that holds now, those of drafts when they are committed. */
  synchronized void judgeAgain() {
    judgements++;
    long stamp = stamp();
    show(now.withModules(judge.judgedAgain(now.modules()), stamp).withTables(stamp));
  }

  /**
   * Shows everybody what a transaction has committed.
   *
   * @param draft its picture
   * @param judgedAt {@link #judgements} when it was begun
   */
  synchronized void publish(Picture draft, long judgedAt) {
    Picture committed =
        judgedAt == judgements
            ? draft
            : draft.withModules(judge.judgedAgain(draft.modules()), stamp());
    known++;
    show(committed);
  }

  /** Forgets what was read of the user's tables. */
  synchronized void readTablesAgain() {
    show(now.withTables(stamp()));
  }

  private void show(Picture next) {
    Picture before = now;
    judge.registry().publish(next.snapshot());
    now = next;
    canaries.follow(next);
    before.foreignSchemas().values().stream()
        .filter(schema -> !next.foreignSchemas().containsValue(schema))
        .forEach(CommittedCatalogue::close);
  }

  static void close(ForeignSchema schema) {
    try {
      schema.close();
    } catch (RuntimeException e) {
      LOG.warn("foreign schema {}: {}", schema.definition().name(), e.getMessage());
    }
  }

  /** Lets go of foreign databases; the store stays open. */
  @Override
  public void close() {
    now.foreignSchemas().values().forEach(CommittedCatalogue::close);
  }
}
