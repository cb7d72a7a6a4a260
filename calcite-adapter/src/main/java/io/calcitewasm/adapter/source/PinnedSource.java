package io.calcitewasm.adapter.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data source that always gives the one connection of a transaction. Who gets it may close it,
 * commit or roll back as with a connection of his own: that has no effect, for the transaction is
 * ended by whom it belongs to.
 */
public final class PinnedSource extends BareDataSource {
  private static final Set<String> NOT_YOURS =
      Set.of("close", "commit", "rollback", "abort", "setAutoCommit");

  private final Connection shown;

  /** A source of this connection, which stays open when what is given out is closed. */
  public PinnedSource(Connection connection) {
    super("the connection of a transaction has its user");
    this.shown = connection(connection);
  }

  private static Connection connection(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            PinnedSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (NOT_YOURS.contains(method.getName())) {
                return null;
              }
              Object result = call(connection, method, arguments);
              return result instanceof Statement made
                  ? statement(made, (Connection) proxy)
                  : result;
            });
  }

  /** Calcite closes the connection that a result's statement tells. */
  private static Statement statement(Statement statement, Connection shown) {
    Class<?> type =
        switch (statement) {
          case CallableStatement _ -> CallableStatement.class;
          case PreparedStatement _ -> PreparedStatement.class;
          default -> Statement.class;
        };
    return (Statement)
        Proxy.newProxyInstance(
            PinnedSource.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                return shown;
              }
              Object result = call(statement, method, arguments);
              return result instanceof ResultSet rows ? rows(rows, (Statement) proxy) : result;
            });
  }

  private static ResultSet rows(ResultSet rows, Statement shown) {
    return (ResultSet)
        Proxy.newProxyInstance(
            PinnedSource.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (proxy, method, arguments) ->
                method.getName().equals("getStatement") ? shown : call(rows, method, arguments));
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  public Connection getConnection() {
    return shown;
  }
}
