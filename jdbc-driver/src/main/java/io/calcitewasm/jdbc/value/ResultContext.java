package io.calcitewasm.jdbc.value;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a result depend on.
 *
 * @param calendar the connection's time zone, in which dates and times become instants
 * @param rows makes the result sets of {@link java.sql.Array}
 */
public record ResultContext(Calendar calendar, RowSource rows) {
  /** Makes result sets from raw values. */
  @FunctionalInterface
  public interface RowSource {
    /** A result set of rows of raw values. */
    ResultSet of(List<ColumnMetaData> columns, List<@Nullable Object[]> rows) throws SQLException;
  }
}
