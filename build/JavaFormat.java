import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks ({@code --check}) or restores ({@code --write}) google-java-format below a folder. */
public final class JavaFormat {
  private static final String REMEDY = "Run: mvn -q -N -Dformat process-sources";

  private JavaFormat() {}

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("--write");
    Path root = Path.of(args[1]);
    List<Path> sources = new ArrayList<>();
    for (Path module : children(root)) {
      Path src = module.resolve("src");
      if (Files.isDirectory(src)) {
        try (var walk = Files.walk(src)) {
          walk.filter(p -> p.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    AtomicInteger wrong = new AtomicInteger();
    sources.parallelStream()
        .forEach(
            file -> {
              if (!format(file, write)) {
                wrong.incrementAndGet();
                System.err.println("not in google-java-format: " + root.relativize(file));
              }
            });
    if (wrong.get() > 0) {
      System.err.println(wrong + " file(s). " + REMEDY);
      System.exit(1);
    }
  }

  private static boolean format(Path file, boolean write) {
    try {
      String before = Files.readString(file);
      String after =
          new Formatter()
              .formatSource(
                  ImportOrderer.reorderImports(
                      RemoveUnusedImports.removeUnusedImports(before), Style.GOOGLE));
      if (after.equals(before)) {
        return true;
      }
      if (write) {
        Files.writeString(file, after);
      }
      return write;
    } catch (Exception e) {
      System.err.println(file + ": " + e.getMessage());
      return false;
    }
  }

  private static List<Path> children(Path folder) throws Exception {
    try (var list = Files.list(folder)) {
      return list.filter(Files::isDirectory).sorted().toList();
    }
  }
}
