package io.calcitewasm.component.link;

import io.calcitewasm.component.HostFailure;
import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.ValueLimitException;
import io.calcitewasm.component.abi.AbiFault;
import io.calcitewasm.component.abi.AbiTrap;
import io.calcitewasm.component.abi.ValueMisfit;
import io.calcitewasm.component.abi.ValueTooLarge;
import java.util.List;

/** Turns faults of the ABI into the exceptions that leave this room, each naming its function. */
public final class Faults {
  private Faults() {}

  /** A fault while a guest called {@code function}. */
  static RuntimeException inHostFunction(String function, AbiFault fault) {
    return switch (fault) {
      case AbiTrap trap -> trap(function, trap);
      case ValueMisfit misfit ->
          new HostFailure(
              "host function \"" + function + "\" returned a wrong value: " + misfit.sentence(),
              misfit);
      case ValueTooLarge large -> tooLarge(function, large);
    };
  }

  /** A fault while the host called {@code function}. */
  public static RuntimeException inGuestFunction(String function, AbiFault fault) {
    return switch (fault) {
      case AbiTrap trap -> trap(function, trap);
      case ValueMisfit misfit ->
          new IllegalArgumentException("\"" + function + "\": " + misfit.sentence(), misfit);
      case ValueTooLarge large -> tooLarge(function, large);
    };
  }

  static TrapException trap(String function, AbiTrap trap) {
    return new TrapException(
        TrapException.Kind.CANONICAL_ABI,
        "\"" + function + "\": " + trap.sentence(),
        List.of(),
        false,
        trap);
  }

  private static ValueLimitException tooLarge(String function, ValueTooLarge large) {
    return new ValueLimitException("\"" + function + "\": " + large.sentence());
  }
}
