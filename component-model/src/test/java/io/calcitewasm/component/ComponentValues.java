package io.calcitewasm.component;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random values of any type without handles, and their equality. */
public final class ComponentValues {
  private static final int[] CHARS = {
    0, 'a', 'Z', 0x7f, 0x80, 0xff, 0x100, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff
  };
  private static final long[] LONGS = {
    0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -1L >>> 32
  };

  private final RandomGenerator random;

  /** A source of values. */
  public ComponentValues(RandomGenerator random) {
    this.random = random;
  }

  /** A value of a type; lists get shorter the deeper they stand. */
  public Object of(ValType type) {
    return of(type, 8);
  }

  private Object of(ValType type, int longest) {
    return switch (type.structure()) {
      case PrimitiveType primitive -> primitive(primitive, longest);
      case ValType.ListType list -> {
        int length = random.nextInt(longest + 1);
        if (list.isBytes()) {
          byte[] bytes = new byte[length * 5];
          random.nextBytes(bytes);
          yield bytes;
        }
        yield IntStream.range(0, length).mapToObj(i -> of(list.element(), longest / 2)).toList();
      }
      case ValType.RecordType record ->
          record.fields().stream().map(field -> of(field.type(), longest)).toArray();
      case ValType.TupleType tuple ->
          tuple.elements().stream().map(element -> of(element, longest)).toArray();
      case ValType.VariantType variant -> {
        int index = random.nextInt(variant.cases().size());
        yield new VariantValue(index, orNull(variant.cases().get(index).payload(), longest));
      }
      case ValType.EnumType labels -> random.nextInt(labels.labels().size());
      case ValType.FlagsType flags -> random.nextInt() & (int) ((1L << flags.labels().size()) - 1);
      case ValType.OptionType option ->
          random.nextBoolean() ? Optional.of(of(option.some(), longest)) : Optional.empty();
      case ValType.ResultType result ->
          random.nextBoolean()
              ? ResultValue.ok(orNull(result.ok(), longest))
              : ResultValue.err(orNull(result.err(), longest));
      case ValType.OwnType own -> throw new IllegalArgumentException("no random handles");
      case ValType.BorrowType borrow -> throw new IllegalArgumentException("no random handles");
      case ValType.NamedType named -> throw new IllegalStateException("a name is no structure");
    };
  }

  private @Nullable Object orNull(Optional<ValType> type, int longest) {
    return type.isPresent() ? of(type.get(), longest) : null;
  }

  private Object primitive(PrimitiveType type, int longest) {
    long bits = random.nextInt(4) == 0 ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
    return switch (type) {
      case BOOL -> random.nextBoolean();
      case S8 -> (int) (byte) bits;
      case U8 -> (int) bits & 0xff;
      case S16 -> (int) (short) bits;
      case U16 -> (int) bits & 0xffff;
      case S32 -> (int) bits;
      case U32 -> bits & 0xffff_ffffL;
      case S64, U64 -> bits;
      case F32 -> random.nextInt(8) == 0 ? Float.NaN : Float.intBitsToFloat((int) bits);
      case F64 -> random.nextInt(8) == 0 ? Double.NEGATIVE_INFINITY : Double.longBitsToDouble(bits);
      case CHAR -> character();
      case STRING -> {
        StringBuilder text = new StringBuilder();
        boolean narrow = random.nextBoolean();
        for (int i = random.nextInt(4 * longest + 1); i > 0; i--) {
          text.appendCodePoint(narrow ? random.nextInt(0x100) : character());
        }
        yield text.toString();
      }
    };
  }

  private int character() {
    return CHARS[random.nextInt(CHARS.length)];
  }

  /** Whether two values of one type are the same, NaNs being one value. */
  public static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Object[] left && b instanceof Object[] right) {
      return same(Arrays.asList(left), Arrays.asList(right));
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return left.size() == right.size() && sameItems(left.iterator(), right.iterator());
    }
    return switch (a) {
      case null -> b == null;
      case byte[] bytes -> b instanceof byte[] others && Arrays.equals(bytes, others);
      case Optional<?> option ->
          b instanceof Optional<?> other && same(option.orElse(null), other.orElse(null));
      case VariantValue variant ->
          b instanceof VariantValue other
              && variant.caseIndex() == other.caseIndex()
              && same(variant.payload(), other.payload());
      case ResultValue result ->
          b instanceof ResultValue other
              && result.isOk() == other.isOk()
              && same(result.value(), other.value());
      default -> a.equals(b);
    };
  }

  private static boolean sameItems(Iterator<?> left, Iterator<?> right) {
    while (left.hasNext()) {
      if (!same(left.next(), right.next())) {
        return false;
      }
    }
    return true;
  }

  /** A value as text, for messages. */
  public static String show(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> Arrays.toString(bytes);
      case Object[] items -> Arrays.stream(items).map(ComponentValues::show).toList().toString();
      case List<?> items -> items.stream().map(ComponentValues::show).toList().toString();
      case Optional<?> option ->
          option.map(ComponentValues::show).map(s -> "some " + s).orElse("none");
      case VariantValue variant -> variant.caseIndex() + "(" + show(variant.payload()) + ")";
      case ResultValue result -> (result.isOk() ? "ok " : "err ") + show(result.value());
      case String text ->
          "\"" + text.codePoints().mapToObj(c -> String.format("\\u{%x}", c)).toList() + "\"";
      default -> value.toString();
    };
  }
}
