package io.calcitewasm.udf.instance;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.value.ArgumentConverter;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.RecordFields;
import io.calcitewasm.udf.value.ResultConverter;
import io.calcitewasm.udf.value.SizeLimit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function with its converters put together. For any number of threads. */
final class BoundFunction {
  /** What {@code resolve} answers is a handle, too, and good for as long as a resource. */
  private static final String HANDLES = "calcite:extension/dynamic-";

  private final int index;
  private volatile boolean batched = true;
  private final ResetHistory resets = new ResetHistory();
  private final PathChoice path = new PathChoice();

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private volatile @Nullable Optional<BlockForm> block;

  private final SqlFunction function;
  private final List<ArgumentConverter> arguments;
  private final @Nullable ResultConverter value;
  private final Optional<RecordFields> records;
  private final GuestError.@Nullable Reader errors;
  private final boolean handlesResources;
  private final Isolation isolation;

  private BoundFunction(
      int index,
      SqlFunction function,
      Isolation isolation,
      @Nullable ResultConverter value,
      Optional<RecordFields> records,
      GuestError.@Nullable Reader errors) {
    this.index = index;
    this.function = function;
    this.isolation = isolation;
    this.arguments =
        function.type().parameters().stream().map(p -> ArgumentConverter.of(p.type())).toList();
    this.value = value;
    this.records = records;
    this.errors = errors;
    this.handlesResources =
        function.result() instanceof SqlType.Handle
            || function.interfaceName().startsWith(HANDLES)
            || function.parameters().stream().anyMatch(p -> p.type() instanceof SqlType.Handle);
  }

  /**
   * Binds a function that has an SQL form.
   *
   * @param index its number among the functions of its module version
   * @param isolation how long the state lives that its calls see
   */
  static BoundFunction of(SqlFunction function, int index, Isolation isolation) {
    Optional<ValType> type = function.type().result();
    GuestError.Reader errors = null;
    if (type.isPresent() && type.get().structure() instanceof ValType.ResultType result) {
      errors = GuestError.reader(result.err());
      type = result.ok();
    }
    ResultConverter value =
        type.isPresent() ? ResultConverter.of(type.get(), function.result()) : null;
    return new BoundFunction(
        index, function, isolation, value, type.flatMap(RecordFields::of), errors);
  }

  SqlFunction function() {
    return function;
  }

  /** Its number among the functions of its module version, from 0. */
  int index() {
    return index;
  }

  /** How long the state lives that its calls see, unless it {@link #handlesResources}. */
  Isolation isolation() {
    return isolation;
  }

  /** Whether it is called in an instance that outlives the call. */
  boolean isKept() {
    return isolation != Isolation.CALL || handlesResources;
  }

  /** Whether its calls in one statement see each other's state, and no other statement's. */
  boolean isKeptByStatement() {
    return isolation == Isolation.STATEMENT && !handlesResources;
  }

  /** Its form for whole blocks, if it was looked for. */
  @Nullable Optional<BlockForm> block() {
    return block;
  }

  void block(Optional<BlockForm> found) {
    block = found;
  }

  /** How its calls come to an instance as it was. */
  PathChoice path() {
    return path;
  }

  /** How resets after its calls went. */
  ResetHistory resets() {
    return resets;
  }

  /** Whether many rows can be called at once, as far as is known. */
  boolean isBatched() {
    return batched;
  }

  /**
   * Whether it makes, uses or ends a resource, so that it is called in the instance that the
   * statement keeps, whatever the module's isolation.
   */
  boolean handlesResources() {
    return handlesResources;
  }

  /** Takes note that its values do not fit columns, or its component imports functions. */
  void notBatched() {
    batched = false;
  }

  /** Whether a strict parameter is NULL, so that the result is NULL without a call. */
  boolean isNull(@Nullable Object[] args) {
    List<SqlParameter> parameters = function.parameters();
    if (args.length != parameters.size()) {
      throw new IllegalArgumentException(
          function.longName() + " takes " + parameters.size() + " arguments, not " + args.length);
    }
    for (int i = 0; i < args.length; i++) {
      if (args[i] == null && !parameters.get(i).nullable()) {
        return true;
      }
    }
    return false;
  }

  /** The arguments as component values. */
  @Nullable Object[] lower(@Nullable Object[] args) throws ArgumentException {
    @Nullable Object[] lowered = new Object[args.length];
    for (int i = 0; i < args.length; i++) {
      try {
        lowered[i] = arguments.get(i).convert(args[i]);
      } catch (MisfitException e) {
        throw new ArgumentException(function.parameters().get(i).name(), e);
      }
    }
    return lowered;
  }

  /**
   * The result as an SQL value.
   *
   * @param result what the component function answered, null when it has no result
   * @throws MisfitException if it does not fit its SQL type or the limit
   * @throws RaisedException if the guest answered with {@code err}
   */
  @Nullable Object lift(@Nullable Object result, SizeLimit size)
      throws MisfitException, RaisedException {
    return liftValue(answer(result), size);
  }

  /**
   * What the function answers if it does not fail, as a component value.
   *
   * @param result what the component function answered, null when it has no result
   * @throws RaisedException if the guest answered with {@code err}
   */
  @Nullable Object answer(@Nullable Object result) throws RaisedException {
    if (errors == null) {
      return result;
    }
    ResultValue outcome = (ResultValue) present(result);
    if (!outcome.isOk()) {
      throw new RaisedException(errors.read(outcome.value()));
    }
    return outcome.value();
  }

  /**
   * What the function answers if it does not fail, as an SQL value.
   *
   * @param answer null if it answers nothing
   * @throws MisfitException if it does not fit its SQL type or the limit
   */
  @Nullable Object liftValue(@Nullable Object answer, SizeLimit size) throws MisfitException {
    return value == null ? Boolean.TRUE : value.convert(present(answer), size);
  }

  /** How answers are read in place that are lists of records; nothing for others. */
  Optional<RecordFields> records() {
    return records;
  }

  /** The converter of a parameter's arguments. */
  ArgumentConverter converter(int parameter) {
    return arguments.get(parameter);
  }

  private Object present(@Nullable Object answer) {
    if (answer == null) {
      throw new IllegalStateException(function.longName() + " answered nothing");
    }
    return answer;
  }

  /** An argument does not fit its parameter. */
  static final class ArgumentException extends Exception {
    private static final long serialVersionUID = 1;

    private final String sqlState;

    ArgumentException(String parameter, MisfitException misfit) {
      super("parameter " + parameter + separator(misfit) + misfit.getMessage(), null, false, false);
      this.sqlState = misfit.sqlState();
    }

    private static String separator(MisfitException misfit) {
      return misfit.isNested() ? ", " : ": ";
    }

    String sqlState() {
      return sqlState;
    }
  }

  /** The guest answered with {@code err}. */
  static final class RaisedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient GuestError error;

    RaisedException(GuestError error) {
      super(error.words(), null, false, false);
      this.error = error;
    }

    GuestError error() {
      return error;
    }
  }
}
