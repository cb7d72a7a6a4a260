package io.calcitewasm.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServiceTest {
  private static final String WIT =
      """
      package a:b;
      interface c {
        resource r { m: func(); }
        f: func() -> u8;
      }
      """;

  @Test
  void a_service_has_a_function_for_each_of_its_text() {
    Service service =
        Service.builder("a:b/c@1.0.0", WIT)
            .function("f", (_, _) -> 1)
            .function("[method]r.m", (_, _) -> null)
            .build();
    assertThat(service.functions()).containsOnlyKeys("f", "[method]r.m");
  }

  @Test
  void a_service_that_lacks_one_cannot_be_built() {
    assertThatThrownBy(() -> Service.builder("a:b/c@1.0.0", WIT).function("f", (_, _) -> 1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a:b/c@1.0.0 lacks [[method]r.m]");
  }

  @Test
  void a_service_with_one_too_many_cannot_be_built() {
    assertThatThrownBy(() -> Service.builder("a:b/c@1.0.0", WIT).function("g", (_, _) -> 1).build())
        .hasMessage("a:b/c@1.0.0 has no [g]");
    assertThatThrownBy(
            () ->
                Service.builder("a:b/c@1.0.0", WIT)
                    .function("f", (_, _) -> 1)
                    .function("f", (_, _) -> 2))
        .hasMessage("a:b/c@1.0.0: f is served twice");
  }
}
