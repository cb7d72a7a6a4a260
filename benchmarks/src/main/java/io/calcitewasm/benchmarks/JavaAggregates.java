package io.calcitewasm.benchmarks;

import java.util.Arrays;

/**
 * The peers of aggregates: user-defined Java aggregates of the same algorithms, as Calcite's {@code
 * AggregateFunctionImpl} takes them.
 */
public final class JavaAggregates {
  private JavaAggregates() {}

  /** {@code stats.median}: all numbers, of which the middle is selected. */
  public static final class Median {
    private double[] numbers = new double[4];
    private int count;

    /** No numbers. */
    public static Median init() {
      return new Median();
    }

    /** Adds a number. */
    public static Median add(Median median, double x) {
      if (median.count == median.numbers.length) {
        median.numbers = Arrays.copyOf(median.numbers, 2 * median.count);
      }
      median.numbers[median.count++] = x;
      return median;
    }

    /** The middle one or the mean of the middle two; no group is empty here. */
    public static double result(Median median) {
      int last = median.count - 1;
      double low = select(median.numbers, 0, last, last / 2);
      if (last % 2 == 0) {
        return low;
      }
      double high = Double.POSITIVE_INFINITY;
      for (int i = last / 2 + 1; i <= last; i++) {
        high = Math.min(high, median.numbers[i]);
      }
      return low / 2 + high / 2;
    }

    /** Hoare's selection: what is less than the number of a rank comes before it. */
    private static double select(double[] numbers, int first, int last, int rank) {
      int from = first;
      int to = last;
      while (from < to) {
        double pivot = numbers[(from + to) >>> 1];
        int i = from;
        int j = to;
        while (i <= j) {
          while (numbers[i] < pivot) {
            i++;
          }
          while (numbers[j] > pivot) {
            j--;
          }
          if (i <= j) {
            double swapped = numbers[i];
            numbers[i++] = numbers[j];
            numbers[j--] = swapped;
          }
        }
        if (rank <= j) {
          to = j;
        } else if (rank >= i) {
          from = i;
        } else {
          break;
        }
      }
      return numbers[rank];
    }
  }

  /** {@code stats.moving_average}: sums without rounding errors (Shewchuk, 1997). */
  public static final class MovingAverage {
    private double[] parts = new double[4];
    private int size;
    private long count;

    /** No numbers. */
    public static MovingAverage init() {
      return new MovingAverage();
    }

    /** Adds a number. */
    public static MovingAverage add(MovingAverage average, double number) {
      double x = number;
      int kept = 0;
      for (int i = 0; i < average.size; i++) {
        double part = average.parts[i];
        double sum = x + part;
        double partInSum = sum - x;
        double lost = (x - (sum - partInSum)) + (part - partInSum);
        if (lost != 0) {
          average.parts[kept++] = lost;
        }
        x = sum;
      }
      average.size = kept;
      if (x != 0) {
        if (kept == average.parts.length) {
          average.parts = Arrays.copyOf(average.parts, 2 * kept);
        }
        average.parts[average.size++] = x;
      }
      average.count++;
      return average;
    }

    /** The mean; no frame is empty here. */
    public static double result(MovingAverage average) {
      double sum = 0;
      for (int i = average.size - 1; i >= 0; i--) {
        sum += average.parts[i];
      }
      return sum / average.count;
    }
  }

  /**
   * {@code stats.hyperloglog}: 4,096 registers, the numbers' hashes themselves while they are few.
   */
  public static final class HyperLogLog {
    private static final int BITS = 12;
    private static final int FEW = 64;
    private static final int LONGEST = 64 - BITS + 1;

    private long[] hashes = new long[4];
    private int few;
    private byte[] registers = new byte[0];

    /** No numbers. */
    public static HyperLogLog init() {
      return new HyperLogLog();
    }

    /** Adds a number. */
    public static HyperLogLog add(HyperLogLog sketch, long number) {
      long x = number;
      x = (x ^ (x >>> 33)) * 0xff51_afd7_ed55_8ccdL;
      x = (x ^ (x >>> 33)) * 0xc4ce_b9fe_1a85_ec53L;
      x ^= x >>> 33;
      if (sketch.registers.length > 0) {
        sketch.raise(x);
        return sketch;
      }
      int at = Arrays.binarySearch(sketch.hashes, 0, sketch.few, x);
      if (at < 0) {
        sketch.insert(-at - 1, x);
      }
      return sketch;
    }

    private void insert(int at, long hash) {
      if (few == FEW) {
        registers = new byte[1 << BITS];
        for (int i = 0; i < few; i++) {
          raise(hashes[i]);
        }
        raise(hash);
        return;
      }
      if (few == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * few);
      }
      System.arraycopy(hashes, at, hashes, at + 1, few - at);
      hashes[at] = hash;
      few++;
    }

    private void raise(long hash) {
      int register = (int) (hash >>> (64 - BITS));
      int run = Math.min(Long.numberOfLeadingZeros(hash << BITS), 64 - BITS) + 1;
      registers[register] = (byte) Math.max(registers[register], run);
    }

    /** How many different numbers, about (Ertl, 2017). */
    public static long result(HyperLogLog sketch) {
      if (sketch.registers.length == 0) {
        return sketch.few;
      }
      int[] counts = new int[LONGEST + 1];
      for (byte run : sketch.registers) {
        counts[run]++;
      }
      double m = sketch.registers.length;
      double z = m * tau(1 - counts[LONGEST] / m);
      for (int run = LONGEST - 1; run >= 1; run--) {
        z = (z + counts[run]) / 2;
      }
      z += m * sigma(counts[0] / m);
      return Math.round(m * m / (2 * Math.log(2) * z));
    }

    private static double sigma(double share) {
      if (share == 1) {
        return Double.POSITIVE_INFINITY;
      }
      double x = share;
      double y = 1;
      double z = x;
      double before;
      do {
        x *= x;
        before = z;
        z += x * y;
        y += y;
      } while (z != before);
      return z;
    }

    private static double tau(double share) {
      if (share == 0 || share == 1) {
        return 0;
      }
      double x = share;
      double y = 1;
      double z = 1 - x;
      double before;
      do {
        x = Math.sqrt(x);
        before = z;
        y /= 2;
        z -= (1 - x) * (1 - x) * y;
      } while (z != before);
      return z / 3;
    }
  }
}
