package io.calcitewasm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.TrapException;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.ScopeKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real guest, {@code fixtures/asks}, asks for everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostServicesTest {
  private static final int INFO = 2;
  private static final int NO_ENTRY = 20;
  private static final int READ_ONLY = 33;
  private static final int NOT_PERMITTED = 31;
  private static final int ACCESS_DENIED = 1;
  private static final int HTTP_REQUEST_DENIED = 15;

  private final HostServices services = new HostServices();
  private final List<Instance> instances = new ArrayList<>();
  private final GuestRecords records = GuestRecords.of("asks");
  private final ComponentEngine engine = ComponentEngine.create();
  private final Component component;

  HostServicesTest() throws Exception {
    component = Component.read(Guests.bytes("fixtures/asks"));
  }

  @AfterEach
  void closeInstances() {
    instances.forEach(Instance::close);
    instances.clear();
    records.clear();
  }

  @AfterAll
  void close() {
    records.close();
    engine.close();
  }

  @Test
  void without_grants_there_is_nothing_to_be_had() throws Exception {
    Instance guest = guest(List.of());
    assertThat(call(guest, "listen")).as("standard input is at its end").isEqualTo(-1);
    assertThat(call(guest, "variables")).isEqualTo(0L);
    assertThat(call(guest, "arguments")).isEqualTo(0L);
    assertThat(call(guest, "roots")).isEqualTo(1L);
    assertThat(call(guest, "seconds")).isEqualTo(Guest.NOW.getEpochSecond());
    assertThat(call(guest, "connect")).isEqualTo(ACCESS_DENIED);
    assertThat(call(guest, "fetch")).isEqualTo(HTTP_REQUEST_DENIED);
  }

  @ParameterizedTest
  @CsvSource({
    "a, false, " + NO_ENTRY,
    "a, true, " + READ_ONLY,
    "/etc/passwd, false, " + NOT_PERMITTED,
    "../a, false, " + NOT_PERMITTED,
    "., false, -1",
    "., true, " + READ_ONLY,
  })
  void the_file_system_is_empty_and_read_only(String path, boolean create, int answer)
      throws Exception {
    assertThat(call(guest(List.of()), "open", path, create)).isEqualTo(answer);
  }

  @Test
  void what_a_guest_writes_goes_to_the_log() throws Exception {
    Instance guest = guest(List.of());
    call(guest, "print", "one\ntwo");
    call(guest, "complain", "bro\u001bken\n");
    call(guest, "note", INFO, "load", "done");
    context(guest).finishLines();
    assertThat(call(guest, "notes", INFO)).isEqualTo(true);
    assertThat(records.lines())
        .containsExactly(
            "INFO stdout: one",
            "WARNING stderr: bro\\u001bken",
            "INFO load: done",
            "INFO stdout: two");
  }

  @Test
  void a_sleep_takes_no_time() throws Exception {
    Instance guest = guest(List.of());
    long hour = Duration.ofHours(1).toNanos();
    Instant before = Instant.now();
    assertThat(call(guest, "sleep", hour)).isEqualTo(hour);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void random_numbers_are_the_same_in_every_instance() throws Exception {
    Instance one = guest(List.of());
    Instance other = guest(List.of());
    Object first = call(one, "random");
    assertThat(call(other, "random")).isEqualTo(first);
    assertThat(call(one, "random")).isNotEqualTo(first);
  }

  @Test
  void an_exit_is_a_trap_of_the_guest() throws Exception {
    Instance guest = guest(List.of());
    assertThatThrownBy(() -> call(guest, "quit", false))
        .isInstanceOfSatisfying(
            TrapException.class,
            trap -> {
              assertThat(trap.kind()).isEqualTo(TrapException.Kind.GUEST);
              assertThat(trap.frames()).isNotEmpty();
            })
        .hasMessageContaining("the guest called exit (failure) instead of returning");
    assertThat(guest.usable()).isFalse();
    assertThatThrownBy(() -> call(guest(List.of()), "quit-with", 7))
        .hasMessageContaining("exit (status 7)");
  }

  @Test
  void an_optional_capability_without_its_grant_is_refused_when_called() throws Exception {
    Instance guest = guest(List.of());
    assertThatThrownBy(() -> call(guest, "recall", "key"))
        .isInstanceOfSatisfying(
            HostDenied.class, denied -> assertThat(denied.capability()).isEqualTo("kv"))
        .hasMessage(
            "module asks called calcite:extension/kv get, which needs the capability kv; it was"
                + " not granted");
    assertThat(guest.usable()).isFalse();
  }

  @Test
  void a_granted_clock_is_real() throws Exception {
    Instance guest = guest(List.of(Grant.of(Capability.CLOCK)));
    Instant before = Instant.now();
    assertThat((Long) call(guest, "sleep", 20_000_000L)).isGreaterThanOrEqualTo(20_000_000L);
    assertThat(Duration.between(before, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(20));
    assertThat((Long) call(guest, "seconds"))
        .isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
  }

  @Test
  void a_guest_that_waits_for_a_real_clock_can_be_interrupted() throws Exception {
    Instance guest = guest(List.of(Grant.of(Capability.CLOCK)));
    Thread watch =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Thread.sleep(300);
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  guest.interrupt();
                });
    Instant before = Instant.now();
    assertThatThrownBy(() -> call(guest, "sleep", Duration.ofMinutes(5).toNanos()))
        .isInstanceOfSatisfying(
            TrapException.class,
            trap -> assertThat(trap.kind()).isEqualTo(TrapException.Kind.INTERRUPTED));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    watch.join();
    assertThat(Thread.interrupted()).as("an interrupt left over").isFalse();
  }

  @Test
  void granted_random_numbers_are_random() throws Exception {
    List<Grant> random = List.of(Grant.of(Capability.RANDOM));
    assertThat(call(guest(random), "random")).isNotEqualTo(call(guest(random), "random"));
  }

  @Test
  void a_granted_environment_shows_the_variables_it_names() throws Exception {
    String name = System.getenv().keySet().iterator().next();
    assertThat(call(guest(List.of(environment(name))), "variables")).isEqualTo(1L);
    assertThat(call(guest(List.of(environment("NO_SUCH_VARIABLE"))), "variables")).isEqualTo(0L);
    assertThat(call(guest(List.of(Grant.of(Capability.ENVIRONMENT))), "variables"))
        .isEqualTo((long) System.getenv().size());
  }

  private static Grant environment(String name) {
    return new Grant(Capability.ENVIRONMENT, Map.of(ScopeKey.NAMES, List.of(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calcite:extension/logging@0.1.0",
        "calcite:extension/logging@0.1.7",
        "wasi:io/streams@0.2.0",
        "wasi:io/streams@0.2.99",
        "wasi:cli/terminal-stdout@0.2.6",
        "wasi:http/outgoing-handler@0.2.2",
        "wasi:sockets/udp-create-socket@0.2.0",
      })
  void what_is_served_is_known_in_every_version_of_its_track(String name) {
    assertThat(services.serves(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calcite:extension/logging@0.2.0",
        "calcite:extension/kv@0.1.0",
        "wasi:io/streams@0.3.0",
        "wasi:io/streams@0.2.0-rc-2023-12-05",
        "wasi:io/streams",
        "wasi:keyvalue/store@0.2.0",
        "wasi:cli/run@0.2.0",
        "print",
      })
  void what_is_not_served_is_known_too(String name) {
    assertThat(services.serves(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not-permitted | not-permittex | wasi:filesystem/types@0.2.1 | another enum",
        "get-random-u64 | get-random-u65 | wasi:random/random@0.2.0 | no function",
        "outgoing-request | outgoing-beqvest | wasi:http/types@0.2.2 | no such resource",
        "HTTP-request-denied | HTTP-request-denies | wasi:http/outgoing-handler@0.2.2 | denied",
      })
  void an_import_of_another_type_is_refused(
      String text, String other, String importName, String problem) throws Exception {
    String bytes = new String(Guests.bytes("fixtures/asks"), StandardCharsets.ISO_8859_1);
    Component forged =
        Component.read(bytes.replace(text, other).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> services.linker(forged, List.of()))
        .isInstanceOfSatisfying(
            LinkException.class, e -> assertThat(e.importName()).isEqualTo(importName))
        .hasMessageContaining(problem);
  }

  private Instance guest(List<Grant> grants) throws Exception {
    LinkedComponent linked = engine.link(component, services.linker(component, grants));
    HostContext context =
        services.context("asks", "0.1.0", grants, new StatementContext(Guest.NOW));
    Instance instance = linked.instantiate(InstanceOptions.DEFAULT.withUserData(context));
    instances.add(instance);
    return instance;
  }

  private static HostContext context(Instance guest) {
    return (HostContext) Objects.requireNonNull(guest.userData());
  }

  private static Object call(Instance guest, String function, Object... args) {
    Object result = guest.function("", function).call(args);
    return result == null ? "no result" : result;
  }
}
