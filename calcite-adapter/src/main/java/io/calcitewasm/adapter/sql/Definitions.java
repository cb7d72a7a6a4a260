package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.parser.AlterModule;
import io.calcitewasm.adapter.parser.CreateBucket;
import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.DescribeModule;
import io.calcitewasm.adapter.parser.DropBucket;
import io.calcitewasm.adapter.parser.DropModule;
import io.calcitewasm.adapter.parser.ExecutePrivilege;
import io.calcitewasm.adapter.parser.ExplainAnalyze;
import io.calcitewasm.adapter.parser.ReloadPolicy;
import io.calcitewasm.adapter.parser.ShowBuckets;
import io.calcitewasm.adapter.parser.ShowGrants;
import io.calcitewasm.adapter.parser.ShowModules;
import io.calcitewasm.adapter.parser.ShowPolicy;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.ddl.SqlCreateForeignSchema;
import org.apache.calcite.sql.ddl.SqlCreateTable;
import org.apache.calcite.sql.ddl.SqlCreateView;
import org.apache.calcite.sql.ddl.SqlDropSchema;
import org.apache.calcite.sql.ddl.SqlDropTable;
import org.apache.calcite.sql.ddl.SqlDropView;

/** Executes statements about the catalogue, one class of statement by one class of ours. */
public final class Definitions {
  private final ModuleCommands modules;
  private final AlterModuleCommands alterations;
  private final BucketCommands buckets;
  private final ForeignSchemaCommands foreignSchemas;
  private final TableCommands tables;
  private final ViewCommands views;
  private final Permissions permissions;
  private final PolicyCommands policy;

  /**
   * The executor of statements of one transaction.
   *
   * @param namespace what it sees and changes
   * @param authority who may execute what, and where that goes on record
   */
  public Definitions(Namespace namespace, Authority authority) {
    this.permissions = new Permissions(authority, namespace.modules());
    this.policy = new PolicyCommands(authority, namespace);
    this.modules = new ModuleCommands(namespace);
    this.alterations = new AlterModuleCommands(namespace);
    this.buckets = new BucketCommands(namespace);
    this.foreignSchemas = new ForeignSchemaCommands(namespace);
    this.tables = new TableCommands(namespace);
    this.views = new ViewCommands(namespace);
  }

  /** Whether a statement is about the catalogue; others are Calcite's. */
  public static boolean handles(SqlNode statement) {
    return switch (statement) {
      case CreateModule ignored -> true;
      case AlterModule ignored -> true;
      case CreateBucket ignored -> true;
      case DropBucket ignored -> true;
      case ShowBuckets ignored -> true;
      case DropModule ignored -> true;
      case ShowModules ignored -> true;
      case DescribeModule ignored -> true;
      case ExplainAnalyze ignored -> true;
      case ExecutePrivilege ignored -> true;
      case ShowPolicy ignored -> true;
      case ShowGrants ignored -> true;
      case ReloadPolicy ignored -> true;
      case SqlCreateForeignSchema ignored -> true;
      case SqlDropSchema ignored -> true;
      case SqlCreateTable ignored -> true;
      case SqlDropTable ignored -> true;
      case SqlCreateView ignored -> true;
      case SqlDropView ignored -> true;
      default -> false;
    };
  }

  /** The columns that a statement answers with; empty for one that answers no rows. */
  public static Optional<Columns> columns(SqlNode statement) {
    return switch (statement) {
      case ShowModules ignored -> Optional.of(ModuleRows.MODULES);
      case ShowBuckets ignored -> Optional.of(BucketCommands.COLUMNS);
      case DescribeModule ignored -> Optional.of(ModuleRows.FUNCTIONS);
      case ExplainAnalyze ignored -> Optional.of(QueryAnalysis.COLUMNS);
      case ShowPolicy ignored -> Optional.of(PolicyRows.POLICY);
      case ShowGrants ignored -> Optional.of(PolicyRows.GRANTS);
      default -> Optional.empty();
    };
  }

  /**
   * Executes a statement: it has happened as a whole or, with an error, not at all.
   *
   * @param statement one that {@link #handles} accepts
   * @param source how to read the query in it
   */
  public Answer execute(SqlNode statement, QuerySource source) {
    Runnable record = permissions.check(statement, source.user());
    Answer answer = executed(statement, source);
    record.run();
    return answer;
  }

  private Answer executed(SqlNode statement, QuerySource source) {
    switch (statement) {
      case ExecutePrivilege change -> policy.change(change, source.user());
      case ReloadPolicy ignored -> policy.reload(source.user());
      case ShowPolicy ignored -> {
        return policy.showPolicy(source.user());
      }
      case ShowGrants ignored -> {
        return policy.showGrants();
      }
      case CreateModule create -> modules.create(create, source);
      case AlterModule alter -> alterations.alter(alter, source);
      case CreateBucket create -> buckets.create(create);
      case DropBucket drop -> buckets.drop(drop);
      case ShowBuckets ignored -> {
        return buckets.show(source);
      }
      case DropModule drop -> modules.drop(drop);
      case ShowModules ignored -> {
        return modules.show();
      }
      case DescribeModule describe -> {
        return modules.describe(describe);
      }
      case ExplainAnalyze analyze -> {
        return QueryAnalysis.execute(analyze, source);
      }
      case SqlCreateForeignSchema create -> foreignSchemas.create(create);
      case SqlDropSchema drop -> foreignSchemas.drop(drop);
      case SqlCreateTable create -> {
        long rows = tables.create(create, source);
        return rows < 0 ? new Answer.Done() : new Answer.Count(rows);
      }
      case SqlDropTable drop -> tables.drop(drop, source);
      case SqlCreateView create -> views.create(create, source);
      case SqlDropView drop -> views.drop(drop, source);
      default -> throw new IllegalArgumentException("not about the catalogue: " + statement);
    }
    return new Answer.Done();
  }
}
