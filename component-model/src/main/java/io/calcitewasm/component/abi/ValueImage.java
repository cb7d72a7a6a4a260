package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.CanonOptions.StringEncoding;
import io.calcitewasm.component.core.CoreFunction;
import io.calcitewasm.component.core.CoreMemory;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type in a memory of the host's, in the very bytes that the canonical ABI would give
 * them in a guest's (CanonicalABI.md, {@code load}, {@code store}), strings in UTF-8. Who knows
 * where {@linkplain #forms() pointers} are can copy them from one memory to the other. Not for
 * several threads.
 */
public final class ValueImage {
  /** Host memory that the parts of one value may take; see {@link LiftLowerContext}. */
  private static final long MOST_BYTES = 64 << 20;

  private static final GuestResources NO_RESOURCES =
      new GuestResources() {
        @Override
        public Object wrap(ResourceType type, int representation, boolean own) {
          throw new IllegalStateException("an image has no resources");
        }

        @Override
        public int unwrap(ResourceType type, @Nullable Object value, boolean consume) {
          throw new IllegalStateException("an image has no resources");
        }
      };

  private final AbiType type;
  private final List<MemoryForm> forms;
  private final InstanceState nobody = new InstanceState(null);

  private ValueImage(AbiType type, List<MemoryForm> forms) {
    this.type = type;
    this.forms = forms;
  }

  /** Images of a type; nothing if it has handles, or more parts than can be dealt with. */
  public static Optional<ValueImage> of(ValType type) {
    try {
      AbiType compiled =
          new AbiCompiler(
                  resource -> {
                    throw new HasHandles();
                  })
              .compile(type);
      FormList forms = new FormList();
      compiled.forms(0, forms);
      return Optional.of(new ValueImage(compiled, forms.all()));
    } catch (HasHandles | FormList.TooMany e) {
      return Optional.empty();
    }
  }

  /** What a value consists of. */
  public List<MemoryForm> forms() {
    return forms;
  }

  /** Where the fields of a list's records or tuples stand; nothing for other types. */
  public Optional<ElementLayout> records() {
    return type instanceof ListAbi list ? list.records() : Optional.empty();
  }

  /** Bytes of a value, without the contents that it points to. */
  public int size() {
    return type.size();
  }

  /** The alignment of a value. */
  public int alignment() {
    return type.alignment();
  }

  /**
   * Reads a value.
   *
   * @param memory where it is, little-endian
   * @param address of its first byte
   * @throws AbiTrap if it is none
   * @throws ValueTooLarge if it takes too much memory in Java
   */
  public Object read(ByteBuffer memory, int address) {
    LiftLowerContext cx = context(memory, null);
    return type.load(cx, cx.readArea(address, type, "the value"), 0);
  }

  /**
   * Writes a value.
   *
   * @param memory where it goes, little-endian
   * @param free the first free byte
   * @param end behind the last one
   * @return what was taken; nothing if there is too little room
   * @throws ValueMisfit if it is no value of the type
   */
  public Optional<Written> write(ByteBuffer memory, int free, int end, Object value) {
    Room room = new Room(free, end);
    LiftLowerContext cx = context(memory, room);
    try {
      long address = cx.allocate(type.alignment(), type.size(), "the value");
      byte[] block = new byte[type.size()];
      type.store(cx, value, block, 0);
      cx.write(address, block);
      return Optional.of(new Written((int) address, room.free));
    } catch (NoRoom e) {
      return Optional.empty();
    }
  }

  /**
   * A value that was written.
   *
   * @param address its first byte
   * @param free the first byte that is free still
   */
  public record Written(int address, int free) {}

  private LiftLowerContext context(ByteBuffer memory, @Nullable CoreFunction realloc) {
    return new LiftLowerContext(
        new CanonicalOptions(StringEncoding.UTF8, new BufferMemory(memory), realloc, null),
        nobody,
        NO_RESOURCES,
        MOST_BYTES);
  }

  private record BufferMemory(ByteBuffer bytes) implements CoreMemory {
    @Override
    public long size() {
      return bytes.capacity();
    }

    @Override
    public void read(long address, byte[] target) {
      bytes.get((int) address, target);
    }

    @Override
    public void write(long address, byte[] source) {
      bytes.put((int) address, source);
    }
  }

  /** Hands out what is free, from the front. */
  private static final class Room implements CoreFunction {
    private final int end;
    private int free;

    Room(int free, int end) {
      this.free = free;
      this.end = end;
    }

    /** {@code realloc}: old pointer, old size, alignment, size. */
    @Override
    public long call(long... arguments) {
      long alignment = arguments[2];
      long bytes = arguments[3];
      long start = (free + alignment - 1) & -alignment;
      if (start + bytes > end) {
        throw new NoRoom();
      }
      free = (int) (start + bytes);
      return start;
    }
  }

  private static final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoRoom() {
      super("no room", null, false, false);
    }
  }

  private static final class HasHandles extends RuntimeException {
    private static final long serialVersionUID = 1;

    HasHandles() {
      super("a type with handles", null, false, false);
    }
  }
}
