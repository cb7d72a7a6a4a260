package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.Snapshot;
import java.time.Instant;
import org.apache.calcite.DataContext;
import org.apache.calcite.schema.SchemaPlus;

/**
 * The way from a stock Calcite connection to its modules: a module's schema offers it, and a call
 * site finds it through the root schema.
 */
public interface ModuleAccess {
  /** The modules as they are now. */
  Snapshot snapshot();

  /**
   * Calls of one execution. A stock connection does not tell when a statement ends, so the caller
   * does not close them.
   *
   * @param root the execution's data context
   * @param timestamp the execution's CURRENT_TIMESTAMP
   */
  CallSession calls(DataContext root, Instant timestamp);

  /** The access of a module's schema in a stock connection. */
  static ModuleAccess find(DataContext root, String module) {
    SchemaPlus rootSchema = root.getRootSchema();
    SchemaPlus schema = rootSchema == null ? null : rootSchema.subSchemas().get(module);
    ModuleAccess access = schema == null ? null : schema.unwrap(ModuleAccess.class);
    if (access == null) {
      throw new SqlError(
          "42883", "module " + module + " is not a schema of this connection's root schema");
    }
    return access;
  }
}
