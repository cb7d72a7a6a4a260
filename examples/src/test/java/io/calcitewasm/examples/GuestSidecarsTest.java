package io.calcitewasm.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The hashes beside committed guests tell whether their sources have changed since. */
@DisabledOnOs(OS.WINDOWS)
class GuestSidecarsTest {
  private static final Path SDK = Path.of("guest-sdk");
  private static final String GUEST = "fixtures/lifecycle";

  @TempDir Path folder;

  private record Outcome(int status, String words) {}

  private static Outcome check(Path sdk, String... guests) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("bash", sdk.resolve("build-guests").toString(), "--check"),
                Stream.of(guests))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), words);
  }

  private Path copy() throws IOException {
    try (Stream<Path> all = Files.walk(SDK)) {
      for (Path path : all.toList()) {
        Path relative = SDK.relativize(path);
        if (relative.startsWith("target") || relative.startsWith("node_modules")) {
          continue;
        }
        Files.copy(path, folder.resolve(relative), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  @Test
  void committedGuestsMatchTheirSources() throws Exception {
    Outcome outcome = check(SDK);
    assertThat(outcome.status()).as(outcome.words()).isZero();
  }

  @Test
  void aGuestWhoseSourceHasChangedIsStale() throws Exception {
    Path sdk = copy();
    assertThat(check(sdk, "lifecycle").status()).isZero();
    Files.writeString(sdk.resolve(GUEST + "/src/lib.rs"), "// other\n");
    Outcome outcome = check(sdk, "lifecycle");
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.words()).contains(GUEST + " is stale", GUEST + "/src/lib.rs has changed");
  }

  @Test
  void aGuestIsStaleWhoseContractOrBinaryHasChanged() throws Exception {
    Path sdk = copy();
    Files.writeString(sdk.resolve("wit/functions.wit"), "package calcite:extension@0.2.0;\n");
    assertThat(check(sdk, "lifecycle").words()).contains("wit/functions.wit has changed");

    Files.write(sdk.resolve(GUEST + "/lifecycle.component.wasm"), new byte[] {0});
    assertThat(check(sdk, "lifecycle").words())
        .contains(GUEST + "/lifecycle.component.wasm has changed");
    Files.delete(sdk.resolve(GUEST + "/lifecycle.component.wasm"));
    assertThat(check(sdk, "lifecycle").words()).contains("is missing");
  }
}
