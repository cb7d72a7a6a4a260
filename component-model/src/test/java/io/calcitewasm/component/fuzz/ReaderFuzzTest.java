package io.calcitewasm.component.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;

/** Any bytes are a component, or are refused with a place inside them. */
final class ReaderFuzzTest {
  private static final long LATE_NANOS = 2_000_000_000L;

  @FuzzTest(maxDuration = "30m")
  void anyBytesAreAComponentOrRefused(byte[] bytes) {
    long start = System.nanoTime();
    try {
      Component component = Component.read(bytes);
      assertThat(component.customSections()).isNotNull();
    } catch (InvalidComponentException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
    assertThat(System.nanoTime() - start).isLessThan(LATE_NANOS);
  }
}
