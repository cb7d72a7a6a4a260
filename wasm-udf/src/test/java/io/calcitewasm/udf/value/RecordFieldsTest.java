package io.calcitewasm.udf.value;

import static io.calcitewasm.udf.RandomValues.between;
import static io.calcitewasm.udf.RandomValues.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calcitewasm.component.abi.ValueImage;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.Types;
import io.calcitewasm.udf.signature.SqlMapping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFieldsTest {
  private static final int MEMORY = 1 << 16;
  private static final long MUCH = 1 << 20;
  private static final List<PrimitiveType> PRIMITIVES =
      Arrays.stream(PrimitiveType.values())
          .filter(type -> type != PrimitiveType.CHAR && type != PrimitiveType.U64)
          .toList();

  /** A list's type and value. */
  private record Records(ValType type, List<Object> values) {}

  @Test
  void fields_read_in_place_are_those_of_the_lifted_list() {
    forAll(
        RecordFieldsTest::records,
        records -> {
          List<?> lifted = lifted(records, MUCH);
          RecordList inPlace = Objects.requireNonNull(inPlace(records, MUCH));
          assertThat(inPlace).hasSameSizeAs(lifted);
          for (int i = 0; i < lifted.size(); i++) {
            assertThat(inPlace.get(i)).isEqualTo(lifted.get(i));
          }
        });
  }

  @Test
  void a_list_that_takes_more_than_it_may_is_left_to_be_lifted() {
    forAll(
        RecordFieldsTest::records,
        records -> {
          RecordList inPlace = Objects.requireNonNull(inPlace(records, MUCH));
          assertThat(inPlace(records, inPlace.bytes())).isNotNull();
          assertThat(lifted(records, inPlace.bytes())).isNotNull();
          assertThat(inPlace(records, inPlace.bytes() - 1)).isNull();
          assertThat(catchThrowable(() -> lifted(records, inPlace.bytes() - 1)))
              .isInstanceOf(MisfitException.class);
        });
  }

  @Test
  void what_is_no_value_is_left_to_be_lifted() {
    Records texts =
        new Records(
            Types.list(Types.record("word", PrimitiveType.STRING)),
            List.of(new Object[] {"a"}, new Object[] {"b"}));
    byte[] memory = new byte[MEMORY];
    int address = image(texts, memory);
    RecordFields fields = RecordFields.of(texts.type()).orElseThrow();
    assertThat(fields.read(memory, address, MUCH)).hasSize(2);
    for (int i = 0; i < MEMORY; i++) {
      if (memory[i] == 'b') {
        memory[i] = (byte) 0xff;
      }
    }
    assertThat(fields.read(memory, address, MUCH)).isNull();

    Records options =
        new Records(
            Types.list(Types.tuple(Types.option(PrimitiveType.U8))),
            Collections.singletonList(new Object[] {Optional.of(7)}));
    memory = new byte[MEMORY];
    address = image(options, memory);
    fields = RecordFields.of(options.type()).orElseThrow();
    RecordList list = Objects.requireNonNull(fields.read(memory, address, MUCH));
    assertThat(list.value(0, 0)).isEqualTo((short) 7);
    for (int i = 0; i < MEMORY; i++) {
      if (memory[i] == 7) {
        memory[i - 1] = 2;
      }
    }
    assertThat(fields.read(memory, address, MUCH)).isNull();
  }

  @Test
  void other_types_have_no_such_fields() {
    assertThat(RecordFields.of(PrimitiveType.S32)).isEmpty();
    assertThat(RecordFields.of(Types.list(PrimitiveType.S32))).isEmpty();
    assertThat(RecordFields.of(Types.list(Types.DECIMAL))).isEmpty();
    for (ValType part :
        List.of(
            Types.DATE,
            PrimitiveType.CHAR,
            PrimitiveType.U64,
            Types.list(PrimitiveType.U8),
            Types.option(Types.option(PrimitiveType.S8)),
            Types.record("inner", PrimitiveType.S8))) {
      assertThat(RecordFields.of(Types.list(Types.record("a", part)))).as("%s", part).isEmpty();
    }
  }

  private static Records records(RandomGenerator random) {
    List<PrimitiveType> types = new ArrayList<>();
    List<Boolean> optional = new ArrayList<>();
    Object[] namesAndTypes = new Object[2 * (1 + random.nextInt(6))];
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      PrimitiveType type = PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
      types.add(type);
      optional.add(random.nextBoolean());
      namesAndTypes[i] = "f" + i;
      namesAndTypes[i + 1] = optional.getLast() ? Types.option(type) : type;
    }
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(
          IntStream.range(0, types.size())
              .mapToObj(
                  field -> {
                    Object value = value(types.get(field), random);
                    return !optional.get(field)
                        ? value
                        : random.nextBoolean() ? Optional.of(value) : Optional.empty();
                  })
              .toArray());
    }
    return new Records(Types.list(Types.record(namesAndTypes)), values);
  }

  private static Object value(PrimitiveType type, RandomGenerator random) {
    return switch (type) {
      case BOOL -> random.nextBoolean();
      case S8 -> (int) between(random, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case U8 -> (int) between(random, 0, 255);
      case S16 -> (int) between(random, Short.MIN_VALUE, Short.MAX_VALUE);
      case U16 -> (int) between(random, 0, 65_535);
      case S32 -> (int) between(random, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case U32 -> between(random, 0, 4_294_967_295L);
      case S64 -> between(random, Long.MIN_VALUE, Long.MAX_VALUE);
      case F32 -> Float.intBitsToFloat(random.nextInt());
      case F64 -> random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
      case STRING -> "é€😀 words".substring(0, 4 + random.nextInt(6));
      case CHAR, U64 -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static int image(Records records, byte[] memory) {
    return ValueImage.of(records.type())
        .orElseThrow()
        .write(ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN), 64, MEMORY, records.values())
        .orElseThrow()
        .address();
  }

  private static @Nullable RecordList inPlace(Records records, long most) {
    byte[] memory = new byte[MEMORY];
    int address = image(records, memory);
    return RecordFields.of(records.type()).orElseThrow().read(memory, address, most);
  }

  private static List<?> lifted(Records records, long most) throws Exception {
    byte[] memory = new byte[MEMORY];
    int address = image(records, memory);
    Object value =
        ValueImage.of(records.type())
            .orElseThrow()
            .read(ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN), address);
    return (List<?>)
        Objects.requireNonNull(
            ResultConverter.of(records.type(), SqlMapping.of(records.type()).type())
                .convert(value, new SizeLimit(most)));
  }
}
