package io.calcitewasm.adapter.catalogue;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.materialize.Lattice;
import org.apache.calcite.rel.type.RelProtoDataType;
import org.apache.calcite.schema.Function;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.SchemaVersion;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * The root schema that an embedding application holds. What statements see is made anew by every
 * definition; this stays the same, shows the newest, and keeps what the application adds. It lives
 * in memory and is shared by the connections of a database.
 */
final class OpenRoot implements SchemaPlus {
  private final Supplier<SchemaPlus> published;
  private final SchemaPlus added = CalciteSchema.createRootSchema(false, false).plus();

  /**
   * A root without additions.
   *
   * @param published what statements see now
   */
  OpenRoot(Supplier<SchemaPlus> published) {
    this.published = published;
  }

  /** What the application has added. */
  SchemaPlus added() {
    return added;
  }

  private void refuseTaken(String name) {
    if (added.subSchemas().getIgnoreCase(name) == null
        && published.get().subSchemas().getIgnoreCase(name) != null) {
      throw new IllegalArgumentException("schema '" + name + "' exists already");
    }
  }

  @Override
  public SchemaPlus add(String name, Schema schema) {
    refuseTaken(name);
    return added.add(name, schema);
  }

  @Override
  public void add(String name, Table table) {
    added.add(name, table);
  }

  @Override
  public boolean removeTable(String name) {
    return added.removeTable(name);
  }

  @Override
  public void add(String name, Function function) {
    added.add(name, function);
  }

  @Override
  public void add(String name, RelProtoDataType type) {
    added.add(name, type);
  }

  @Override
  public void add(String name, Lattice lattice) {
    throw new UnsupportedOperationException("lattices are not supported: '" + name + "'");
  }

  @Override
  public Lookup<? extends SchemaPlus> subSchemas() {
    return Lookup.concat(
        added.subSchemas().map((schema, name) -> (SchemaPlus) schema),
        published.get().subSchemas().map((schema, name) -> (SchemaPlus) schema));
  }

  @Override
  public @Nullable SchemaPlus getParentSchema() {
    return null;
  }

  @Override
  public String getName() {
    return published.get().getName();
  }

  @Override
  @Deprecated
  public @Nullable SchemaPlus getSubSchema(String name) {
    return subSchemas().get(name);
  }

  @Override
  @Deprecated
  public Set<String> getSubSchemaNames() {
    return published.get().getSubSchemaNames();
  }

  @Override
  public Lookup<Table> tables() {
    return published.get().tables();
  }

  @Override
  @Deprecated
  public @Nullable Table getTable(String name) {
    return tables().get(name);
  }

  @Override
  @Deprecated
  public Set<String> getTableNames() {
    return published.get().getTableNames();
  }

  @Override
  public @Nullable RelProtoDataType getType(String name) {
    return published.get().getType(name);
  }

  @Override
  public Set<String> getTypeNames() {
    return published.get().getTypeNames();
  }

  @Override
  public Collection<Function> getFunctions(String name) {
    return published.get().getFunctions(name);
  }

  @Override
  public Set<String> getFunctionNames() {
    return published.get().getFunctionNames();
  }

  @Override
  public Expression getExpression(@Nullable SchemaPlus parentSchema, String name) {
    return published.get().getExpression(parentSchema, name);
  }

  @Override
  public boolean isMutable() {
    return true;
  }

  @Override
  public Schema snapshot(SchemaVersion version) {
    return published.get().snapshot(version);
  }

  @Override
  public <T extends Object> @Nullable T unwrap(Class<T> clazz) {
    return clazz.isInstance(this) ? clazz.cast(this) : published.get().unwrap(clazz);
  }

  @Override
  public void setPath(ImmutableList<ImmutableList<String>> path) {
    published.get().setPath(path);
  }

  @Override
  public void setCacheEnabled(boolean cache) {
    published.get().setCacheEnabled(cache);
  }

  @Override
  public boolean isCacheEnabled() {
    return published.get().isCacheEnabled();
  }
}
