package io.calcitewasm.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The page says what the figures say. */
class PageTest {
  @TempDir Path folder;

  private static Figures figures(double call) {
    List<Figure> measured = new ArrayList<>();
    for (Called called : Called.values()) {
      measured.add(Figure.ofRows(called.label(), "static_java", 10, "java"));
      measured.add(Figure.ofRows(called.label(), "call", call, "jit"));
      measured.add(Figure.ofRows(called.label(), "fresh_instance", 120_000, "jit"));
    }
    measured.add(Figure.ofRows("isolation", "write_17_pages_call", 19, "jit"));
    measured.add(Figure.ofRows("isolation", "write_17_pages_statement", 12.5, "jit"));
    measured.add(Figure.ofRows("warm_up", "add_call_at_1_s", 500, "jit"));
    measured.add(Figure.ofRows("warm_up", "add_call_at_5_s", 50, "jit"));
    measured.add(Figure.ofNanos("warm_up", "add_call_peak", 5e9, "jit"));
    measured.add(Figure.ofNanos("cold_start", "first_wasm_row", 3.1e9, "jit"));
    measured.add(Figure.ofBytes("memory", "pages-17_native", 1.25 * (1 << 20), "jit"));
    return Figures.of(measured);
  }

  private Path page() throws IOException {
    return Files.writeString(
        folder.resolve("results.md"),
        """
        # Before
        <!-- figures: written by calcite-wasm bench --page -->
        old
        <!-- /figures -->
        # After
        """);
  }

  @Test
  void replacesWhatStandsBetweenTheMarksAgainAndAgain() throws IOException {
    Path page = page();
    new Page(figures(25)).writeInto(page);
    String once = Files.readString(page);
    new Page(figures(25)).writeInto(page);
    assertThat(page)
        .hasContent(once)
        .content()
        .startsWith("# Before\n")
        .endsWith("<!-- /figures -->\n# After\n")
        .doesNotContain("old")
        .contains(
            "| sum(add(a, b)) under CALL ÷ static Java | ≤ 1.30 | ≤ 1.00 | 2.50 | missed by a"
                + " factor of 1.9 |",
            "| CALL − STATEMENT isolation, one write, 17 pages | ≤ 10.0 ns/row | ≤ 5.00 ns/row"
                + " | 6.50 ns/row | reached |",
            "| in one process: write 17 pages call | 19.0 ns per row |",
            "| fresh instance per call ÷ CALL, 17 pages | ≥ 1,000 | ≥ 10,000 | 4,800 | reached |",
            "| JVM start to first wasm row through JDBC | ≤ 3.50 s | ≤ 2.00 s | 3.10 s | reached |",
            "pages-17 native | 1.25 MB |");
  }

  @Test
  void whatWasNotMeasuredIsSaid() throws IOException {
    Path page = page();
    new Page(figures(25)).writeInto(page);
    assertThat(page)
        .content()
        .contains("| two threads ÷ one, add | ≥ 1.70 | ≥ 1.90 | not measured |");
  }

  @Test
  void plotsAreWellFormedAndFollowTheColourScheme() throws Exception {
    Path page = page();
    new Page(figures(8)).writeInto(page);
    try (Stream<Path> plots = Files.list(folder.resolve("results"))) {
      for (Path plot : plots.toList()) {
        String svg = Files.readString(plot);
        assertThat(svg).contains("prefers-color-scheme: dark").doesNotContain("NaN");
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
        assertThat(page).content().contains("](results/" + plot.getFileName() + ")");
      }
    }
  }

  @Test
  void figuresSurviveTheirFile() throws IOException {
    Path json = folder.resolve("figures.json");
    figures(25).writeJson(json);
    assertThat(Figures.read(json)).isEqualTo(figures(25));
    assertThat(json).content().contains("\"ns_per_row\" : 25.0", "\"ratio_to_java\" : 2.5");
  }

  @Test
  void aPageWithoutMarksIsLeftAsItIs() throws IOException {
    Path page = Files.writeString(folder.resolve("plain.md"), "text");
    assertThatThrownBy(() -> new Page(figures(25)).writeInto(page))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plain.md lacks the lines");
    assertThat(page).hasContent("text");
  }
}
