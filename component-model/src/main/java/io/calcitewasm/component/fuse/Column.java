package io.calcitewasm.component.fuse;

import io.calcitewasm.component.abi.ValueImage;
import io.calcitewasm.component.model.CanonicalSizes;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the values of a parameter or a result stand, one per row. Addresses are bytes in the
 * columns' memory and constant for a shape.
 */
public sealed interface Column {

  /** Bytes that a value takes in guest memory (CanonicalABI.md, "Element Size"). */
  int size();

  /** Its alignment there. */
  int alignment();

  /** Whether some of it stands on the heap. */
  default boolean holdsBytes() {
    return switch (this) {
      case Scalar _ -> false;
      case Bytes _, Image _ -> true;
      case Nullable nullable -> nullable.value().holdsBytes();
      case Struct struct -> struct.fields().stream().anyMatch(Column::holdsBytes);
    };
  }

  /**
   * A scalar: {@link ScalarKind#width()} bytes per row, little-endian.
   *
   * @param cases how many labels; 0 for types without
   */
  record Scalar(ScalarKind kind, int cases, int address) implements Column {
    @Override
    public int size() {
      return kind.size(cases);
    }

    @Override
    public int alignment() {
      return size();
    }
  }

  /**
   * A {@code string} (UTF-8) or {@code list<u8>}: eight bytes per row, where in the memory its
   * content starts and how many bytes it has.
   */
  record Bytes(boolean text, int address) implements Column {
    @Override
    public int size() {
      return 8;
    }

    @Override
    public int alignment() {
      return 4;
    }
  }

  /**
   * A value of any other type: four bytes per row, where in the memory its {@link ValueImage}
   * stands.
   */
  record Image(ValueImage image, int address) implements Column {
    /** Where the value of a row stands. */
    public int address(ByteBuffer columns, int row) {
      return columns.getInt(address + row * Integer.BYTES);
    }

    @Override
    public int size() {
      return image.size();
    }

    @Override
    public int alignment() {
      return image.alignment();
    }
  }

  /** An {@code option}: one byte per row, 1 if there is a value. */
  record Nullable(int address, Column value) implements Column {
    @Override
    public int size() {
      return aligned(payloadOffset() + value.size(), alignment());
    }

    @Override
    public int alignment() {
      return value.alignment();
    }

    int payloadOffset() {
      return value.alignment();
    }
  }

  /**
   * A record or tuple.
   *
   * @param steps how messages name each field: {@code .days}, {@code .0}
   */
  record Struct(List<Column> fields, List<String> steps) implements Column {
    public Struct {
      fields = List.copyOf(fields);
      steps = List.copyOf(steps);
    }

    @Override
    public int size() {
      int end = 0;
      for (Column field : fields) {
        end = aligned(end, field.alignment()) + field.size();
      }
      return aligned(end, alignment());
    }

    @Override
    public int alignment() {
      return fields.stream().mapToInt(Column::alignment).max().orElse(1);
    }

    /** Where a field starts. */
    int offset(int field) {
      int end = 0;
      for (int i = 0; i < field; i++) {
        end = aligned(end, fields.get(i).alignment()) + fields.get(i).size();
      }
      return aligned(end, fields.get(field).alignment());
    }
  }

  private static int aligned(int position, int alignment) {
    return (int) CanonicalSizes.aligned(position, alignment);
  }
}
