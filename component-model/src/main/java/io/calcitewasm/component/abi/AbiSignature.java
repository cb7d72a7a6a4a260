package io.calcitewasm.component.abi;

import static io.calcitewasm.component.binary.core.CoreValType.I32;

import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function type compiled for one component instance: the core type on either side
 * (CanonicalABI.md, {@code flatten_functype}) and how arguments and results cross ({@code
 * lift_flat_values}, {@code lower_flat_values}).
 */
public final class AbiSignature {
  private final RecordAbi parameters;
  private final @Nullable AbiType result;
  private final boolean parametersSpilled;
  private final boolean resultSpilled;
  private final CoreFuncType liftType;
  private final CoreFuncType lowerType;

  AbiSignature(RecordAbi parameters, @Nullable AbiType result) {
    this.parameters = parameters;
    this.result = result;
    this.parametersSpilled = parameters.layout().flat().isTooMany();
    FlatTypes flatResult = result == null ? FlatTypes.NONE : result.layout().flat();
    this.resultSpilled = flatResult.isTooMany() || flatResult.count() > FlatTypes.MAX_RESULTS;
    List<CoreValType> flatParameters =
        parametersSpilled ? List.of(I32) : parameters.layout().flat().types();
    this.liftType =
        new CoreFuncType(flatParameters, resultSpilled ? List.of(I32) : flatResult.types());
    List<CoreValType> withReturnPointer = new ArrayList<>(flatParameters);
    if (resultSpilled) {
      withReturnPointer.add(I32);
    }
    this.lowerType =
        new CoreFuncType(withReturnPointer, resultSpilled ? List.of() : flatResult.types());
  }

  /** The type of the core function that {@code canon lift} calls. */
  public CoreFuncType liftType() {
    return liftType;
  }

  /** The type of the core function that {@code canon lower} makes. */
  public CoreFuncType lowerType() {
    return lowerType;
  }

  /** Whether the arguments go through memory as a whole, because they are too many. */
  public boolean parametersSpilled() {
    return parametersSpilled;
  }

  /** Whether the core result is a pointer to where the result stands in memory. */
  public boolean resultSpilled() {
    return resultSpilled;
  }

  /** Bytes of the result in memory; 0 where the type has none. */
  public int resultSize() {
    return result == null ? 0 : result.size();
  }

  /** The result's alignment in memory; 1 where the type has none. */
  public int resultAlignment() {
    return result == null ? 1 : result.alignment();
  }

  /** Lowers the arguments of a call into a component. */
  public long[] lowerArguments(LiftLowerContext cx, @Nullable Object[] arguments) {
    if (!parametersSpilled) {
      long[] flat = new long[liftType.parameters().size()];
      parameters.lowerFlat(cx, arguments, flat, 0);
      return flat;
    }
    long pointer = cx.allocate(parameters.alignment(), parameters.size(), "the parameters");
    byte[] block = new byte[parameters.size()];
    parameters.store(cx, arguments, block, 0);
    cx.write(pointer, block);
    return new long[] {pointer};
  }

  /** Lifts the result of a call into a component; null where the type has none. */
  public @Nullable Object liftResult(LiftLowerContext cx, long coreResult) {
    if (result == null) {
      return null;
    }
    try {
      if (!resultSpilled) {
        return result.liftFlat(cx, new long[] {coreResult}, 0);
      }
      byte[] block = cx.readArea(coreResult & 0xffff_ffffL, result, "the result's area");
      return result.load(cx, block, 0);
    } catch (AbiFault e) {
      throw e.under("result");
    }
  }

  /** Lifts the arguments of a call out of a component. */
  public Object[] liftArguments(LiftLowerContext cx, long[] flat) {
    if (!parametersSpilled) {
      return parameters.liftFlat(cx, flat, 0);
    }
    byte[] block = cx.readArea(flat[0] & 0xffff_ffffL, parameters, "the parameters' area");
    return (Object[]) parameters.load(cx, block, 0);
  }

  /**
   * Lowers the result of a call out of a component.
   *
   * @param flatArguments the call's core arguments, the last of which points to where a result goes
   *     that is not passed flat
   * @return the core result, or 0
   * @throws ValueMisfit if the value is none of the result's type
   */
  public long lowerResult(LiftLowerContext cx, @Nullable Object value, long[] flatArguments) {
    if (result == null) {
      if (value != null) {
        throw new ValueMisfit("a function without result returned " + value.getClass().getName());
      }
      return 0;
    }
    try {
      if (!resultSpilled) {
        long[] flat = new long[1];
        result.lowerFlat(cx, value, flat, 0);
        return flat[0];
      }
      long pointer = flatArguments[flatArguments.length - 1] & 0xffff_ffffL;
      cx.checkRange(pointer, result.size(), result.alignment(), "the area for the result");
      byte[] block = new byte[result.size()];
      result.store(cx, value, block, 0);
      cx.write(pointer, block);
      return 0;
    } catch (AbiFault e) {
      throw e.under("result");
    }
  }
}
