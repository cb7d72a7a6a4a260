package io.calcitewasm.component.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.component.RuntimeInfo;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The engine knows which runtime it has, and is silent. */
final class RuntimeInfoTest {

  /** What a JVM that embeds the engine does; prints the runtime. */
  static final class Embedding {
    public static void main(String[] arguments) {
      try (ComponentEngine engine = ComponentEngine.create()) {
        System.out.println(engine.runtime());
      }
    }
  }

  @Test
  void theTestsRunOnTheOptimisingRuntime() {
    try (ComponentEngine engine = ComponentEngine.create()) {
      RuntimeInfo runtime = engine.runtime();
      assertThat(runtime.optimising()).as(runtime.toString()).isTrue();
      assertThat(runtime.reason()).isEmpty();
      assertThat(runtime.name()).startsWith("GraalWasm 25.");
    }
  }

  @Test
  void withoutTheFlagsItIsAnInterpreterAndSaysWhy() throws Exception {
    Process jvm = embed(ProcessBuilder.Redirect.DISCARD);
    assertThat(new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("interpreter", "optimising=false", "-XX:+EnableJVMCI");
  }

  @Test
  void nothingIsPrintedByAccident() throws Exception {
    // The JVM's own warnings about native access and Unsafe are not ours to suppress from within.
    Process jvm =
        embed(
            ProcessBuilder.Redirect.PIPE,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    assertThat(new String(jvm.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
  }

  private static Process embed(ProcessBuilder.Redirect errors, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Embedding.class.getName()));
    Process jvm = new ProcessBuilder(command).redirectError(errors).start();
    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return jvm;
  }
}
