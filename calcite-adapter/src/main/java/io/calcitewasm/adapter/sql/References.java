package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.View;
import io.calcitewasm.adapter.parser.Collate;
import io.calcitewasm.udf.signature.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What a query names, told from its text alone, so that it can be told of a view that no longer
 * works, too.
 *
 * @param tables schema and name of each table and view it reads
 * @param modules first names of the qualified functions it calls, in any letter case
 * @param collations the collations it names, as it names them
 * @param parameters whether it has {@code ?}
 */
record References(
    List<Table> tables, Set<String> modules, Set<String> collations, boolean parameters) {
  /** A table or view. */
  record Table(String schema, String name) {
    boolean is(String otherSchema, String otherName) {
      return schema.equalsIgnoreCase(otherSchema) && name.equalsIgnoreCase(otherName);
    }
  }

  /** Whether a module is needed, for its functions or for one of its collations. */
  boolean needs(String module, List<Collation> own) {
    return modules.contains(module)
        || own.stream()
            .anyMatch(c -> collations.contains(c.name()) || collations.contains(c.qualifiedName()));
  }

  /** The references of a view. */
  static References of(View view) {
    return of(view.query(), view.definition().defaultSchema());
  }

  /**
   * The references of a query.
   *
   * @param defaultSchema where unqualified names are looked up
   */
  static References of(SqlNode query, String defaultSchema) {
    Collector collector = new Collector();
    query.accept(collector);
    List<Table> tables = new ArrayList<>();
    for (List<String> names : collector.tables) {
      if (names.size() > 1) {
        tables.add(new Table(names.get(names.size() - 2), names.getLast()));
      } else if (!collector.withItems.contains(names.getFirst())) {
        tables.add(new Table(defaultSchema, names.getFirst()));
      }
    }
    return new References(tables, collector.modules, collector.collations, collector.parameters);
  }

  private static final class Collector extends SqlBasicVisitor<@Nullable Void> {
    private final List<List<String>> tables = new ArrayList<>();
    private final Set<String> withItems = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> modules = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> collations = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private boolean parameters;

    @Override
    public @Nullable Void visit(SqlDynamicParam parameter) {
      parameters = true;
      return null;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
      if (call instanceof SqlSelect select && select.getFrom() != null) {
        from(select.getFrom());
      } else if (call instanceof SqlWithItem item) {
        withItems.add(item.name.getSimple());
      } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
        from(call.operand(0));
      } else if (call.getOperator() instanceof SqlFunction function
          && function.getNameAsId().names.size() > 1) {
        modules.add(function.getNameAsId().names.getFirst());
      } else if (call.getOperator() == Collate.OPERATOR) {
        collations.add(Collate.name(call));
      }
      return super.visit(call);
    }

    /** Descends through what may stand around a table's name in FROM. */
    private void from(SqlNode node) {
      if (node instanceof SqlIdentifier name) {
        tables.add(name.names);
      } else if (node instanceof SqlJoin join) {
        from(join.getLeft());
        from(join.getRight());
      } else if (node instanceof SqlCall call
          && !call.isA(SqlKind.QUERY)
          && !(call.getOperator() instanceof SqlFunction)
          && call.operandCount() > 0
          && call.getOperandList().getFirst() != null) {
        from(call.operand(0));
      }
    }
  }
}
