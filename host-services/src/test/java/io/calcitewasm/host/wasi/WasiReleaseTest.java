package io.calcitewasm.host.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wit.TypeAgreement;
import io.calcitewasm.host.wit.WitInterface;
import io.calcitewasm.host.wit.WitTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Compares what is served with releases of WASI. It needs a copy of the releases' WIT outside the
 * tree: {@code -Dwasi.wit=FOLDER}, with files like {@code FOLDER/v0.2.12/io/poll.wit}.
 */
@EnabledIfSystemProperty(named = "wasi.wit", matches = ".+")
class WasiReleaseTest {
  /** What components export and no host serves. */
  private static final List<String> EXPORTS = List.of("wasi:cli/run");

  private final WitTypes served = WitTypes.of(Wasi.services().stream().map(Service::wit).toList());

  @TestFactory
  List<DynamicTest> every_function_of_a_release_is_served_with_its_type() throws IOException {
    Path folder = Path.of(System.getProperty("wasi.wit", ""));
    List<DynamicTest> releases = new ArrayList<>();
    try (Stream<Path> versions = Files.list(folder)) {
      versions
          .sorted()
          .forEach(v -> releases.add(DynamicTest.dynamicTest(name(v), () -> compare(v))));
    }
    assertThat(releases).as("folders below %s", folder).isNotEmpty();
    return releases;
  }

  private void compare(Path version) throws IOException {
    WitTypes release = WitTypes.of(texts(version));
    TreeSet<String> names = new TreeSet<>(release.names());
    EXPORTS.forEach(names::remove);
    assertThat(names).hasSizeGreaterThan(25);
    assertThat(served.names()).containsAll(names);

    TypeAgreement agreement = new TypeAgreement();
    Map<String, String> problems = new TreeMap<>();
    for (String name : names) {
      agreement
          .problem(instance(release.get(name)), served.get(name))
          .ifPresent(problem -> problems.put(name, problem));
    }
    assertThat(problems).isEmpty();
  }

  private static ExternType.Instance instance(WitInterface wit) {
    Map<String, ExternType> exports = new LinkedHashMap<>();
    wit.resources().forEach((name, type) -> exports.put(name, new ExternType.Resource(type)));
    wit.functions().forEach((name, type) -> exports.put(name, new ExternType.Func(type)));
    return new ExternType.Instance(exports);
  }

  /** Only one file of each package need have a package header, so every file is given one. */
  private static List<String> texts(Path version) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> packages = Files.list(version)) {
      for (Path folder : packages.toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          files.forEach(f -> texts.add("package wasi:" + name(folder) + ";\n" + text(f)));
        }
      }
    }
    return texts;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
