package io.calcitewasm.component.abi;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code list<T>} (CanonicalABI.md, {@code load_list}, {@code store_list}). */
final class ListAbi extends AbiType {
  /** {@code MAX_LIST_BYTE_LENGTH}. */
  static final int MAX_BYTES = (1 << 28) - 1;

  private final AbiType element;

  ListAbi(AbiType element) {
    super(Layout.range());
    this.element = element;
  }

  /** Where the fields of an element stand, if elements are records or tuples. */
  Optional<ElementLayout> records() {
    return element instanceof RecordAbi record
        ? Optional.of(record.layoutOfFields())
        : Optional.empty();
  }

  @Override
  void forms(int offset, FormList into) {
    FormList forms = into.part();
    element.forms(0, forms);
    into.add(
        new MemoryForm.Range(offset, element.size(), element.alignment(), forms.withPointers()));
  }

  @Override
  Object load(LiftLowerContext cx, byte[] block, int at) {
    return lift(cx, Block.getInt(block, at), Block.getInt(block, at + 4));
  }

  @Override
  Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    return lift(cx, (int) flat[at], (int) flat[at + 1]);
  }

  @Override
  void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    List<?> list = listOf(value);
    Block.putInt(block, at, (int) write(cx, list));
    Block.putInt(block, at + 4, list.size());
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    List<?> list = listOf(value);
    flat[at] = write(cx, list);
    flat[at + 1] = list.size();
  }

  private List<Object> lift(LiftLowerContext cx, int pointer, int length) {
    long elements = Integer.toUnsignedLong(length);
    long bytes = elements * element.size();
    if (bytes > MAX_BYTES) {
      throw new AbiTrap(
          "a list of " + elements + " elements takes more than " + MAX_BYTES + " bytes");
    }
    byte[] content =
        cx.readContent(
            Integer.toUnsignedLong(pointer), bytes, elements, element.alignment(), "list");
    Object[] values = new Object[(int) elements];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = element.load(cx, content, i * element.size());
      } catch (AbiFault e) {
        throw e.under("[" + i + "]");
      }
    }
    return Collections.unmodifiableList(Arrays.asList(values));
  }

  private long write(LiftLowerContext cx, List<?> list) {
    long bytes = (long) list.size() * element.size();
    if (bytes > MAX_BYTES) {
      throw new ValueMisfit(
          "a list of " + list.size() + " elements takes more than " + MAX_BYTES + " bytes");
    }
    long pointer = cx.allocate(element.alignment(), bytes, "a list");
    byte[] content = new byte[(int) bytes];
    int i = 0;
    for (Object value : list) {
      try {
        element.store(cx, value, content, i * element.size());
      } catch (AbiFault e) {
        throw e.under("[" + i + "]");
      }
      i++;
    }
    cx.write(pointer, content);
    return pointer;
  }

  private static List<?> listOf(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw ValueMisfit.wrongClass("list", List.class, value);
  }
}
