package io.calcitewasm.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One result.
 *
 * @param benchmark what was measured
 * @param variant in which way
 * @param nsPerRow nanoseconds per row; null where rows are not what counts
 * @param ratioToJava {@code nsPerRow} divided by the static Java function's of the same run; null
 *     where there is none
 * @param engine what ran the guest
 * @param value the result where rows are not what counts
 * @param unit what {@code value} is in: {@code ns} or {@code bytes}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Figure(
    String benchmark,
    String variant,
    @JsonProperty("ns_per_row") @Nullable Double nsPerRow,
    @JsonProperty("ratio_to_java") @Nullable Double ratioToJava,
    String engine,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double value,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String unit) {

  static Figure ofRows(String benchmark, String variant, double nanos, String engine) {
    return new Figure(benchmark, variant, nanos, null, engine, null, null);
  }

  static Figure ofNanos(String benchmark, String variant, double nanos, String engine) {
    return new Figure(benchmark, variant, null, null, engine, nanos, "ns");
  }

  static Figure ofBytes(String benchmark, String variant, double bytes, String engine) {
    return new Figure(benchmark, variant, null, null, engine, bytes, "bytes");
  }

  /** The same with its ratio to a peer's nanoseconds per row. */
  Figure against(double peer) {
    Double nanos = nsPerRow;
    return nanos == null
        ? this
        : new Figure(benchmark, variant, nanos, nanos / peer, engine, value, unit);
  }
}
