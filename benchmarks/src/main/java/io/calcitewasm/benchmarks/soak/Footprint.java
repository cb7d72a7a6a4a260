package io.calcitewasm.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a process holds when nobody is connected.
 *
 * @param threads how many there are of each name, numbers left out
 * @param heapBytes used after collection
 * @param nativeBytes what Java code has allocated outside the heap, buffers and Unsafe
 * @param objects how many there are of the classes that must not pile up
 */
record Footprint(
    Map<String, Integer> threads, long heapBytes, long nativeBytes, Map<String, Long> objects) {
  private static final long HEAP_SLACK = 32L << 20;
  private static final long NATIVE_SLACK = 32L << 20;
  private static final int THREAD_SLACK = 2;

  private static final List<String> COUNTED =
      List.of(
          "io.calcitewasm.component.Instance",
          "io.calcitewasm.udf.instance.PooledInstance",
          "io.calcitewasm.udf.instance.CallSession",
          "io.calcitewasm.component.core.GraalWasmContext",
          "io.calcitewasm.component.LinkedComponent",
          "io.calcitewasm.adapter.session.Session",
          "io.calcitewasm.adapter.session.Database",
          "org.graalvm.wasm.WasmInstance");

  private static final Pattern OTHER = Pattern.compile(" Other \\(reserved=\\d+, committed=(\\d+)");

  Footprint {
    threads = Map.copyOf(threads);
    objects = Map.copyOf(objects);
  }

  /** Waits until idle threads have ended and collected memory is given back, then measures. */
  static Footprint measure() throws JMException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      System.gc();
      TimeUnit.SECONDS.sleep(4);
    }
    Map<String, Integer> threads = new TreeMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      threads.merge(thread.getName().replaceAll("[-#]?\\d+$", ""), 1, Integer::sum);
    }
    Map<String, Long> objects = new TreeMap<>();
    String histogram = command("gcClassHistogram");
    for (String name : COUNTED) {
      Matcher matcher =
          Pattern.compile(":\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(name) + "(\\s|$)")
              .matcher(histogram);
      objects.put(name, matcher.find() ? Long.parseLong(matcher.group(1)) : 0L);
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    Matcher other = OTHER.matcher(command("vmNativeMemory", "summary", "scale=B"));
    return new Footprint(threads, heap, other.find() ? Long.parseLong(other.group(1)) : 0, objects);
  }

  private static String command(String name, String... arguments) throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                name,
                new Object[] {arguments},
                new String[] {String[].class.getName()});
  }

  private int threadCount() {
    return threads.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What has grown beyond measure since an earlier footprint. */
  List<String> grownSince(Footprint before) {
    List<String> grown = new ArrayList<>();
    if (threadCount() > before.threadCount() + THREAD_SLACK) {
      grown.add("threads: " + threads + ", before " + before.threads);
    }
    if (heapBytes > before.heapBytes + before.heapBytes / 10 + HEAP_SLACK) {
      grown.add("heap: " + megabytes(heapBytes) + ", before " + megabytes(before.heapBytes));
    }
    if (nativeBytes > before.nativeBytes + before.nativeBytes / 10 + NATIVE_SLACK) {
      grown.add(
          "native memory: " + megabytes(nativeBytes) + ", before " + megabytes(before.nativeBytes));
    }
    objects.forEach(
        (name, count) -> {
          long earlier = before.objects.getOrDefault(name, 0L);
          if (count > earlier + 20) {
            grown.add(name + ": " + count + ", before " + earlier);
          }
        });
    return grown;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(threadCount())
        .append(" threads, heap ")
        .append(megabytes(heapBytes))
        .append(", native ")
        .append(megabytes(nativeBytes));
    new TreeMap<>(objects)
        .forEach(
            (name, count) ->
                text.append(", ")
                    .append(count)
                    .append(' ')
                    .append(name.substring(name.lastIndexOf('.') + 1)));
    return text.toString();
  }
}
