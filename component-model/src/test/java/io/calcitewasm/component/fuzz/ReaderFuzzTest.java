package io.calcitewasm.component.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Any bytes are a component, or are refused with a place inside them, and soon. */
final class ReaderFuzzTest {
  private static final long LATE_NANOS = 2_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @FuzzTest(maxDuration = "30m")
  void anyBytesAreAComponentOrRefused(byte[] bytes) {
    if (readingTakes(bytes) > LATE_NANOS) {
      // The first time classes may have been loaded.
      assertThat(readingTakes(bytes)).isLessThan(LATE_NANOS);
    }
  }

  /** Nanoseconds of this thread's processor time. */
  private static long readingTakes(byte[] bytes) {
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      Component component = Component.read(bytes);
      assertThat(component.customSections()).isNotNull();
    } catch (InvalidComponentException e) {
      assertThat(e.offset()).isBetween(0L, (long) bytes.length);
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
