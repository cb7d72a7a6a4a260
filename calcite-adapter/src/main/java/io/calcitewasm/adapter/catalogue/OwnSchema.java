package io.calcitewasm.adapter.catalogue;

import com.google.common.base.Suppliers;
import io.calcitewasm.adapter.source.JdbcTables;
import io.calcitewasm.adapter.source.Names;
import io.calcitewasm.udf.module.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.ViewTable;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** The schema of the user's own tables and views. */
final class OwnSchema extends AbstractSchema implements Wrapper {
  private final JdbcTables tables;
  private final Map<String, View> views;
  private final ViewTypes types;
  private final Set<String> moduleNames;
  private final Supplier<Snapshot> modules;
  private final Supplier<SchemaPlus> root;

  /**
   * The schema for one state of the catalogue.
   *
   * @param tables the store's tables
   * @param views views by name
   * @param types tells the views' row types
   * @param moduleNames all modules, in any letter case, those that do not work too: a column whose
   *     collation was one of another, which has been dropped, has none
   * @param modules the modules that views see
   * @param root the root schema that this one becomes part of
   */
  OwnSchema(
      JdbcTables tables,
      Map<String, View> views,
      ViewTypes types,
      Set<String> moduleNames,
      Supplier<Snapshot> modules,
      Supplier<SchemaPlus> root) {
    this.tables = tables;
    this.views = views;
    this.types = types;
    this.moduleNames = moduleNames;
    this.modules = modules;
    this.root = root;
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
        View view = views.get(name);
        Table table = view == null ? tables.tables().get(name) : table(view);
        return table == null ? null : collated(table);
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        String match = Names.match(views.keySet(), name);
        View view = match == null ? null : views.get(match);
        if (match != null && view != null) {
          return new Named<>(match, table(view));
        }
        Named<Table> found = tables.tables().getIgnoreCase(name);
        return found == null ? null : new Named<>(found.name(), collated(found.entity()));
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        Set<String> names = new TreeSet<>(tables.tables().getNames(pattern));
        views.keySet().stream().filter(pattern.matcher()::apply).forEach(names::add);
        return names;
      }
    };
  }

  private Table collated(Table table) {
    return JdbcTables.collatedAs(
        table,
        collation -> {
          int point = collation.indexOf('.');
          return point < 0 || moduleNames.contains(collation.substring(0, point));
        });
  }

  private Table table(View view) {
    Supplier<RelDataType> query =
        Suppliers.memoize(
            () ->
                types.rowType(
                    modules.get(), root.get(), view.definition().defaultSchema(), view.sql()));
    return new ViewTable(
        Object[].class,
        factory -> view.rowType(factory, query.get()),
        view.sql(),
        List.of(view.definition().defaultSchema()),
        List.of(Store.USER_SCHEMA, view.name()));
  }

  @Override
  public <C> @Nullable C unwrap(Class<C> type) {
    return type.isInstance(this) ? type.cast(this) : tables.unwrap(type);
  }
}
