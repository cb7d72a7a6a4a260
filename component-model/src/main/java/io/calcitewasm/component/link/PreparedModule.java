package io.calcitewasm.component.link;

import io.calcitewasm.component.core.CoreModule;
import org.jspecify.annotations.Nullable;

/**
 * A core module as it is instantiated.
 *
 * @param memory what is known of the memory that its instances have
 * @param countsRefusals whether its instances export {@link
 *     io.calcitewasm.component.binary.core.GrowthRecorder#REFUSALS}
 * @param undo what its instances need and offer for being undone; null if nothing in them changes
 *     or nobody wants them undone
 */
public record PreparedModule(
    CoreModule module, OwnMemory memory, boolean countsRefusals, @Nullable UndoSupport undo) {

  /**
   * The memories that a module defines.
   *
   * @param export the name under which instances export the only one; null if they do not
   * @param bytes what all of them have from the start
   */
  public record OwnMemory(@Nullable String export, long bytes) {}

  /**
   * An instrumented module ({@link io.calcitewasm.component.binary.core.UndoLog}).
   *
   * @param hasMemory whether it has a log
   * @param importedMemory the memory whose log it imports; null if the memory is its own
   * @param hasGlobals whether it has globals that can change
   */
  public record UndoSupport(
      boolean hasMemory, @Nullable ImportName importedMemory, boolean hasGlobals) {}

  /** The two names of an import. */
  public record ImportName(String module, String name) {}
}
