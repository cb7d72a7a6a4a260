package io.calcitewasm.component.fuse;

import io.calcitewasm.component.abi.ValueImage;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The columns of a function's parameters and result for batches of {@link #CAPACITY} rows. After
 * the header and the columns comes the heap, where contents of strings and lists stand.
 *
 * @param parameters in order
 * @param result what the function returns if it succeeds; none if it returns nothing
 * @param fallible whether the function returns a {@code result}
 * @param heap where the heap starts, byte address
 */
public record RowShape(
    List<Column> parameters, Optional<Column> result, boolean fallible, int heap) {
  /** Rows of a batch. */
  public static final int CAPACITY = 1024;

  /** Address of the number of the row that is being worked on; i32. */
  static final int ROW = 0;

  /** Address of why the loop has stopped, see {@link Stop}; i32. */
  static final int STOP = 4;

  /** Address of the core result of the row that the host has to lift; i64. */
  static final int CORE_RESULT = 8;

  /** Address of where the free part of the heap starts; i32. */
  static final int HEAP_TOP = 16;

  /** Address of the most bytes that a string or list of a result may have; i32. */
  static final int MOST_BYTES = 20;

  /** Address of whether {@code realloc} or {@code post-return} is running; i32. */
  static final int BARRED = 24;

  /** Address of whether the guest has called out; i32. */
  static final int CALLED_OUT = 28;

  /** Address of how far the columns' memory reaches; i32. */
  static final int HEAP_END = 32;

  /**
   * Address of one byte per row: 1 if the row is not to be called, else the {@link #choice} of what
   * is.
   */
  static final int SKIP = 40;

  /** Most parts that the types of a loop's values may have: columns, and options around them. */
  private static final int MOST_PARTS = 256;

  private static final byte[] NO_SKIPS = new byte[CAPACITY];

  private static final int FIRST_COLUMN = SKIP + CAPACITY;

  public RowShape {
    parameters = List.copyOf(parameters);
  }

  /**
   * The shape of a function, or nothing if its values do not fit columns.
   *
   * @param type the function's type
   * @param defined whether the component instance that is called defines a resource type, so that
   *     it is handed representations instead of borrowed handles
   */
  public static Optional<RowShape> of(FuncType type, Predicate<ResourceType> defined) {
    return of(List.of(type), defined).map(List::getFirst);
  }

  /**
   * The shapes of functions between which each row chooses, or nothing if their values do not fit
   * columns. They share the columns of parameters.
   *
   * @param types the functions' types; what the first takes begins with what any other takes
   * @param defined as for one function
   * @throws IllegalArgumentException if a function takes something else than the first
   */
  public static Optional<List<RowShape>> of(List<FuncType> types, Predicate<ResourceType> defined) {
    Layout layout = new Layout(defined);
    List<ValType> taken = taken(types.getFirst());
    List<Column> parameters = new ArrayList<>();
    for (ValType parameter : taken) {
      Optional<Column> column = layout.parameter(parameter);
      if (column.isEmpty()) {
        return Optional.empty();
      }
      parameters.add(column.get());
    }
    List<Answer> answers = new ArrayList<>();
    for (FuncType type : types) {
      int count = type.parameters().size();
      if (count > taken.size() || !taken(type).equals(taken.subList(0, count))) {
        throw new IllegalArgumentException("functions of one loop take different values");
      }
      Optional<ValType> result = type.result();
      boolean fallible =
          result.isPresent() && result.get().structure() instanceof ValType.ResultType;
      if (result.isPresent()
          && result.get().structure() instanceof ValType.ResultType(var ok, var err)) {
        result = ok;
      }
      Optional<Column> column = Optional.empty();
      if (result.isPresent()) {
        column = layout.result(result.get(), fallible);
        if (column.isEmpty()) {
          return Optional.empty();
        }
      }
      answers.add(new Answer(count, column, fallible));
    }
    int heap = layout.end;
    return Optional.of(
        answers.stream()
            .map(a -> new RowShape(parameters.subList(0, a.taken), a.result, a.fallible, heap))
            .toList());
  }

  private record Answer(int taken, Optional<Column> result, boolean fallible) {}

  private static List<ValType> taken(FuncType type) {
    return type.parameters().stream().map(ValType.Field::type).toList();
  }

  /** Whether results have contents on the heap, so that a loop may let it grow. */
  public boolean answersContents() {
    return result.isPresent() && result.get().holdsBytes();
  }

  /** Prepares the header for a batch: an empty heap, and results of at most so many bytes. */
  public void prepare(ByteBuffer columns, long mostBytes) {
    columns.putInt(HEAP_TOP, heap);
    columns.putInt(HEAP_END, columns.capacity());
    columns.putInt(MOST_BYTES, (int) Math.min(mostBytes, Integer.MAX_VALUE));
  }

  /** Says whether a row is to be called. */
  public static void skip(ByteBuffer columns, int row, boolean skip) {
    columns.put(SKIP + row, (byte) (skip ? 1 : 0));
  }

  /** The byte of a row that calls a function of its loop, numbered from 0. */
  static int choice(int function) {
    return function == 0 ? 0 : function + 1;
  }

  /** Says which function of the loop a row calls, numbered from 0. */
  public static void choose(ByteBuffer columns, int row, int function) {
    columns.put(SKIP + row, (byte) choice(function));
  }

  /** Which function of the loop a row calls that is not skipped. */
  public static int chosen(ByteBuffer columns, int row) {
    return Math.max(0, columns.get(SKIP + row) - 1);
  }

  /** Says that the first rows are all to be called. */
  public static void skipNone(ByteBuffer columns, int rows) {
    columns.put(SKIP, NO_SKIPS, 0, rows);
  }

  /** The row that was worked on last. */
  public static int row(ByteBuffer columns) {
    return columns.getInt(ROW);
  }

  /** Says which row is worked on next, so that it is known even if the loop never starts. */
  public static void row(ByteBuffer columns, int row) {
    columns.putInt(ROW, row);
  }

  /** Why the loop came back. */
  public static Stop stop(ByteBuffer columns) {
    return Stop.values()[columns.getInt(STOP)];
  }

  /** Whether the guest must not call out now, because it allocates or is told that it is done. */
  public static boolean barred(ByteBuffer columns) {
    return columns.getInt(BARRED) != 0;
  }

  /** Says that the guest has called out, so that the row is to be settled. */
  public static void calledOut(ByteBuffer columns) {
    columns.putInt(CALLED_OUT, 1);
  }

  /** Forgets what a loop that ended before its time has left. */
  public static void clear(ByteBuffer columns) {
    columns.putInt(BARRED, 0);
    columns.putInt(CALLED_OUT, 0);
  }

  /** The core result of the row that the host has to lift. */
  public static long coreResult(ByteBuffer columns) {
    return columns.getLong(CORE_RESULT);
  }

  /** Where the next content goes. */
  public static int heapTop(ByteBuffer columns) {
    return columns.getInt(HEAP_TOP);
  }

  /** Takes bytes of the heap. */
  public static void heapTop(ByteBuffer columns, int top) {
    columns.putInt(HEAP_TOP, top);
  }

  /**
   * Hands out addresses. Types that share parts are small in a file and can be huge when written
   * out: what has too many parts gets no columns.
   */
  private static final class Layout {
    private final Predicate<ResourceType> defined;
    private int end = FIRST_COLUMN;
    private int parts;

    Layout(Predicate<ResourceType> defined) {
      this.defined = defined;
    }

    private int allocate(int bytesPerRow) {
      int address = end;
      end += bytesPerRow * CAPACITY;
      return address;
    }

    /** A borrow must stand by itself: nobody hands out handles inside of values. */
    private Optional<Column> parameter(ValType type) {
      return type.structure() instanceof ValType.BorrowType borrow
              && defined.test(borrow.resource())
          ? Optional.of(scalar(ScalarKind.REPRESENTATION, 0))
          : column(type);
    }

    /** A handle that is the whole result is lifted by the host, after the loop. */
    private Optional<Column> result(ValType type, boolean fallible) {
      return !fallible
              && type.structure() instanceof ValType.OwnType own
              && defined.test(own.resource())
          ? Optional.of(scalar(ScalarKind.HANDLE, 0))
          : column(type);
    }

    private Optional<Column> column(ValType type) {
      if (++parts > MOST_PARTS) {
        return Optional.empty();
      }
      return switch (type.structure()) {
        case PrimitiveType.STRING -> Optional.of(new Column.Bytes(true, allocate(8)));
        case PrimitiveType primitive ->
            Optional.of(scalar(ScalarKind.valueOf(primitive.name()), 0));
        case ValType.EnumType labels ->
            Optional.of(scalar(ScalarKind.ENUM, labels.labels().size()));
        case ValType.FlagsType labels ->
            Optional.of(scalar(ScalarKind.FLAGS, labels.labels().size()));
        case ValType.ListType list when list.isBytes() ->
            Optional.of(new Column.Bytes(false, allocate(8)));
        case ValType.OptionType option -> {
          int address = allocate(1);
          yield column(option.some()).map(some -> new Column.Nullable(address, some));
        }
        case ValType.RecordType record ->
            struct(
                record.fields().stream().map(ValType.Field::type).toList(),
                record.fields().stream().map(field -> "." + field.name()).toList());
        case ValType.TupleType tuple ->
            struct(
                tuple.elements(),
                IntStream.range(0, tuple.elements().size()).mapToObj(i -> "." + i).toList());
        default -> ValueImage.of(type).map(image -> new Column.Image(image, allocate(4)));
      };
    }

    private Column scalar(ScalarKind kind, int cases) {
      return new Column.Scalar(kind, cases, allocate(kind.width()));
    }

    private Optional<Column> struct(List<ValType> types, List<String> steps) {
      List<Column> fields = new ArrayList<>();
      for (ValType type : types) {
        Optional<Column> field = column(type);
        if (field.isEmpty()) {
          return Optional.empty();
        }
        fields.add(field.get());
      }
      return Optional.of(new Column.Struct(fields, steps));
    }
  }
}
