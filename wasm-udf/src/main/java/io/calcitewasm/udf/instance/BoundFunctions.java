package io.calcitewasm.udf.instance;

import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.udf.signature.BatchForms;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of a module version with their converters, each under a number of its own. */
final class BoundFunctions {
  private final Map<SqlFunction, BoundFunction> bound = new IdentityHashMap<>();
  private final Isolations isolations;
  private final boolean compiled;
  private final @Nullable BatchForms blocks;

  /**
   * Binds functions to a component.
   *
   * @param module the module's name
   * @param functions its functions; those without SQL form are passed over
   * @param isolations how long their state lives
   */
  BoundFunctions(
      String module, LinkedComponent linked, List<SqlFunction> functions, Isolations isolations) {
    this.isolations = isolations;
    this.compiled = linked.runtime().optimising();
    this.blocks = BatchForms.of(module, linked.component().exports()).orElse(null);
    if (blocks != null) {
      bind(blocks.resolve());
      bind(blocks.call());
    }
    functions.forEach(this::bindAll);
  }

  private void bindAll(SqlFunction function) {
    switch (function.form()) {
      case SqlForm.None _ -> {}
      case SqlForm.Typed _ -> bind(function);
      case SqlForm.Aggregate aggregate -> aggregate.methods().all().forEach(this::bind);
      case SqlForm.Dynamic dynamic -> {
        bind(dynamic.resolve());
        bind(dynamic.call());
      }
      case SqlForm.DynamicAggregate dynamic -> {
        bind(dynamic.resolve());
        dynamic.methods().all().forEach(this::bind);
      }
      case SqlForm.Cursor cursor -> {
        bind(cursor.open());
        bind(cursor.next());
      }
    }
  }

  private void bind(SqlFunction function) {
    BoundFunction one = BoundFunction.of(function, bound.size(), isolations.of(function));
    if (!compiled) {
      one.path().measure();
    }
    bound.put(function, one);
  }

  /** A function with its converters; null if it is not one of the version, or has no SQL form. */
  @Nullable BoundFunction of(SqlFunction function) {
    return bound.get(function);
  }

  /** Those that can be called. */
  Set<SqlFunction> all() {
    return bound.keySet();
  }

  /** How many can be called, behind the last one's number. */
  int count() {
    return bound.size();
  }

  /** Forms of functions for whole blocks; null if the component brings none. */
  @Nullable BatchForms blocks() {
    return blocks;
  }
}
