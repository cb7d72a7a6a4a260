package io.calcitewasm.adapter.catalogue;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimap;
import io.calcitewasm.adapter.source.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelProtoDataType;
import org.apache.calcite.schema.Function;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/**
 * All schemas of one state of the catalogue. A schema is made when it is first asked for, so that a
 * foreign database that does not answer hinders only the statements that name it.
 */
public final class RootSchema extends AbstractSchema {
  private final Map<String, Supplier<? extends Schema>> schemas;
  private final SchemaPlus added;

  private RootSchema(Map<String, Supplier<? extends Schema>> schemas, SchemaPlus added) {
    this.schemas = schemas;
    this.added = added;
  }

  /**
   * A root schema.
   *
   * @param schemas by name; names must differ in more than letter case
   * @param added what else there is, whatever its content is at the time it is looked at
   */
  public static SchemaPlus of(Map<String, Supplier<? extends Schema>> schemas, SchemaPlus added) {
    RootSchema root = new RootSchema(new LinkedHashMap<>(schemas), added);
    return CalciteSchema.createRootSchema(false, false, "", root).plus();
  }

  @Override
  public boolean isMutable() {
    return false;
  }

  /** Generated code finds the root schema in the context it is run with. */
  @Override
  public Expression getExpression(@Nullable SchemaPlus parentSchema, String name) {
    return Expressions.call(DataContext.ROOT, BuiltInMethod.DATA_CONTEXT_GET_ROOT_SCHEMA.method);
  }

  @Override
  public Lookup<Table> tables() {
    return added.tables();
  }

  @Override
  protected Multimap<String, Function> getFunctionMultimap() {
    ImmutableListMultimap.Builder<String, Function> functions = ImmutableListMultimap.builder();
    added.getFunctionNames().forEach(name -> functions.putAll(name, added.getFunctions(name)));
    return functions.build();
  }

  @Override
  protected Map<String, RelProtoDataType> getTypeMap() {
    Map<String, RelProtoDataType> types = new LinkedHashMap<>();
    for (String name : added.getTypeNames()) {
      RelProtoDataType type = added.getType(name);
      if (type != null) {
        types.put(name, type);
      }
    }
    return types;
  }

  @Override
  public Lookup<Schema> subSchemas() {
    return Lookup.concat(catalogued(), added.subSchemas().map((schema, name) -> (Schema) schema));
  }

  private Lookup<Schema> catalogued() {
    return new Lookup<>() {
      @Override
      public @Nullable Schema get(String name) {
        Supplier<? extends Schema> schema = schemas.get(name);
        return schema == null ? null : schema.get();
      }

      @Override
      public @Nullable Named<Schema> getIgnoreCase(String name) {
        String match = Names.match(schemas.keySet(), name);
        Schema schema = match == null ? null : get(match);
        return match == null || schema == null ? null : new Named<>(match, schema);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        return schemas.keySet().stream()
            .filter(pattern.matcher()::apply)
            .collect(Collectors.toSet());
      }
    };
  }
}
