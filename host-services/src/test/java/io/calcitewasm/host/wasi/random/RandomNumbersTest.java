package io.calcitewasm.host.wasi.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomNumbersTest {
  private final List<Service> services = RandomNumbers.services();
  private final Service random = services.get(0);
  private final Service insecure = services.get(1);
  private final Service seed = services.get(2);

  @Test
  void without_the_grant_every_instance_gets_the_same_numbers() {
    Guest one = Guest.withoutGrants();
    Guest other = Guest.withoutGrants();
    assertThat(one.call(random, "get-random-bytes", 33L))
        .isEqualTo(other.call(random, "get-random-bytes", 33L));
    assertThat(one.call(insecure, "get-insecure-random-u64"))
        .isEqualTo(other.call(insecure, "get-insecure-random-u64"));
    assertThat(one.call(seed, "insecure-seed")).isEqualTo(other.call(seed, "insecure-seed"));
  }

  @Test
  void the_numbers_do_not_repeat() {
    Guest guest = Guest.withoutGrants();
    assertThat(guest.call(random, "get-random-u64"))
        .isNotEqualTo(guest.call(random, "get-random-u64"));
    byte[] bytes = (byte[]) guest.call(insecure, "get-insecure-random-bytes", 4096L);
    int[] seen = new int[256];
    for (byte b : bytes) {
      seen[b & 0xff]++;
    }
    assertThat(Arrays.stream(seen).boxed())
        .as("how often each byte came in 4,096")
        .allMatch(n -> n > 0 && n < 48);
  }

  @Test
  void the_state_after_instantiation_comes_back() {
    Guest guest = Guest.withoutGrants();
    Object atInstantiation = guest.call(random, "get-random-u64");
    guest.host().remember();
    Object firstCall = guest.call(random, "get-random-u64");
    guest.host().restore();
    assertThat(guest.call(random, "get-random-u64"))
        .isEqualTo(firstCall)
        .isNotEqualTo(atInstantiation);
  }

  @Test
  void with_the_grant_no_instance_gets_the_same_numbers() {
    Guest one = Guest.granted(Grant.of(Capability.RANDOM));
    Guest other = Guest.granted(Grant.of(Capability.RANDOM));
    assertThat((byte[]) one.call(random, "get-random-bytes", 16L))
        .hasSize(16)
        .isNotEqualTo(other.call(random, "get-random-bytes", 16L));
    Object before = one.call(random, "get-random-u64");
    one.host().restore();
    assertThat(one.call(random, "get-random-u64")).isNotEqualTo(before);
  }

  @Test
  void as_many_bytes_come_as_were_asked_for() {
    Guest guest = Guest.withoutGrants();
    assertThat((byte[]) guest.call(random, "get-random-bytes", 0L)).isEmpty();
    assertThat((byte[]) guest.call(random, "get-random-bytes", 7L)).hasSize(7);
    assertThat((byte[]) guest.call(random, "get-random-bytes", 16L << 20)).hasSize(16 << 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {(16L << 20) + 1, 1L << 32, Long.MAX_VALUE, -1})
  void too_many_bytes_at_once_trap(long count) {
    assertThatThrownBy(() -> Guest.withoutGrants().call(random, "get-random-bytes", count))
        .isInstanceOf(TrapException.class)
        .hasMessageContaining("random bytes");
  }
}
