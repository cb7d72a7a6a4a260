package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the results page: tables between the two marks of a Markdown file, plots into the folder
 * beside it that has the file's name.
 */
final class Page {
  private static final String BEGIN = "<!-- figures: written by calcite-wasm bench --page -->";
  private static final String END = "<!-- /figures -->";
  private static final List<Variant> PLOTTED =
      List.of(Variant.CALL, Variant.STATEMENT, Variant.PER_ROW, Variant.CHICORY);
  private static final List<Variant> ISOLATED =
      List.of(Variant.STATEMENT, Variant.CALL, Variant.FRESH_INSTANCE, Variant.FRESH_CONTEXT);

  private final Figures figures;
  private final StringBuilder text = new StringBuilder();

  Page(Figures figures) {
    this.figures = figures;
  }

  /**
   * Replaces what stands between the marks.
   *
   * @throws IOException also if the file lacks the marks
   */
  void writeInto(Path file) throws IOException {
    String before = Files.readString(file);
    int begin = before.indexOf(BEGIN);
    int end = before.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new IOException(file + " lacks the lines " + BEGIN + " and " + END);
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
    Path folder = Files.createDirectories(file.resolveSibling(name));
    goals();
    functions(folder);
    sets();
    isolation(folder);
    warmUp(folder);
    rest();
    Files.writeString(
        file, before.substring(0, begin) + BEGIN + "\n" + text + before.substring(end));
  }

  private void goals() {
    table("measure", "must", "aim", "measured", "");
    for (Goals.Goal goal : Goals.of(figures)) {
      row(
          goal.measure(),
          goal.bound(goal.must()),
          goal.bound(goal.aim()),
          goal.show(goal.measured()),
          goal.verdict());
    }
  }

  private void functions(Path folder) throws IOException {
    line("");
    line("### Functions, ns per row");
    List<String> heads = new ArrayList<>(List.of("function"));
    Arrays.stream(Variant.values()).map(Page::words).forEach(heads::add);
    heads.add("call, interpreter");
    heads.add("call ÷ Java");
    table(heads.toArray(String[]::new));
    DotPlot plot =
        new DotPlot(
            "Time per row ÷ static Java function in the same query",
            PLOTTED.stream().map(Page::words).toList(),
            value ->
                value < 1
                    ? String.valueOf(value)
                    : Amount.number(value).replace(".00", "").replace(".0", ""));
    for (Called called : Called.values()) {
      String name = called.label();
      if (figures.of(name).isEmpty()) {
        continue;
      }
      List<String> cells = new ArrayList<>(List.of(words(name)));
      for (Variant variant : Variant.values()) {
        cells.add(Amount.number(figures.nanos(name, variant)));
      }
      cells.add(
          figures
              .find(name, "call_interpreted")
              .map(Figure::nsPerRow)
              .map(Amount::number)
              .orElse("–"));
      double java = figures.nanos(name, Variant.STATIC_JAVA);
      cells.add(Amount.number(figures.nanos(name, Variant.CALL) / java));
      row(cells.toArray(String[]::new));
      plot.add(
          words(name),
          PLOTTED.stream().mapToDouble(variant -> figures.nanos(name, variant) / java).toArray());
    }
    picture(folder, "functions", plot.toString(), "Time per row divided by static Java's");
  }

  private void sets() {
    List<SetQuery> measured =
        Arrays.stream(SetQuery.values())
            .filter(query -> !figures.of(query.label()).isEmpty())
            .toList();
    if (measured.isEmpty()) {
      return;
    }
    line("");
    line("### Aggregates and table functions, ns per row of a million");
    table("query", "static Java", "call", "call ÷ Java");
    for (SetQuery query : measured) {
      double java = figures.nanos(query.label(), Variant.STATIC_JAVA);
      double call = figures.nanos(query.label(), Variant.CALL);
      row(
          words(query.label()),
          Amount.number(java),
          Amount.number(call),
          Amount.number(call / java));
    }
  }

  private void isolation(Path folder) throws IOException {
    DotPlot plot =
        new DotPlot(
            "What isolation costs: time per row",
            ISOLATED.stream().map(Page::words).toList(),
            value -> Amount.nanos(value).replace(".00", "").replace(".0", ""));
    for (Called called :
        List.of(
            Called.WRITE_1_PAGE,
            Called.WRITE_17_PAGES,
            Called.WRITE_100_PAGES,
            Called.SCATTER_17_PAGES,
            Called.SLUGIFY)) {
      double[] values =
          ISOLATED.stream().mapToDouble(v -> figures.nanos(called.label(), v)).toArray();
      if (Arrays.stream(values).filter(Double::isFinite).count() > 1) {
        plot.add(words(called.label()), values);
      }
    }
    if (plot.isEmpty()) {
      return;
    }
    picture(folder, "isolation", plot.toString(), "Time per row by isolation");
  }

  private void warmUp(Path folder) throws IOException {
    if (figures.of("warm_up").isEmpty()) {
      return;
    }
    line("");
    line("### From a new process to its peak");
    LinePlot plot =
        new LinePlot(
            "Time per row at the age of the process",
            "age",
            List.of(1.0, 2.0, 5.0, 10.0, 20.0, 40.0));
    table("query", "at its peak after");
    for (Called called : List.of(Called.ADD, Called.SLUGIFY)) {
      for (Variant variant : List.of(Variant.CALL, Variant.STATIC_JAVA)) {
        String name = called.label() + "_" + variant.label();
        List<double[]> points = new ArrayList<>();
        for (Figure figure : figures.of("warm_up")) {
          String prefix = name + "_at_";
          if (figure.variant().startsWith(prefix) && figure.nsPerRow() != null) {
            String age = figure.variant().substring(prefix.length()).replace("_s", "");
            points.add(new double[] {Double.parseDouble(age), figure.nsPerRow()});
          }
        }
        plot.add(words(called.label()) + ", " + words(variant), points);
        figures
            .find("warm_up", name + "_peak")
            .ifPresent(
                peak ->
                    row(
                        words(called.label()) + ", " + words(variant),
                        Amount.of(peak.value(), peak.unit())));
      }
    }
    picture(folder, "warm-up", plot.toString(), "Time per row against the age of the process");
  }

  private void rest() {
    line("");
    line("### Threads, loading, memory, start");
    table("what", "figure");
    for (Figure figure : figures.all()) {
      switch (figure.benchmark()) {
        case IsolationCost.NAME ->
            row(
                "in one process: " + words(figure.variant()),
                figure.nsPerRow() == null ? "–" : Amount.number(figure.nsPerRow()) + " ns per row");
        case ThreadScaling.NAME ->
            row(
                "threads: " + words(figure.variant()),
                figure.nsPerRow() == null ? "–" : Amount.number(figure.nsPerRow()) + " ns per row");
        case "load" ->
            row(
                "`CREATE MODULE`, " + words(figure.variant()),
                Amount.of(figure.value(), figure.unit()));
        case "memory" ->
            row(
                "a pooled instance: " + words(figure.variant()),
                Amount.of(figure.value(), figure.unit()));
        case "cold_start" ->
            row(
                "a process of its own: " + words(figure.variant()),
                Amount.of(figure.value(), figure.unit()));
        default -> {}
      }
    }
  }

  private void picture(Path folder, String name, String svg, String words) throws IOException {
    Files.writeString(folder.resolve(name + ".svg"), svg);
    line("");
    line("![" + words + "](" + folder.getFileName() + "/" + name + ".svg)");
  }

  private void table(String... heads) {
    line("");
    row(heads);
    line("|" + "---|".repeat(heads.length));
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String words(Variant variant) {
    return words(variant.label());
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }
}
