package io.calcitewasm.adapter.plan;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.tools.RelRunner;
import org.jspecify.annotations.Nullable;

/**
 * What Calcite asks of a session while it prepares one statement.
 *
 * @param rootSchema the schemas the statement sees
 * @param defaultSchemaPath where unqualified names are looked up
 * @param typeFactory the session's types
 * @param config the session's settings
 */
public record PrepareContext(
    CalciteSchema rootSchema,
    List<String> defaultSchemaPath,
    JavaTypeFactory typeFactory,
    CalciteConnectionConfig config)
    implements CalcitePrepare.Context {

  @Override
  public JavaTypeFactory getTypeFactory() {
    return typeFactory;
  }

  @Override
  public CalciteSchema getRootSchema() {
    return rootSchema;
  }

  @Override
  public CalciteSchema getMutableRootSchema() {
    return rootSchema;
  }

  @Override
  public List<String> getDefaultSchemaPath() {
    return defaultSchemaPath;
  }

  @Override
  public CalciteConnectionConfig config() {
    return config;
  }

  @Override
  public CalcitePrepare.SparkHandler spark() {
    return CalcitePrepare.Dummy.getSparkHandler(false);
  }

  /** The data of constant reduction: none; {@link ConstantFolding} brings its own. */
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
    throw new UnsupportedOperationException("running a relational expression while preparing");
  }
}
