package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.JdbcTables;
import io.calcitewasm.udf.SqlError;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a foreign schema, connected to when one of them is named. Calcite walks all schemas
 * for every statement, so the schema itself must be there when its database is not.
 */
final class ForeignTables extends AbstractSchema implements Wrapper {
  private final Supplier<JdbcTables> connected;

  ForeignTables(Supplier<JdbcTables> connected) {
    this.connected = connected;
  }

  @Override
  public boolean isMutable() {
    return false;
  }

  @Override
  public Lookup<Table> tables() {
    return new Lookup<>() {
      @Override
      public @Nullable Table get(String name) {
        return connected.get().tables().get(name);
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        return connected.get().tables().getIgnoreCase(name);
      }

      /** None while the database does not answer: who lists all schemas lists the others. */
      @Override
      public Set<String> getNames(LikePattern pattern) {
        try {
          return connected.get().tables().getNames(pattern);
        } catch (SqlError e) {
          return Set.of();
        }
      }
    };
  }

  @Override
  public <C> @Nullable C unwrap(Class<C> type) {
    return type.isInstance(this) ? type.cast(this) : connected.get().unwrap(type);
  }
}
