package io.calcitewasm.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/**
 * The demo prints what {@code demo.expected} holds, times apart. After a change that is meant, read
 * {@code target/demo.actual} and let it take the place of {@code demo.expected}.
 */
class DemoTest {
  @Test
  void theDemoPrintsWhatIsExpected() throws Exception {
    StringWriter out = new StringWriter();
    boolean done;
    try (Connection connection = DriverManager.getConnection("jdbc:calcite-wasm:")) {
      done = new Demo(connection, out).run();
    }
    String actual = withoutTimes(out.toString());
    Files.writeString(Path.of("examples/target/demo.actual"), actual);
    assertThat(actual).isEqualTo(expected());
    assertThat(done).isTrue();
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("[0-9.]+ (ms|s|min [0-9]+ s)([).])", "TIME$2");
  }

  private static String expected() throws IOException {
    try (InputStream in = DemoTest.class.getResourceAsStream("demo.expected")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
