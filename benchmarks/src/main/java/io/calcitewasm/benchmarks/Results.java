package io.calcitewasm.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** The figures of one run, each beside the static Java peer of the same run. */
record Results(List<Figure> figures) {
  private static final String PEER = "staticJava";

  /** One variant of one benchmark. */
  record Figure(
      String benchmark,
      String variant,
      @JsonProperty("ns_per_row") double nsPerRow,
      @JsonProperty("ratio_to_java") double ratioToJava,
      String engine) {}

  static Results of(Collection<RunResult> runs) {
    Map<String, Double> peers = new HashMap<>();
    for (RunResult run : runs) {
      if (variant(run).equals(PEER)) {
        peers.put(benchmark(run), run.getPrimaryResult().getScore());
      }
    }
    List<Figure> figures = new ArrayList<>();
    for (RunResult run : runs) {
      double nanos = run.getPrimaryResult().getScore();
      double peer = peers.getOrDefault(benchmark(run), Double.NaN);
      figures.add(new Figure(benchmark(run), variant(run), nanos, nanos / peer, engine(run)));
    }
    figures.sort(Comparator.comparing(Figure::benchmark).thenComparing(Figure::nsPerRow));
    return new Results(figures);
  }

  private static String benchmark(RunResult run) {
    return run.getParams().getParam("function").toLowerCase(Locale.ROOT);
  }

  private static String variant(RunResult run) {
    String name = run.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String engine(RunResult run) {
    if (variant(run).equals(PEER)) {
      return "java";
    }
    return run.getParams().getJvmArgs().contains("-Dtruffle.UseFallbackRuntime=true")
        ? "interpreter"
        : "jit";
  }

  void writeJson(Path file) throws IOException {
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), figures);
  }

  void print(PrintWriter out) {
    out.printf(
        "%n%-10s %-24s %-12s %12s %10s%n", "function", "variant", "engine", "ns/row", "÷ Java");
    for (Figure f : figures) {
      out.printf(
          Locale.ROOT,
          "%-10s %-24s %-12s %12.1f %10.1f%n",
          f.benchmark,
          f.variant,
          f.engine,
          f.nsPerRow,
          f.ratioToJava);
    }
    out.flush();
  }
}
