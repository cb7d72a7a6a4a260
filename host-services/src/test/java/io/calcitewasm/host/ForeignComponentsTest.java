package io.calcitewasm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.provision.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Components that other toolchains made load without any grant, and answer. It needs a folder of
 * them outside the tree: {@code -Dforeign.components=FOLDER}. Those that export {@code
 * foreign:demo/funcs@1.0.0} are called; the others are only instantiated. One that needs what this
 * runtime does not offer is reported as skipped, with the reason.
 *
 * <p>The interface: {@code enum colour { red, green, blue }}, {@code record person { name: string,
 * age: u32, tags: list<string> }} and functions whose names say what they do.
 */
@EnabledIfSystemProperty(named = "foreign.components", matches = ".+")
class ForeignComponentsTest {
  private static final String DEMO = "foreign:demo/funcs@1.0.0";

  private final HostServices services = new HostServices();
  private final ComponentEngine engine = ComponentEngine.create();

  @AfterEach
  void close() {
    engine.close();
  }

  @TestFactory
  Stream<DynamicTest> a_component_of_another_toolchain_loads_and_answers() throws IOException {
    Path folder = Path.of(System.getProperty("foreign.components", ""));
    List<Path> components;
    try (Stream<Path> files = Files.list(folder)) {
      components = files.filter(f -> f.toString().endsWith(".wasm")).sorted().toList();
    }
    assertThat(components).as("components in %s", folder).isNotEmpty();
    return components.stream()
        .map(c -> DynamicTest.dynamicTest(String.valueOf(c.getFileName()), () -> load(c)));
  }

  private void load(Path file) throws Exception {
    Component component;
    LinkedComponent linked;
    try {
      component = Component.read(Files.readAllBytes(file));
      linked = engine.link(component, services.linker(component, List.of()));
    } catch (InvalidComponentException e) {
      abort(String.valueOf(e.getMessage()));
      return;
    }
    HostContext context =
        services.context("foreign", "0", Provision.NONE, new StatementContext(Guest.NOW));
    try (Instance instance = linked.instantiate(InstanceOptions.DEFAULT.withUserData(context))) {
      if (component.exports().containsKey(DEMO)) {
        assertAnswers(instance);
      }
    }
  }

  private static void assertAnswers(Instance guest) {
    assertThat(call(guest, "add", 40, 2)).isEqualTo(42);
    assertThat(call(guest, "add", -40, -2)).isEqualTo(-42);
    assertThat(call(guest, "half", 5.0)).isEqualTo(2.5);
    assertThat(call(guest, "upper", "abc xyz")).isEqualTo("ABC XYZ");
    assertThat(call(guest, "upper", "")).isEqualTo("");
    assertThat((byte[]) call(guest, "reverse", (Object) new byte[] {1, 2, (byte) 0xff}))
        .containsExactly(0xff, 2, 1);
    assertThat(call(guest, "split", "a,b,,c", ",")).isEqualTo(List.of("a", "b", "", "c"));
    assertThat(call(guest, "parse-int", Optional.of("-12"))).isEqualTo(Optional.of(-12));
    assertThat(call(guest, "parse-int", Optional.of("twelve"))).isEqualTo(Optional.empty());
    assertThat(call(guest, "parse-int", Optional.empty())).isEqualTo(Optional.empty());
    assertThat(call(guest, "divide", 7, 2)).isEqualTo(ResultValue.ok(3));
    assertThat(call(guest, "divide", 7, 0)).isEqualTo(ResultValue.err("division by zero"));
    Object[] older =
        (Object[]) call(guest, "older", new Object[] {"Ärm", 41L, List.of("tall")}, 1L);
    assertThat(older).containsExactly("Ärm", 42L, List.of("tall", "older"));
    assertThat(call(guest, "next-colour", 2)).isEqualTo(0);
    assertThat(call(guest, "count")).isEqualTo(1L);
    assertThat(call(guest, "count")).isEqualTo(2L);
  }

  private static Object call(Instance guest, String function, Object... args) {
    return Objects.requireNonNull(guest.function(DEMO, function).call(args));
  }
}
