package io.calcitewasm.benchmarks;

import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long the launcher takes from the command to the last row, in processes of their own. */
final class ColdStart {
  private static final String NAME = "cold_start";

  private ColdStart() {}

  static List<Figure> measure(boolean quick) throws IOException, InterruptedException {
    String home = System.getProperty("calcitewasm.home");
    if (home == null) {
      throw new IOException("cold starts are measured by ./calcite-wasm bench alone");
    }
    int runs = quick ? 3 : 7;
    List<Figure> figures = new ArrayList<>();
    String engine = JmhRun.engine(ForkedJvm.ownArguments());
    Path folder = Files.createTempDirectory("bench");
    Path file = Guests.copy("components/text", folder);
    figures.add(figure("values_1", median(home, folder, runs, "VALUES 1"), engine));
    String first =
        "CREATE MODULE text FROM '" + file.getFileName() + "'; VALUES text.slugify('Crème brûlée')";
    figures.add(figure("first_wasm_row", median(home, folder, runs, first), engine));
    Files.delete(file);
    Files.delete(folder);
    return figures;
  }

  private static Figure figure(String variant, double nanos, String engine) {
    return Figure.ofNanos(NAME, variant, nanos, engine);
  }

  /** Modules are loaded from the folder that the command is run in. */
  private static double median(String home, Path folder, int runs, String sql)
      throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(Path.of(home, "calcite-wasm").toString(), "sql", "-e", sql)
            .directory(folder.toFile());
    // The first run builds what is missing and fills the caches of files.
    ForkedJvm.lines(command);
    double[] nanos = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      ForkedJvm.lines(command);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[runs / 2];
  }
}
