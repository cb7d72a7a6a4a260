package io.calcitewasm.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures of one run, those of functions beside the static Java peer of the same run. */
record Figures(List<Figure> all) {
  private static final String PEER = Variant.STATIC_JAVA.label();

  Figures {
    all = List.copyOf(all);
  }

  /** Puts figures beside their peers. */
  static Figures of(List<Figure> measured) {
    Map<String, Double> peers = new HashMap<>();
    for (Figure figure : measured) {
      if (figure.variant().equals(PEER) && figure.nsPerRow() != null) {
        peers.put(figure.benchmark(), figure.nsPerRow());
      }
    }
    return new Figures(
        measured.stream()
            .map(
                figure -> {
                  Double peer = peers.get(figure.benchmark());
                  return peer == null ? figure : figure.against(peer);
                })
            .toList());
  }

  static Figures read(Path file) throws IOException {
    return new Figures(new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {}));
  }

  void writeJson(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
  }

  /** The figure of that benchmark and variant. */
  Optional<Figure> find(String benchmark, String variant) {
    return all.stream()
        .filter(f -> f.benchmark().equals(benchmark) && f.variant().equals(variant))
        .findFirst();
  }

  /** Nanoseconds per row of that benchmark and variant; NaN where there are none. */
  double nanos(String benchmark, Variant variant) {
    return find(benchmark, variant.label())
        .map(Figure::nsPerRow)
        .map(Double::doubleValue)
        .orElse(Double.NaN);
  }

  /** All figures of a benchmark. */
  List<Figure> of(String benchmark) {
    return all.stream().filter(figure -> figure.benchmark().equals(benchmark)).toList();
  }

  void print(PrintWriter out) {
    out.printf(
        "%n%-18s %-28s %-12s %14s %10s%n", "benchmark", "variant", "engine", "ns/row", "÷ Java");
    for (Figure f : all) {
      out.printf(
          Locale.ROOT,
          "%-18s %-28s %-12s %14s %10s%n",
          f.benchmark(),
          f.variant(),
          f.engine(),
          f.nsPerRow() == null ? Amount.of(f.value(), f.unit()) : number("%,.1f", f.nsPerRow()),
          number("%,.2f", f.ratioToJava()));
    }
    out.flush();
  }

  private static String number(String format, @Nullable Double value) {
    return value == null ? "" : format.formatted(value);
  }
}
