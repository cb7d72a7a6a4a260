package io.calcitewasm.adapter.source;

import javax.sql.DataSource;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.schema.Schemas;

/** The Java code of operators that write their input's rows into a table of a JDBC database. */
final class WritingCode {
  private WritingCode() {}

  /**
   * Gives the rows, as arrays, to a static method of the operator's class: {@code (DataSource,
   * String, String, Enumerable)}, which answers one row, how many there were.
   *
   * @param table where rows are written
   * @param method the method's name
   * @param what its first text
   * @param columns its second text
   */
  static EnumerableRel.Result of(
      EnumerableRel operator,
      EnumerableRelImplementor implementor,
      EnumerableRel.Prefer prefer,
      SourceTable table,
      String method,
      String what,
      String columns) {
    BlockBuilder code = new BlockBuilder();
    EnumerableRel.Result child =
        implementor.visitChild(
            operator, 0, (EnumerableRel) operator.getInput(0), EnumerableRel.Prefer.ARRAY);
    Expression rows =
        code.append(
            "rows",
            child.physType.convertTo(code.append("child", child.block), JavaRowFormat.ARRAY));
    code.add(
        Expressions.return_(
            null,
            Expressions.call(
                Types.lookupMethod(
                    operator.getClass(),
                    method,
                    DataSource.class,
                    String.class,
                    String.class,
                    Enumerable.class),
                Schemas.unwrap(table.schemaExpression(), DataSource.class),
                Expressions.constant(what),
                Expressions.constant(columns),
                rows)));
    return implementor.result(
        PhysTypeImpl.of(
            implementor.getTypeFactory(),
            operator.getRowType(),
            prefer == EnumerableRel.Prefer.ARRAY ? JavaRowFormat.ARRAY : JavaRowFormat.SCALAR),
        code.toBlock());
  }
}
