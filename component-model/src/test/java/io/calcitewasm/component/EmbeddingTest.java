package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.guest.Guests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the module's README. */
final class EmbeddingTest {

  @Test
  void aProgramReadsLinksInstantiatesAndCalls() throws Exception {
    List<Object> lines = new ArrayList<>();
    try (ComponentEngine engine = ComponentEngine.create()) {
      Component component = Component.read(Guests.bytes("components/text"));
      Linker linker =
          Linker.builder()
              .define(
                  HostInterface.builder("calcite:extension/logging@0.1.0")
                      .function("enabled", (call, args) -> true)
                      .function(
                          "log",
                          (call, args) -> {
                            lines.add(args[2]);
                            return null;
                          })
                      .build())
              .build();
      LinkedComponent linked = engine.link(component, linker);
      try (Instance instance = linked.instantiate(InstanceOptions.DEFAULT)) {
        ComponentFunction slugify = instance.function("examples:text/strings@0.1.0", "slugify");
        assertThat(slugify.call("Hello, World")).isEqualTo("hello-world");
      }
    }
    assertThat(lines).isEmpty();
  }
}
