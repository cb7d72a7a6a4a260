package io.calcitewasm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
  private static SemVer version(String text) {
    return SemVer.parse(text).orElseThrow();
  }

  @Test
  void versionsAreOrderedAsTheSpecificationHasIt() {
    List<SemVer> ordered =
        Stream.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.10.0",
                "2.0.0")
            .map(VersionRangeTest::version)
            .toList();
    assertThat(ordered.stream().sorted(Comparator.reverseOrder()).toList().reversed())
        .isEqualTo(ordered);
    assertThat(ordered).isSorted();
    assertThat(version("1.0.0+a").compareTo(version("1.0.0+b"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.2", "01.2.3", "1.2.3-", "1.2.3-01", "v1.2.3", "1.2.3 ", "1.2.3\n"})
  void whatIsNoVersionIsNone(String text) {
    assertThat(SemVer.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* | 1.2.3 0.0.0 1.0.0-rc.1 |",
        "1.2.3 | 1.2.3 1.2.3+x | 1.2.4 1.2.3-rc.1",
        "1.2 | 1.2.0 1.2.9 | 1.3.0 1.1.9 1.3.0-rc.1",
        "1.x | 1.0.0 1.9.9 | 2.0.0 0.9.0",
        "^1.2.3 | 1.2.3 1.9.0 | 1.2.2 2.0.0 2.0.0-rc.1 1.3.0-rc.1",
        "^0.2.3 | 0.2.3 0.2.9 | 0.3.0 0.2.2 1.0.0",
        "^0.0.3 | 0.0.3 | 0.0.4 0.0.2",
        "~1.2.3 | 1.2.3 1.2.9 | 1.3.0 1.2.2",
        "~1 | 1.0.0 1.9.0 | 2.0.0",
        ">=1.2 <2 | 1.2.0 1.99.0 | 1.1.9 2.0.0 2.0.0-rc.1",
        ">= 1.2 < 2 | 1.2.0 | 2.0.0",
        ">1.2 | 1.3.0 | 1.2.9",
        "<=1.2 | 1.2.9 0.1.0 | 1.3.0",
        ">=1.2.3-beta.2 <2 | 1.2.3-beta.2 1.2.3-rc.1 1.2.3 | 1.2.3-beta.1 1.3.0-rc.1",
        "1.2.3-rc.1 | 1.2.3-rc.1 | 1.2.3-rc.2 1.2.3",
        "1.2.3 or 2.x | 1.2.3 2.5.0 | 1.2.4 3.0.0",
      })
  void aRangeMeans(String range, String in, String out) {
    for (String text : in.split(" ")) {
      assertThat(VersionRange.parse(range.replace("or", "||")).contains(version(text)))
          .as(text)
          .isTrue();
    }
    for (String text : out == null ? new String[0] : out.split(" ")) {
      assertThat(VersionRange.parse(range.replace("or", "||")).contains(version(text)))
          .as(text)
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", ">", "1.2.3.4", "=>1", "1-rc.1", "|| 1", "99999999999"})
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> VersionRange.parse(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("write it like '^1.2'");
  }
}
