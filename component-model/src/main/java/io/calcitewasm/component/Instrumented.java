package io.calcitewasm.component;

import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.binary.core.GrowthRecorder;
import io.calcitewasm.component.binary.core.Recursion;
import io.calcitewasm.component.binary.core.RecursionCap;
import io.calcitewasm.component.binary.core.UndoLog;
import io.calcitewasm.component.binary.core.UndoRewriter;
import io.calcitewasm.component.core.CoreEngine;
import io.calcitewasm.component.core.CoreModuleException;
import io.calcitewasm.component.link.PreparedModule;
import io.calcitewasm.component.link.PreparedModule.ImportName;
import io.calcitewasm.component.link.PreparedModule.UndoSupport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A core module with the host's additions.
 *
 * @param bytes the module
 * @param countsRefusals whether it counts refused growth
 * @param undo what it offers for being undone; null if it does not or need not
 * @param facts of the module before
 */
record Instrumented(
    byte[] bytes, boolean countsRefusals, @Nullable UndoSupport undo, CoreModule facts) {

  private static final int PAGE_BYTES = 1 << 16;

  /** The module with refused growth counted. */
  static Instrumented recordingRefusals(byte[] module, CoreModule facts)
      throws InvalidComponentException {
    Optional<byte[]> recording = GrowthRecorder.record(module);
    return new Instrumented(recording.orElse(module), recording.isPresent(), null, facts);
  }

  /** The module keeping what it overwrites, if it changes anything; nothing if that cannot be. */
  Optional<Instrumented> undoable(long mostPages) throws InvalidComponentException {
    return switch (UndoRewriter.rewrite(bytes, mostPages)) {
      case UndoRewriter.Stateless same -> Optional.of(this);
      case UndoRewriter.Undoable undoable ->
          Optional.of(
              new Instrumented(
                  undoable.module(),
                  countsRefusals,
                  new UndoSupport(
                      undoable.hasMemory(),
                      undoable.importsLog() ? importedMemory() : null,
                      undoable.hasGlobals()),
                  facts));
      case UndoRewriter.Unsupported unsupported -> Optional.empty();
    };
  }

  /** The module with recursion capped; the last of all additions, as nothing has to undo it. */
  Instrumented cappingRecursion(Recursion recursion) throws InvalidComponentException {
    return recursion.none()
        ? this
        : new Instrumented(
            RecursionCap.rewrite(bytes, recursion, facts.frames()), countsRefusals, undo, facts);
  }

  private ImportName importedMemory() {
    return facts.imports().stream()
        .filter(i -> i.type() instanceof CoreExternType.Memory)
        .map(i -> new ImportName(i.module(), i.name()))
        .findFirst()
        .orElseThrow();
  }

  PreparedModule prepare(CoreEngine engine) throws CoreModuleException {
    return new PreparedModule(engine.parse(bytes), memory(), countsRefusals, undo);
  }

  /** A module without an export of its memory, and that does not count refusals, lets none grow. */
  private PreparedModule.OwnMemory memory() {
    long pages = facts.memories().stream().mapToLong(m -> m.limits().minimum()).sum();
    boolean single = facts.memories().size() == 1 && !importsMemory();
    return new PreparedModule.OwnMemory(single ? memoryExport() : null, pages * PAGE_BYTES);
  }

  private boolean importsMemory() {
    return facts.imports().stream().anyMatch(i -> i.type() instanceof CoreExternType.Memory);
  }

  private @Nullable String memoryExport() {
    if (undo != null && undo.hasMemory()) {
      return UndoLog.MEMORY;
    }
    return countsRefusals
        ? GrowthRecorder.MEMORY
        : facts.exports().stream()
            .filter(e -> e.type() instanceof CoreExternType.Memory)
            .map(CoreModule.Export::name)
            .findFirst()
            .orElse(null);
  }
}
