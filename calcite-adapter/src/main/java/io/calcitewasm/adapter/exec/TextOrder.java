package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;

/**
 * The order of texts that a module's {@code compare} gives, in one execution. Whether it is one is
 * tried with some of the texts: each text of a sample is compared with all others, both ways round,
 * and has to find one place among them. So a comparison that goes round in a circle, or says "less"
 * both ways, is an error instead of an order that nobody can tell.
 */
final class TextOrder {
  private static final int SAMPLE = 24;

  private final FunctionBinding binding;

  /** Different texts of the sample, in their order. */
  private final List<String> sample = new ArrayList<>();

  /** How many texts were seen, and the next one that comes into the sample. */
  private long seen;

  private long next;

  TextOrder(DataContext root, FunctionKey key) {
    this.binding = FunctionBinding.of(root, key);
  }

  /** The data context of the execution. */
  DataContext root() {
    return binding.root();
  }

  /** Tells the order of a text that will be compared. */
  synchronized void see(String text) {
    if (seen++ >= next && sample.size() < SAMPLE && !sample.contains(text)) {
      // the first few texts, then fewer and fewer of a long input
      next = seen < SAMPLE / 2 ? seen : seen * 2;
      place(text);
    }
  }

  private void place(String text) {
    if (call(text, text) != 0) {
      throw broken("'" + text + "' is not equal to itself");
    }
    int place = 0;
    boolean behind = false;
    for (int i = 0; i < sample.size(); i++) {
      String other = sample.get(i);
      int order = compare(text, other);
      if (Integer.signum(call(other, text)) != -order) {
        throw broken(told(text, order, other) + ", but the other way round it is not so");
      }
      if (order < 0) {
        behind = true;
      } else if (behind) {
        String before = sample.get(i - 1);
        throw broken(
            told(text, compare(text, before), before)
                + " and "
                + told(text, order, other)
                + ", but "
                + told(before, compare(before, other), other));
      } else {
        place = i + 1;
      }
    }
    sample.add(place, text);
  }

  private static String told(String a, int order, String b) {
    return "'" + a + "' " + (order < 0 ? "<" : order > 0 ? ">" : "=") + " '" + b + "'";
  }

  private SqlError broken(String reason) {
    return new SqlError(
        "38000",
        "the comparison " + binding.function().longName() + " is no order of texts: " + reason);
  }

  /** −1, 0 or 1. */
  int compare(String a, String b) {
    return Integer.signum(call(a, b));
  }

  private int call(String a, String b) {
    @Nullable Object[] arguments = {a, b};
    Object result =
        binding.calls().call(binding.module(), binding.function(), arguments, NO_ROW_NUMBER);
    return ((Number) Objects.requireNonNull(result, "compare answers no NULL")).intValue();
  }

  private static final long NO_ROW_NUMBER = -1;
}
