package io.calcitewasm.component.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionTrackTest {

  @ParameterizedTest
  @CsvSource({
    "a:b/c, a:b/c",
    "plain-name, plain-name",
    "a:b/c@1.2.3, a:b/c@1",
    "a:b/c@1, a:b/c@1",
    "a:b/c@0.2.12, a:b/c@0.2",
    "a:b/c@0.2, a:b/c@0.2",
    "a:b/c@0.1.0, a:b/c@0.1",
    "a:b/c@0.0.4, a:b/c@0.0.4",
    "a:b/c@1.2.3+build, a:b/c@1",
    "a:b/c@0.3.0-rc-2025-01-01, a:b/c@0.3.0-rc-2025-01-01",
    "a:b/c@12.0.0, a:b/c@12",
  })
  void aVersionIsShortenedToItsTrack(String name, String track) {
    assertThat(VersionTrack.of(name)).isEqualTo(track);
  }
}
