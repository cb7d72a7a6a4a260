package io.calcitewasm.udf.instance;

import static io.calcitewasm.udf.Types.func;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.TrapException.Kind;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** docs/sql.md, "Errors": calls that did not end with an answer. */
class CallFailuresTest {
  private static final SqlFunction SLUGIFY =
      new SqlFunction(
          "text", "", "", "slugify", "slugify", "", func(null), new SqlForm.None("a test"));

  @Test
  void aTrapTellsItsFrames() {
    SqlError error = trap(17, Kind.GUEST, "unreachable", List.of("panic", "slugify"), false, null);
    assertThat(error.sqlState()).isEqualTo("38W01");
    assertThat(error)
        .hasMessage(
            "module text 0.1.0, function text.slugify, row 17: the guest trapped: unreachable"
                + " (in panic, called by slugify)");
  }

  @Test
  void manyFramesAreCut() {
    assertThat(
            trap(
                    -1,
                    Kind.STACK,
                    "deep",
                    Collections.nCopies(32, "f\n" + "x".repeat(500)),
                    false,
                    null)
                .getMessage())
        .hasSizeLessThan(2000)
        .contains("f\\nxxx")
        .endsWith("and 22 more frames)");
  }

  @Test
  void aTrapAfterRefusedMemoryIs53200() {
    SqlError error = trap(-1, Kind.GUEST, "unreachable", List.of(), true, null);
    assertThat(error.sqlState()).isEqualTo("53200");
    assertThat(error)
        .hasMessage(
            "module text 0.1.0, function text.slugify: the guest was refused memory beyond 128 MiB"
                + " (limit memory) and trapped: unreachable");
  }

  @Test
  void aBrokenAbiStaysOneAfterRefusedMemory() {
    assertThat(trap(-1, Kind.CANONICAL_ABI, "bad pointer", List.of(), true, null).sqlState())
        .isEqualTo("38W02");
  }

  @Test
  void interruptsAre57014WithTheirReason() {
    assertThat(trap(-1, Kind.INTERRUPTED, "x", List.of(), false, Guard.Stop.TIME))
        .hasMessageEndingWith("the call was stopped after 10 s (limit call_time)");
    assertThat(trap(-1, Kind.INTERRUPTED, "x", List.of(), false, Guard.Stop.CANCEL))
        .hasMessageEndingWith("the statement was cancelled");
    assertThat(trap(-1, Kind.INTERRUPTED, "x", List.of(), false, null).sqlState())
        .isEqualTo("57014");
  }

  @Test
  void aFaultOfTheHostIsNotBlamedOnTheGuest() {
    SqlError error =
        CallFailures.hostFault(
            new CallSite("text 0.1.0", SLUGIFY, 1), new NullPointerException("a\nb"));
    assertThat(error.sqlState()).isEqualTo("58000");
    assertThat(error)
        .hasMessageEndingWith("a fault in the host, not in the guest: NullPointerException: a\\nb");
  }

  private static SqlError trap(
      long row,
      Kind kind,
      String message,
      List<String> frames,
      boolean memoryRefused,
      Guard.@Nullable Stop stop) {
    return CallFailures.trap(
        new CallSite("text 0.1.0", SLUGIFY, row),
        new TrapException(kind, message, frames, memoryRefused, null),
        stop,
        Limits.DEFAULT);
  }
}
