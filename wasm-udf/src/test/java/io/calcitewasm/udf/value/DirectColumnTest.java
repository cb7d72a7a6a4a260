package io.calcitewasm.udf.value;

import static io.calcitewasm.udf.RandomValues.between;
import static io.calcitewasm.udf.RandomValues.forAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.fuse.Column;
import io.calcitewasm.component.fuse.ColumnValues;
import io.calcitewasm.component.fuse.RowShape;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.Types;
import io.calcitewasm.udf.signature.SqlMapping;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import io.calcitewasm.udf.signature.SqlType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DirectColumnTest {
  private static final List<ValType> TYPES =
      List.of(PrimitiveType.STRING, Types.list(PrimitiveType.U8), Types.DECIMAL);
  private static final int ROW = 5;

  /** A type, a value of it as {@link ValType} says, and what it may take. */
  private record Case(ValType type, Object value, long most) {}

  @Test
  void values_are_those_that_the_converter_makes() {
    forAll(
        DirectColumnTest::anyCase,
        one -> {
          Column column = column(one.type());
          ByteBuffer columns = written(column, one.value());
          assertThat(direct(one, column, columns)).isEqualTo(converted(one, column, columns));
        });
  }

  @Test
  void what_is_no_text_is_left_to_the_converter() throws NoSqlFormException {
    Column.Bytes column = (Column.Bytes) column(PrimitiveType.STRING);
    ByteBuffer columns = written(column, "abc");
    columns.put(columns.getInt(column.address() + ROW * 8) + 1, (byte) 0xff);
    Case text = new Case(PrimitiveType.STRING, "abc", 100);
    assertThat(direct(text, column, columns)).isSameAs(DirectColumn.OTHERWISE);
  }

  @Test
  void other_columns_are_not_read_directly() throws NoSqlFormException {
    for (ValType type :
        List.of(
            PrimitiveType.S32,
            PrimitiveType.CHAR,
            Types.JSON,
            Types.TIMESTAMP,
            Types.list(PrimitiveType.S32),
            Types.record(
                "hi", PrimitiveType.S64, "lo", PrimitiveType.U64, "n", PrimitiveType.U8))) {
      SqlType sqlType = SqlMapping.of(type).type();
      assertThat(DirectColumn.of(column(type), sqlType, 100)).as("%s", type).isEmpty();
    }
    SqlType narrow = SqlType.decimal(10, 2);
    assertThat(DirectColumn.of(column(Types.DECIMAL), narrow, 100)).isEmpty();
  }

  private static Case anyCase(RandomGenerator random) {
    ValType type = TYPES.get(random.nextInt(TYPES.size()));
    Object value = value(type, random);
    long most = random.nextInt(4) == 0 ? random.nextInt(16) : 1 << 20;
    if (random.nextBoolean()) {
      return new Case(type, value, most);
    }
    Optional<Object> some = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value);
    // a NULL takes a word too, which nobody sets as a limit
    return new Case(Types.option(type), some, some.isEmpty() ? Math.max(most, 8) : most);
  }

  private static Object value(ValType type, RandomGenerator random) {
    if (type == PrimitiveType.STRING) {
      return "é€😀 words?".substring(0, 4 + random.nextInt(7));
    }
    if (type != Types.DECIMAL) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      return bytes;
    }
    long lo = between(random, Long.MIN_VALUE, Long.MAX_VALUE);
    long hi = random.nextBoolean() ? lo >> 63 : between(random, Long.MIN_VALUE, Long.MAX_VALUE);
    return new Object[] {hi, lo, (int) between(random, 0, random.nextBoolean() ? 38 : 255)};
  }

  private static Column column(ValType type) {
    FuncType function = new FuncType(List.of(new ValType.Field("v", type)), Optional.empty());
    return RowShape.of(function, resource -> false).orElseThrow().parameters().getFirst();
  }

  private static ByteBuffer written(Column column, Object value) {
    ByteBuffer columns = ByteBuffer.allocate(1 << 18).order(ByteOrder.LITTLE_ENDIAN);
    RowShape.heapTop(columns, 1 << 17);
    assertThat(ColumnValues.write(columns, column, ROW, value)).isTrue();
    return columns;
  }

  private static @Nullable Object direct(Case one, Column column, ByteBuffer columns)
      throws NoSqlFormException {
    Optional<DirectColumn> found =
        DirectColumn.of(column, SqlMapping.of(one.type()).type(), one.most());
    return found.isEmpty() ? DirectColumn.OTHERWISE : comparable(found.get().read(columns, ROW));
  }

  private static @Nullable Object converted(Case one, Column column, ByteBuffer columns)
      throws NoSqlFormException {
    try {
      return comparable(
          ResultConverter.of(one.type(), SqlMapping.of(one.type()).type())
              .convert(ColumnValues.read(columns, column, ROW), new SizeLimit(one.most())));
    } catch (AbiFault | MisfitException e) {
      return DirectColumn.OTHERWISE;
    }
  }

  private static @Nullable Object comparable(@Nullable Object value) {
    return value instanceof byte[] bytes
        ? Arrays.asList(new String(bytes, UTF_8), bytes.length)
        : value;
  }
}
