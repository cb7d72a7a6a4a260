package io.calcitewasm.jdbc.value;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.MetaImpl;
import org.jspecify.annotations.Nullable;

/**
 * An ARRAY of a result. It holds its elements, so it is valid as long as anybody keeps it.
 *
 * <p>{@link #getArray()} is a Java array of the objects that {@link ResultSet#getObject(int)} would
 * return for the elements: {@code Integer[]}, {@code java.sql.Date[]}, {@code Struct[]}, and {@code
 * Integer[][]} for an array of arrays; NULL is null. {@link #getResultSet()} has the columns INDEX,
 * from 1, and VALUE. Type maps name SQL types ({@code "DATE"}) and the class wanted for them.
 */
public final class ArrayValue implements Array {
  private static final ColumnMetaData INDEX =
      MetaImpl.columnMetaData("INDEX", 0, Integer.class, false);

  private final ValueType.ArrayOf type;
  private final List<@Nullable Object> elements;
  private final ResultContext context;

  ArrayValue(ValueType.ArrayOf type, List<@Nullable Object> elements, ResultContext context) {
    this.type = type;
    this.elements = elements;
    this.context = context;
  }

  /** The elements in Calcite's own representation, which is that of parameters too. */
  public List<@Nullable Object> raw() {
    return Collections.unmodifiableList(elements);
  }

  @Override
  public String getBaseTypeName() {
    return type.element().name();
  }

  @Override
  public int getBaseType() {
    return type.element().jdbcType();
  }

  @Override
  public Object getArray() throws SQLException {
    return objects(elements, Map.of());
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    return objects(elements, map == null ? Map.of() : map);
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return objects(slice(index, count), Map.of());
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return objects(slice(index, count), map == null ? Map.of() : map);
  }

  private List<@Nullable Object> slice(long index, int count) throws SQLException {
    if (index < 1 || count < 0 || index - 1 > elements.size()) {
      throw new SQLException(
          "there are no "
              + count
              + " elements from "
              + index
              + " on in an array of "
              + elements.size(),
          "2202E");
    }
    int from = (int) index - 1;
    return elements.subList(from, (int) Math.min((long) from + count, elements.size()));
  }

  private Object objects(List<@Nullable Object> raw, Map<String, Class<?>> map)
      throws SQLException {
    Class<?> wanted = map.get(type.element().name());
    // With a type map the elements' class may be any.
    Class<?> javaClass = map.isEmpty() ? type.element().javaClass() : Object.class;
    Object[] objects = (Object[]) java.lang.reflect.Array.newInstance(javaClass, raw.size());
    for (int i = 0; i < objects.length; i++) {
      Value value = Value.of(type.element(), raw.get(i), context);
      if (value == null) {
        continue;
      }
      Object object = wanted == null ? value.object() : Conversions.to(wanted, value);
      objects[i] = object instanceof ArrayValue inner ? inner.getArray(map) : object;
    }
    return objects;
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return rows(1, elements);
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    return rows(1, elements);
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return rows(index, slice(index, count));
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return rows(index, slice(index, count));
  }

  private ResultSet rows(long first, List<@Nullable Object> raw) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      rows.add(new @Nullable Object[] {(int) (first + i), raw.get(i)});
    }
    return context.rows().of(List.of(INDEX, valueColumn()), rows);
  }

  /** Of unknown precision, unlike what {@link MetaImpl#columnMetaData} makes. */
  private ColumnMetaData valueColumn() {
    int unknown = ValueType.UNKNOWN;
    AvaticaType element = type.elementType();
    return new ColumnMetaData(
        1,
        false,
        true,
        false,
        false,
        ResultSetMetaData.columnNullable,
        true,
        unknown,
        "VALUE",
        "VALUE",
        null,
        unknown,
        unknown,
        null,
        null,
        element,
        true,
        false,
        false,
        element.columnClassName());
  }

  @Override
  public void free() {}

  /** The text that {@link ResultSet#getString(int)} returns for the array. */
  @Override
  public String toString() {
    return new Value(type, elements, context).describe();
  }
}
