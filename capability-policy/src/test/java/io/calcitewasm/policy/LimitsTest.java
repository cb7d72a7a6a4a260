package io.calcitewasm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

  @Test
  void defaultsAreThoseOfTheRules() {
    assertThat(Limits.DEFAULT)
        .isEqualTo(new Limits(134_217_728L, Duration.ofSeconds(10), 67_108_864L, 8));
  }

  @ParameterizedTest
  @CsvSource({"64MB,67108864", "64 mib,67108864", "1GB,1073741824", "128kb,131072", "70000,70000"})
  void memoryTakesBinaryUnits(String literal, long bytes) {
    assertThat(Limits.DEFAULT.with("memory", literal).memoryBytes()).isEqualTo(bytes);
  }

  @Test
  void aNumberOfBytesNeedsNoUnit() {
    assertThat(Limits.DEFAULT.with("RESULT_SIZE", new BigDecimal("1048576")).resultBytes())
        .isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "1s,PT1S", "2 min,PT2M", "24h,PT24H"})
  void timesHaveUnits(String literal, Duration time) {
    assertThat(Limits.DEFAULT.with("call_time", literal).callTime()).isEqualTo(time);
  }

  @Test
  void aTimeWithoutUnitIsRefused() {
    assertRefused("call_time", 10, "a time needs its unit");
  }

  @ParameterizedTest
  @CsvSource({
    "memory,lots,is not understood",
    "memory,64 parsec,units: B",
    "memory,-1MB,is not understood",
    "memory,9GB,'must be from 64 KB to 4 GB, not 9 GB'",
    "memory,999999999999999GB,is too much",
    "memory,0,must be from 64 KB",
    "call_time,0s,must be from '1ms'",
    "call_time,25h,must be from '1ms' to '24h'",
    "call_time,1 fortnight,units: ms",
    "result_size,0,must be from 1 byte",
    "instances,0,must be from 1",
    "instances,8MB,is not understood",
    "fuel,1,is not a limit; limits are memory",
  })
  void nonsenseIsRefusedWithASentence(String key, String literal, String part) {
    assertRefused(key, literal, part);
  }

  @Test
  void aFractionOfAnInstanceIsRefused() {
    assertRefused("instances", new BigDecimal("1.5"), "is not understood");
  }

  @Test
  void aManifestTightens() {
    assertThat(
            Limits.DEFAULT.tightenedBy(Map.of("memory", "16MB", "instances", 2, "call_time", "1s")))
        .isEqualTo(new Limits(16 << 20, Duration.ofSeconds(1), 64 << 20, 2));
  }

  @Test
  void aManifestCannotLoosen() {
    assertThat(Limits.DEFAULT.tightenedBy(Map.of("memory", "4GB", "call_time", "1h")))
        .isEqualTo(Limits.DEFAULT);
  }

  private static void assertRefused(String key, Object literal, String part) {
    assertThatThrownBy(() -> Limits.DEFAULT.with(key, literal))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(part)
        .extracting(e -> ((PolicyException) e).sqlState())
        .isEqualTo("22023");
  }
}
