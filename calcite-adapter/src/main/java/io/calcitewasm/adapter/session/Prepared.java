package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.access.StatementRights;
import io.calcitewasm.udf.module.Snapshot;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.jdbc.CalcitePrepare.CalciteSignature;
import org.apache.calcite.sql.SqlNode;

/** A statement that was prepared in a session and can be executed there, any number of times. */
public sealed interface Prepared {
  /** The statement's text. */
  String sql();

  /** Columns, parameters and kind of the statement for JDBC. */
  Meta.Signature signature();

  /**
   * A query, or a change to rows: planned and compiled by Calcite.
   *
   * @param sql its text
   * @param signature Calcite's executable form
   * @param snapshot the modules it was planned with, which its execution sees
   * @param maxRows most rows to deliver, −1 for all
   * @param generation the state of the catalogue that it was planned with
   * @param layout the state of everything but modules that it was planned with
   * @param folded whether results of modules' functions have become part of the plan
   * @param rights what it calls, and who says whether it may
   * @param changes the schema whose rows it changes; empty for a query
   */
  record Query(
      String sql,
      CalciteSignature<Object> signature,
      Snapshot snapshot,
      long maxRows,
      long generation,
      long layout,
      boolean folded,
      StatementRights rights,
      String changes)
      implements Prepared {
    /** The same plan with other modules, for which it holds too. */
    Query with(Snapshot modules, long now) {
      return new Query(sql, signature, modules, maxRows, now, layout, folded, rights, changes);
    }
  }

  /** A statement about the catalogue; it takes effect when it is executed. */
  record Definition(String sql, SqlNode node, Meta.Signature signature) implements Prepared {}
}
