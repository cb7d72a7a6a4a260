package io.calcitewasm.component.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.calcitewasm.component.HostModule;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.core.CoreModuleRewriter;
import io.calcitewasm.component.binary.core.GrowthRecorder;
import io.calcitewasm.component.binary.core.UndoRewriter;
import io.calcitewasm.component.core.CoreModuleException;
import io.calcitewasm.component.core.GraalWasmEngine;
import io.calcitewasm.component.core.MemoryKind;

/**
 * Core modules that the validator accepts are modules to the core engine too, and stay so whatever
 * is written into them.
 */
final class CodeFuzzTest {
  private static final GraalWasmEngine ENGINE = new GraalWasmEngine(MemoryKind.HEAP);
  private static final int MOST = 10;

  @FuzzTest(maxDuration = "30m")
  void whatIsValidTheEngineParses(byte[] bytes)
      throws CoreModuleException, InvalidComponentException {
    HostModule module;
    try {
      module = HostModule.read(bytes);
    } catch (InvalidComponentException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
      return;
    }
    ENGINE.parse(module.bytes());
    byte[] capped = CoreModuleRewriter.capTables(CoreModuleRewriter.capMemory(bytes, MOST), MOST);
    byte[] recording = GrowthRecorder.record(capped).orElse(capped);
    checked(recording);
    if (UndoRewriter.rewrite(recording, MOST) instanceof UndoRewriter.Undoable undoable) {
      checked(undoable.module());
    }
  }

  private static void checked(byte[] rewritten)
      throws CoreModuleException, InvalidComponentException {
    HostModule.read(rewritten);
    ENGINE.parse(rewritten);
  }
}
