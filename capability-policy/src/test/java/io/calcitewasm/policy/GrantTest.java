package io.calcitewasm.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantTest {

  @Test
  void aNameIsTakenInAnyCaseWithHyphenOrUnderscore() {
    assertThat(Grant.parse("Wal-Frames", Map.of())).isEqualTo(Grant.of(Capability.WAL_FRAMES));
    assertThat(Grant.parse("SPAWN_BUILD", Map.of())).isEqualTo(Grant.of(Capability.SPAWN_BUILD));
  }

  @Test
  void aScopeIsTyped() {
    assertThat(Grant.parse("filesystem", Map.of("READ", "/data", "write", List.of("/tmp", "/var"))))
        .isEqualTo(
            new Grant(
                Capability.FILESYSTEM,
                Map.of(ScopeKey.READ, List.of("/data"), ScopeKey.WRITE, List.of("/tmp", "/var"))));
  }

  @Test
  void anUnknownCapabilityIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Grant.parse("root", Map.of()))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "'root' is not a capability; capabilities are spi, bundles, filesystem, network, s3,"
                + " spawn_build, wal_frames, kv, clock, random, environment, logging");
  }

  @Test
  void aScopeOfAnotherCapabilityIsRefused() {
    assertThatThrownBy(() -> Grant.parse("filesystem", Map.of("hosts", "example.org")))
        .hasMessage("capability filesystem has no scope 'hosts'; it takes read, write");
    assertThatThrownBy(() -> Grant.parse("clock", Map.of("zone", "UTC")))
        .hasMessage("capability clock has no scope 'zone'; it takes none");
  }

  @Test
  void aScopeThatIsNoTextIsRefused() {
    assertThatThrownBy(() -> Grant.parse("network", Map.of("hosts", true)))
        .hasMessage("scope 'hosts' takes a text");
  }
}
