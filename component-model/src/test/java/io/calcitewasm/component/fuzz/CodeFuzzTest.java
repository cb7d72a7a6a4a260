package io.calcitewasm.component.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.calcitewasm.component.HostModule;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.core.CoreModuleException;
import io.calcitewasm.component.core.GraalWasmEngine;
import io.calcitewasm.component.core.MemoryKind;

/** Core modules that the validator accepts are modules to the core engine too. */
final class CodeFuzzTest {
  private static final GraalWasmEngine ENGINE = new GraalWasmEngine(MemoryKind.HEAP);

  @FuzzTest(maxDuration = "30m")
  void whatIsValidTheEngineParses(byte[] bytes) throws CoreModuleException {
    HostModule module;
    try {
      module = HostModule.read(bytes);
    } catch (InvalidComponentException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
      return;
    }
    ENGINE.parse(module.bytes());
  }
}
