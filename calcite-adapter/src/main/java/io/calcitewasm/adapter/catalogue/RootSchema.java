package io.calcitewasm.adapter.catalogue;

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
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
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

  private RootSchema(Map<String, Supplier<? extends Schema>> schemas) {
    this.schemas = schemas;
  }

  /** The root schema over schemas by name. Names must differ in more than letter case. */
  public static SchemaPlus of(Map<String, Supplier<? extends Schema>> schemas) {
    RootSchema root = new RootSchema(new LinkedHashMap<>(schemas));
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
  public Lookup<Schema> subSchemas() {
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
