package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.catalogue.KeyValueTables.Entry;
import io.calcitewasm.adapter.catalogue.KeyValueTables.Id;
import io.calcitewasm.adapter.catalogue.KeyValueTables.Usage;
import io.calcitewasm.host.provision.KeyValueException;
import io.calcitewasm.host.provision.KeyValueScope.Quota;
import io.calcitewasm.host.provision.KeyValues;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.h2.api.ErrorCode;

/**
 * What one statement sees and changes of the entries that modules keep. Changes wait here, so that
 * no statement holds a lock while guests run, and none waits for another; {@link #write} writes
 * them. Where another statement has meanwhile written what this one has read and changed, it fails
 * then.
 */
public final class StatementKeyValues implements KeyValues {
  /** Bytes of values that may wait. */
  private static final long MOST_BYTES = 64L << 20;

  /** Entries of which it is known in which version they were read. */
  private static final int MOST_READ = 100_000;

  private static final Comparator<Id> ORDER =
      Comparator.comparing(Id::module, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Id::key, KeyValueTables::compare);

  private final Supplier<Transactional> rows;
  private final NavigableMap<Id, Optional<byte[]>> changes = new TreeMap<>(ORDER);
  private final Map<Id, Long> read =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Long> eldest) {
          return size() > MOST_READ;
        }
      };
  private final Map<String, Usage> usages = new HashMap<>();
  private final Map<String, Quota> quotas = new HashMap<>();
  private long waiting;

  /**
   * What a statement that begins sees.
   *
   * @param rows where it reads what is kept
   */
  public StatementKeyValues(Supplier<Transactional> rows) {
    this.rows = rows;
  }

  @Override
  public synchronized Optional<byte[]> get(String module, String key) {
    Id id = new Id(module, key);
    Optional<byte[]> changed = changes.get(id);
    if (changed != null) {
      return changed.map(byte[]::clone);
    }
    Optional<Entry> entry = rows.get().inTransaction(c -> KeyValueTables.find(c, id, true));
    read.putIfAbsent(id, entry.map(Entry::version).orElse(0L));
    return entry.map(Entry::content);
  }

  @Override
  public synchronized void set(String module, String key, byte[] value, Quota quota)
      throws KeyValueException {
    Id id = new Id(module, key);
    Usage before = usage(module);
    long size = id.bytes().length;
    Optional<Long> old = size(id);
    Usage after =
        before.plus(
            value.length + size - old.map(bytes -> bytes + size).orElse(0L),
            old.isPresent() ? 0 : 1);
    Optional<String> beyond = after.beyond(quota, before);
    if (beyond.isPresent()) {
      throw new KeyValueException("53400", sentence(module, beyond.get()));
    }
    long more = value.length + size - waitingFor(id);
    if (waiting + more > MOST_BYTES) {
      throw new KeyValueException(
          "53400", "a statement changes at most " + (MOST_BYTES >> 20) + " MB of entries");
    }
    waiting += more;
    changes.put(id, Optional.of(value));
    usages.put(module, after);
    quotas.put(module, quota);
  }

  @Override
  public synchronized void delete(String module, String key) {
    Id id = new Id(module, key);
    Optional<Long> old = size(id);
    if (old.isPresent()) {
      usages.put(module, usage(module).plus(-old.get() - id.bytes().length, -1));
      waiting -= waitingFor(id);
      changes.put(id, Optional.empty());
    }
  }

  @Override
  public synchronized List<String> keys(
      String module, String prefix, Optional<String> after, int most) {
    String behind = after.orElse("");
    NavigableSet<String> keys = new TreeSet<>(KeyValueTables::compare);
    NavigableMap<Id, Optional<byte[]>> changed =
        changes.subMap(new Id(module, ""), true, new Id(module + '\0', ""), false);
    int gone = (int) changed.values().stream().filter(Optional::isEmpty).count();
    keys.addAll(
        rows.get().inTransaction(c -> KeyValueTables.keys(c, module, prefix, behind, most + gone)));
    changed.forEach(
        (id, value) -> {
          if (value.isEmpty()) {
            keys.remove(id.key());
          } else if (id.key().startsWith(prefix) && KeyValueTables.compare(id.key(), behind) > 0) {
            keys.add(id.key());
          }
        });
    return keys.stream().limit(most).toList();
  }

  /** What a module keeps with the changes so far, as far as this statement knows. */
  private Usage usage(String module) {
    return usages.computeIfAbsent(
        module,
        name ->
            rows.get()
                .inTransaction(
                    c -> KeyValueTables.usage(c, name).orElseThrow(() -> dropped(name))));
  }

  /** Bytes of an entry's value; empty if there is none. */
  private Optional<Long> size(Id id) {
    Optional<byte[]> changed = changes.get(id);
    return changed == null
        ? rows.get().inTransaction(c -> KeyValueTables.find(c, id, false)).map(Entry::size)
        : changed.map(bytes -> (long) bytes.length);
  }

  private long waitingFor(Id id) {
    Optional<byte[]> changed = changes.get(id);
    return changed == null ? 0 : changed.map(b -> (long) b.length + id.bytes().length).orElse(0L);
  }

  private static String sentence(String module, String beyond) {
    return "module " + module + " would keep " + beyond;
  }

  private static SqlError dropped(String module) {
    return new SqlError(
        "42704", "module " + module + " was dropped while the statement ran", null, module);
  }

  /**
   * Writes the changes and forgets them.
   *
   * @param to the statement's transaction; to be undone where this fails
   * @throws SqlError 40001 where another statement was faster; 53400 where others have filled a
   *     quota meanwhile; 42704 where a module was dropped
   */
  public synchronized void write(Transactional to) {
    if (changes.isEmpty()) {
      return;
    }
    try {
      boolean _ =
          to.inTransaction(
              connection -> {
                writeOn(connection);
                return true;
              });
    } catch (SqlError e) {
      throw e.getCause() instanceof SQLException cause && isBusy(cause)
          ? new SqlError(
              "40001",
              "another transaction has been writing entries of modules for too long; try again",
              e)
          : e;
    }
    forget();
  }

  private static boolean isBusy(SQLException e) {
    return e.getErrorCode() == ErrorCode.LOCK_TIMEOUT_1
        || e.getErrorCode() == ErrorCode.CONCURRENT_UPDATE_1
        || e.getErrorCode() == ErrorCode.DEADLOCK_1;
  }

  /** Modules in the order of their names, so that no two statements wait for each other. */
  private void writeOn(Connection connection) throws SQLException {
    for (String module : modules()) {
      Usage before = KeyValueTables.lock(connection, module).orElseThrow(() -> dropped(module));
      Map<Id, Optional<byte[]>> own =
          changes.subMap(new Id(module, ""), true, new Id(module + '\0', ""), false);
      Usage after = KeyValueTables.write(connection, own, read, before);
      Quota quota = quotas.get(module);
      if (quota != null) {
        after
            .beyond(quota, before)
            .ifPresent(
                beyond -> {
                  throw new SqlError("53400", sentence(module, beyond), null, module);
                });
      }
      KeyValueTables.setUsage(connection, module, after);
    }
  }

  private NavigableSet<String> modules() {
    NavigableSet<String> modules = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    changes.keySet().forEach(id -> modules.add(id.module()));
    return modules;
  }

  /** Forgets the changes. */
  public synchronized void forget() {
    changes.clear();
    read.clear();
    usages.clear();
    quotas.clear();
    waiting = 0;
  }
}
