package io.calcitewasm.jdbc.value;

import java.sql.SQLException;
import java.sql.Struct;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ROW of a result: its attributes are the objects that {@link java.sql.ResultSet#getObject(int)}
 * would return for its fields, in their order; NULL is null. Type maps name SQL types ({@code
 * "DATE"}) and the class wanted for them.
 */
public final class RowValue implements Struct {
  private final ValueType.RowOf type;
  private final List<@Nullable Object> fields;
  private final ResultContext context;

  RowValue(ValueType.RowOf type, List<@Nullable Object> fields, ResultContext context) {
    this.type = type;
    this.fields = fields;
    this.context = context;
  }

  /** The fields in Calcite's own representation, which is that of parameters too. */
  public List<@Nullable Object> raw() {
    return Collections.unmodifiableList(fields);
  }

  @Override
  public String getSQLTypeName() {
    return type.name();
  }

  @Override
  @SuppressWarnings("NullAway") // JDBC's attributes may be null, which its interface does not say
  public Object[] getAttributes() throws SQLException {
    return getAttributes(Map.of());
  }

  @Override
  @SuppressWarnings("NullAway")
  public Object[] getAttributes(@Nullable Map<String, Class<?>> map) throws SQLException {
    @Nullable Object[] attributes = new @Nullable Object[type.fields().size()];
    for (int i = 0; i < attributes.length; i++) {
      ValueType field = type.fields().get(i);
      Value value = Value.of(field, fields.get(i), context);
      Class<?> wanted = map == null ? null : map.get(field.name());
      if (value != null) {
        attributes[i] = wanted == null ? value.object() : Conversions.to(wanted, value);
      }
    }
    return attributes;
  }

  /** The text that {@link java.sql.ResultSet#getString(int)} returns for the row. */
  @Override
  public String toString() {
    return new Value(type, fields, context).describe();
  }
}
