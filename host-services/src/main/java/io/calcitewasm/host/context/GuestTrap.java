package io.calcitewasm.host.context;

import io.calcitewasm.component.TrapException;
import java.util.List;

/** Traps that host services raise where their interfaces' contracts tell them to. */
public final class GuestTrap {
  private GuestTrap() {}

  /**
   * A trap of the guest's own making.
   *
   * @param sentence one sentence for a person: what the guest did
   */
  public static TrapException because(String sentence) {
    return new TrapException(TrapException.Kind.GUEST, sentence, List.of(), false, null);
  }
}
