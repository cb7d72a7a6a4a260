package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Catalogue;
import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.source.Assignment;
import io.calcitewasm.adapter.source.ChangeCheck;
import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.module.Registry;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.CalcitePrepareImpl;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.tools.Program;
import org.apache.calcite.tools.Programs;
import org.apache.calcite.tools.RelRunner;
import org.jspecify.annotations.Nullable;

/** A database without modules, planned by Calcite as it is. */
final class StockDatabase implements QuerySource, AutoCloseable {
  final Store store;
  final Namespace namespace;
  private final Registry registry;
  private final Definitions definitions;
  private static final ComponentEngine ENGINE = ComponentEngine.create();

  private final JavaTypeFactory types = new JavaTypeFactoryImpl();

  StockDatabase(DatabaseLocation location) {
    store = Store.open(location);
    Catalogue catalogue = Catalogue.of(store);
    registry = new Registry(ENGINE, new HostServices());
    Modules modules = new Modules(catalogue, registry);
    namespace =
        new Namespace(
            store,
            catalogue,
            (root, schema, sql) -> prepare(root, schema, sql).rowType,
            () -> new SystemSchema(modules),
            modules);
    definitions = new Definitions(namespace);
  }

  static StockDatabase inMemory() {
    return new StockDatabase(new DatabaseLocation.PrivateMemory());
  }

  Answer execute(String sql) {
    SqlNode node = SqlLanguage.parse(sql);
    return definitions.handles(node) ? definitions.execute(node, this) : query(sql);
  }

  List<List<@Nullable Object>> rows(String sql) {
    return ((Answer.Table) execute(sql)).rows().stream().map(Arrays::asList).toList();
  }

  private Answer query(String sql) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (Rows all = plan(sql).run()) {
      all.forEachRemaining(r -> rows.add(r instanceof Object[] a ? a.clone() : new Object[] {r}));
    }
    return new Answer.Table(Columns.NONE, rows);
  }

  @Override
  public String defaultSchema() {
    return Store.USER_SCHEMA;
  }

  private CalcitePrepare.CalciteSignature<Object> prepare(
      SchemaPlus root, String schema, String sql) {
    Context context = new Context(root, schema);
    CalcitePrepare.Dummy.push(context);
    try {
      return new TestPrepare()
          .prepareSql(context, CalcitePrepare.Query.of(sql), Object[].class, -1);
    } finally {
      CalcitePrepare.Dummy.pop(context);
    }
  }

  @Override
  public Query plan(String sql) {
    SchemaPlus root = namespace.rootSchema();
    CalcitePrepare.CalciteSignature<Object> signature = prepare(root, defaultSchema(), sql);
    DataContext data =
        DataContexts.of(
            name ->
                switch (name) {
                  case "timeZone" -> TimeZone.getDefault();
                  case "cancelFlag" -> new AtomicBoolean();
                  case "timeout" -> new AtomicLong();
                  default -> signature.internalParameters.get(name);
                });
    return new Query() {
      @Override
      public RelDataType rowType() {
        return Objects.requireNonNull(signature.rowType);
      }

      @Override
      public Rows run() {
        Enumerator<Object> rows =
            signature.enumerable(new WithRoot(data, root, types)).enumerator();
        return new Rows() {
          private @Nullable Boolean more;

          @Override
          public boolean hasNext() {
            more = more == null ? rows.moveNext() : more;
            return more;
          }

          @Override
          public @Nullable Object next() {
            more = null;
            return rows.current();
          }

          @Override
          public void close() {
            rows.close();
          }
        };
      }
    };
  }

  @Override
  public void close() {
    namespace.close();
    registry.close();
    store.close();
  }

  private record WithRoot(DataContext data, SchemaPlus root, JavaTypeFactory types)
      implements DataContext {
    @Override
    public SchemaPlus getRootSchema() {
      return root;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
      return types;
    }

    @Override
    public QueryProvider getQueryProvider() {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object get(String name) {
      return data.get(name);
    }
  }

  private static final class TestPrepare extends CalcitePrepareImpl {
    @Override
    protected SqlParser createParser(String sql) {
      return SqlParser.create(sql, SqlLanguage.config());
    }

    @Override
    protected SqlParser createParser(String sql, SqlParser.Config ignored) {
      return SqlParser.create(sql, SqlLanguage.config());
    }

    @Override
    protected CalcitePreparingStmt getPreparingStmt(
        CalcitePrepare.Context context,
        Type elementType,
        CalciteCatalogReader reader,
        RelOptPlanner planner) {
      return new CalcitePreparingStmt(
          this,
          context,
          reader,
          context.getTypeFactory(),
          context.getRootSchema(),
          EnumerableRel.Prefer.ARRAY,
          createCluster(planner, new RexBuilder(context.getTypeFactory())),
          EnumerableConvention.INSTANCE,
          createConvertletTable()) {
        @Override
        protected Program getProgram() {
          return Programs.sequence(ChangeCheck.program(), Programs.standard());
        }

        @Override
        protected SqlValidator createSqlValidator(
            Prepare.CatalogReader catalogReader, UnaryOperator<SqlValidator.Config> transform) {
          return new SqlValidatorImpl(
              SqlOperatorTables.chain(SqlStdOperatorTable.instance(), catalogReader),
              catalogReader,
              context.getTypeFactory(),
              transform.apply(
                  SqlValidator.Config.DEFAULT
                      .withConformance(SqlLanguage.CONFORMANCE)
                      .withIdentifierExpansion(true))) {
            @Override
            protected void checkTypeAssignment(
                @Nullable SqlValidatorScope scope,
                SqlValidatorTable table,
                RelDataType source,
                RelDataType target,
                SqlNode query) {
              super.checkTypeAssignment(
                  scope, table, source, Assignment.uncut(typeFactory, target), query);
            }
          };
        }
      };
    }
  }

  private final class Context implements CalcitePrepare.Context {
    private final SchemaPlus root;
    private final String schema;

    Context(SchemaPlus root, String schema) {
      this.root = root;
      this.schema = schema;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
      return types;
    }

    @Override
    public CalciteSchema getRootSchema() {
      return CalciteSchema.from(root);
    }

    @Override
    public CalciteSchema getMutableRootSchema() {
      return getRootSchema();
    }

    @Override
    public List<String> getDefaultSchemaPath() {
      return List.of(schema);
    }

    @Override
    public CalciteConnectionConfig config() {
      Properties properties = new Properties();
      properties.setProperty("caseSensitive", "false");
      properties.setProperty("conformance", "LENIENT");
      return new CalciteConnectionConfigImpl(properties);
    }

    @Override
    public CalcitePrepare.SparkHandler spark() {
      return CalcitePrepare.Dummy.getSparkHandler(false);
    }

    @Override
    public DataContext getDataContext() {
      return DataContexts.EMPTY;
    }

    @Override
    public @Nullable List<String> getObjectPath() {
      return null;
    }

    @Override
    public RelRunner getRelRunner() {
      throw new UnsupportedOperationException();
    }
  }
}
