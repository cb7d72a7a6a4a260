package io.calcitewasm.adapter.exec;

import java.lang.reflect.Type;
import org.apache.calcite.linq4j.BaseQueryable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.Queryable;
import org.apache.calcite.linq4j.tree.Expression;

/**
 * The query provider that queryable tables of other adapters are given. They enumerate themselves;
 * running a free LINQ expression is refused.
 */
public final class Queries implements QueryProvider {
  @Override
  public <T> Queryable<T> createQuery(Expression expression, Class<T> rowType) {
    return new BaseQueryable<T>(this, rowType, expression) {};
  }

  @Override
  public <T> Queryable<T> createQuery(Expression expression, Type rowType) {
    return new BaseQueryable<T>(this, rowType, expression) {};
  }

  @Override
  public <T> T execute(Expression expression, Class<T> type) {
    throw refused();
  }

  @Override
  public <T> T execute(Expression expression, Type type) {
    throw refused();
  }

  @Override
  public <T> Enumerator<T> executeQuery(Queryable<T> queryable) {
    throw refused();
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("LINQ expressions cannot be executed; use SQL");
  }
}
