package io.calcitewasm.adapter.catalogue;

import java.util.List;

/**
 * How much a module keeps in the key-value store.
 *
 * @param module the module's name
 * @param entries keys
 * @param bytes of keys and values
 */
public record KeyValueUsage(String module, long entries, long bytes) {
  /** That of all modules, by name. */
  public static List<KeyValueUsage> all(Transactional rows) {
    return rows.query(
        "SELECT MODULE, ENTRIES, BYTES FROM CALCITE_WASM.KV_USAGE ORDER BY MODULE",
        row -> new KeyValueUsage(row.getString(1), row.getLong(2), row.getLong(3)));
  }
}
