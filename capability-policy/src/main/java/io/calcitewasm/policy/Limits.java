package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much a module may use (docs/security.md).
 *
 * @param memoryBytes linear memory of one instance, all its memories together
 * @param callTime how long one call may run, instantiation included
 * @param resultBytes size of one returned value
 * @param instances live instances of the module at a time
 */
public record Limits(long memoryBytes, Duration callTime, long resultBytes, int instances) {
  /** What holds when nobody says otherwise: 128 MiB, 10 s, 64 MiB, 8. */
  public static final Limits DEFAULT = new Limits(128L << 20, Duration.ofSeconds(10), 64L << 20, 8);

  /** The most that may be asked for: 4 GiB, a day, 4 GiB, 10,000. */
  public static final Limits MOST = new Limits(4L << 30, Duration.ofDays(1), 4L << 30, 10_000);

  /** The keys of {@code WITH (…)}. */
  public static final List<String> KEYS =
      List.of("memory", "call_time", "result_size", "instances");

  private static final long PAGE = 64L << 10;
  private static final long ADDRESS_SPACE = 4L << 30;
  private static final long MOST_INSTANCES = 10_000;
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * These limits with one of them replaced.
   *
   * @param key one of {@link #KEYS}, whatever its letter case
   * @param literal {@code '64MB'} or a number of bytes; {@code '500ms'}, {@code '10s'}, {@code
   *     '2min'}; a count
   * @throws PolicyException 22023 for a key that is no limit and for a literal that says nothing
   */
  public Limits with(String key, Object literal) {
    return switch (key.toLowerCase(Locale.ROOT)) {
      case "memory" -> withMemory(bytes(key, literal, PAGE));
      case "call_time" -> withCallTime(Quantity.time(key, literal, LONGEST));
      case "result_size" -> new Limits(memoryBytes, callTime, bytes(key, literal, 1), instances);
      case "instances" -> new Limits(memoryBytes, callTime, resultBytes, (int) count(key, literal));
      default ->
          throw new PolicyException(
              "22023", Words.quote(key) + " is not a limit; limits are " + String.join(", ", KEYS));
    };
  }

  /**
   * These limits where they are tighter, the others elsewhere. A module's manifest can ask for less
   * than it would get, never for more.
   *
   * @param wishes limit keys and literals, as {@link #with} takes them
   */
  public Limits tightenedBy(Map<String, Object> wishes) {
    Limits wanted = this;
    for (Map.Entry<String, Object> wish : wishes.entrySet()) {
      wanted = wanted.with(wish.getKey(), wish.getValue());
    }
    return within(wanted);
  }

  /** The tighter of each of these limits and others. */
  public Limits within(Limits most) {
    return new Limits(
        Math.min(memoryBytes, most.memoryBytes),
        callTime.compareTo(most.callTime) <= 0 ? callTime : most.callTime,
        Math.min(resultBytes, most.resultBytes),
        Math.min(instances, most.instances));
  }

  /** The key of the first of these limits that is beyond others. */
  public Optional<String> beyond(Limits most) {
    for (String key : KEYS) {
      boolean beyond =
          switch (key) {
            case "memory" -> memoryBytes > most.memoryBytes;
            case "call_time" -> callTime.compareTo(most.callTime) > 0;
            case "result_size" -> resultBytes > most.resultBytes;
            default -> instances > most.instances;
          };
      if (beyond) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** One of them as {@code WITH (…)} would write it. */
  public String text(String key) {
    return switch (key) {
      case "memory" -> size(memoryBytes);
      case "call_time" -> callTime.toMillis() + " ms";
      case "result_size" -> size(resultBytes);
      default -> Integer.toString(instances);
    };
  }

  private Limits withMemory(long bytes) {
    return new Limits(bytes, callTime, resultBytes, instances);
  }

  private Limits withCallTime(Duration time) {
    return new Limits(memoryBytes, time, resultBytes, instances);
  }

  private static long bytes(String key, Object literal, long least) {
    long bytes = Quantity.bytes(key, literal);
    if (bytes < least || bytes > ADDRESS_SPACE) {
      throw outOfRange(key, size(least), size(ADDRESS_SPACE), size(bytes));
    }
    return bytes;
  }

  /** Bytes in the largest unit that says them exactly. */
  private static String size(long bytes) {
    String[] units = {"GB", "MB", "KB"};
    for (int i = 0; i < units.length; i++) {
      long unit = 1L << (30 - 10 * i);
      if (bytes != 0 && bytes % unit == 0) {
        return bytes / unit + " " + units[i];
      }
    }
    return bytes == 1 ? "1 byte" : bytes + " bytes";
  }

  private static long count(String key, Object literal) {
    long count = Quantity.count(key, literal);
    if (count < 1 || count > MOST_INSTANCES) {
      throw outOfRange(key, "1", String.valueOf(MOST_INSTANCES), String.valueOf(count));
    }
    return count;
  }

  private static PolicyException outOfRange(String key, String least, String most, String given) {
    return new PolicyException(
        "22023", key + " must be from " + least + " to " + most + ", not " + given);
  }
}
