package io.calcitewasm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.Linker;
import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.host.provision.Provision;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real guests ask for everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostServicesTest {
  private static final String WASI = "fixtures/wasi examples:wasi/probe@0.1.0";
  private static final String ASKS = "fixtures/asks examples:asks/questions@0.1.0";
  private static final String LOGGING = "fixtures/logging examples:logging/notes@0.1.0";
  private static final String KV = "fixtures/kv-optional examples:kv-optional/store@0.1.0";
  private static final int INFO = 2;
  private static final int ACCESS_DENIED = 1;
  private static final int HTTP_REQUEST_DENIED = 15;

  private final HostServices services = new HostServices();
  private final ComponentEngine engine = ComponentEngine.create();
  private final List<LiveGuest> guests = new ArrayList<>();
  private final GuestRecords records = GuestRecords.of("module");

  @AfterEach
  void closeGuests() {
    guests.forEach(guest -> guest.instance().close());
    guests.clear();
    records.clear();
  }

  @AfterAll
  void close() {
    records.close();
    engine.close();
  }

  @Test
  void without_grants_there_is_nothing_to_be_had() throws Exception {
    LiveGuest guest = guest(WASI);
    assertThat(guest.call("arguments")).isEqualTo(List.of());
    assertThat(guest.call("environment")).isEqualTo(List.of());
    assertThat(guest.call("initial-directory")).isEqualTo(Optional.empty());
    assertThat(guest.call("read-input", 100L)).as("standard input is at its end").isEqualTo(-1L);
    assertThat(guest.call("directories")).isEqualTo(List.of("/"));
  }

  @Test
  void the_network_is_denied_by_the_interfaces_own_errors() throws Exception {
    assertThat(guest(ASKS).call("connect")).isEqualTo(ACCESS_DENIED);
    assertThat(guest(ASKS).call("fetch")).isEqualTo(HTTP_REQUEST_DENIED);
  }

  @ParameterizedTest
  @CsvSource({
    "a, false, error 20",
    "a, true, error 33",
    "/etc/passwd, false, error 31",
    "../a, false, error 31",
    "., false, ok",
    "., true, error 33",
  })
  void the_file_system_is_empty_and_read_only(String path, boolean create, String answer)
      throws Exception {
    assertThat(guest(WASI).call("open-file", path, create)).isEqualTo(answer);
  }

  @Test
  void no_directory_can_be_made() throws Exception {
    assertThat(guest(WASI).call("make-directory", "a")).isEqualTo("error 33");
  }

  @Test
  void what_a_guest_prints_goes_to_the_log() throws Exception {
    LiveGuest guest = guest(WASI);
    assertThat(guest.call("print", "one\ntwo")).isEqualTo("ok");
    assertThat(guest.call("print-error", "bro\u001bken\n")).isEqualTo("ok");
    guest.context().finishLines();
    assertThat(records.lines())
        .containsExactly("INFO stdout: one", "WARNING stderr: bro\\u001bken", "INFO stdout: two");
  }

  @Test
  void what_a_guest_logs_goes_to_the_log_too() throws Exception {
    LiveGuest guest = guest(LOGGING);
    assertThat(guest.call("note", INFO, "hello")).isEqualTo(true);
    assertThat(records.lines()).hasSize(1).first().asString().endsWith("hello");
    assertThat(guest.call("repeat", 1000L, "x".repeat(1000))).isEqualTo(1000L);
    assertThat(records.lines().stream().mapToInt(String::length).sum()).isLessThan(70_000);
    assertThat(records.lines()).last().asString().contains("truncated");
  }

  @Test
  void the_clocks_show_the_statement_s_timestamp() throws Exception {
    LiveGuest guest = guest(WASI);
    assertThat((Object[]) guest.call("wall-clock"))
        .containsExactly(Guest.NOW.getEpochSecond(), (long) Guest.NOW.getNano());
    assertThat(guest.call("monotonic")).isEqualTo(guest.call("monotonic"));
    assertThat(guest(WASI).call("monotonic")).isEqualTo(guest.call("monotonic"));
  }

  @Test
  void versions_of_one_interface_are_one_clock() throws Exception {
    LiveGuest guest = guest("fixtures/wasi-versions examples:wasi-versions/clocks@0.1.0");
    assertThat(guest.call("in-order")).isEqualTo(true);
  }

  @Test
  void a_sleep_takes_no_time() throws Exception {
    long hour = Duration.ofHours(1).toNanos();
    Instant before = Instant.now();
    assertThat(guest(ASKS).call("sleep", hour)).isEqualTo(hour);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void random_numbers_are_the_same_in_every_instance() throws Exception {
    LiveGuest one = guest(WASI);
    LiveGuest other = guest(WASI);
    Object first = one.call("random-number");
    assertThat(other.call("random-number")).isEqualTo(first);
    assertThat(one.call("random-number")).isNotEqualTo(first);
    assertThat((byte[]) one.call("random-bytes", 100L)).hasSize(100);
    assertThat(guest(WASI).call("seed")).isEqualTo(guest(WASI).call("seed"));
  }

  @Test
  void an_exit_is_a_trap_of_the_guest() throws Exception {
    LiveGuest guest = guest(WASI);
    assertThatThrownBy(() -> guest.call("leave", false))
        .isInstanceOfSatisfying(
            TrapException.class,
            trap -> {
              assertThat(trap.kind()).isEqualTo(TrapException.Kind.GUEST);
              assertThat(trap.frames()).isNotEmpty();
            })
        .hasMessageContaining("the guest called exit (failure) instead of returning");
    assertThat(guest.instance().usable()).isFalse();
    LiveGuest other = guest(ASKS);
    assertThatThrownBy(() -> other.call("quit", 7)).hasMessageContaining("exit (status 7)");
  }

  @Test
  void an_optional_capability_without_its_grant_is_refused_when_called() throws Exception {
    LiveGuest guest = guest(KV);
    assertThat(guest.call("without", 1)).isEqualTo(2);
    assertThatThrownBy(() -> guest.call("lookup", "key"))
        .isInstanceOfSatisfying(
            HostDenied.class, denied -> assertThat(denied.capability()).isEqualTo("kv"))
        .hasMessage(
            "module module called calcite:extension/kv get, which needs the capability kv; it was"
                + " not granted");
    assertThat(guest.instance().usable()).isFalse();
  }

  @Test
  void a_granted_store_without_a_database_answers_so() throws Exception {
    assertThat(guest(KV, Grant.of(Capability.KV)).call("lookup", "key"))
        .isEqualTo(
            ResultValue.err(
                new Object[] {
                  "0A000", "there is no database here that keeps the entries of modules"
                }));
  }

  @Test
  void what_nobody_serves_is_not_linked() throws Exception {
    assertThatThrownBy(() -> guest("fixtures/unknown-import -"))
        .isInstanceOfSatisfying(
            LinkException.class,
            e -> assertThat(e.importName()).isEqualTo("somebody:else/oracle@1.2.3"));
  }

  @Test
  void a_granted_clock_is_real() throws Exception {
    LiveGuest sleeper = guest(ASKS, Grant.of(Capability.CLOCK));
    Instant before = Instant.now();
    assertThat((Long) sleeper.call("sleep", 20_000_000L)).isGreaterThanOrEqualTo(20_000_000L);
    Duration slept = Duration.between(before, Instant.now());
    assertThat(slept).isGreaterThanOrEqualTo(Duration.ofMillis(19));
    Object[] now = (Object[]) guest(WASI, Grant.of(Capability.CLOCK)).call("wall-clock");
    assertThat((Long) now[0]).isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
  }

  @Test
  void a_guest_that_waits_for_a_real_clock_can_be_interrupted() throws Exception {
    LiveGuest guest = guest(ASKS, Grant.of(Capability.CLOCK));
    Thread watch =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Thread.sleep(300);
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  guest.instance().interrupt();
                });
    Instant before = Instant.now();
    assertThatThrownBy(() -> guest.call("sleep", Duration.ofHours(1).toNanos()))
        .isInstanceOfSatisfying(
            TrapException.class,
            trap -> assertThat(trap.kind()).isEqualTo(TrapException.Kind.INTERRUPTED));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(10));
    watch.join();
    assertThat(Thread.interrupted()).as("an interrupt left over").isFalse();
  }

  @Test
  void granted_random_numbers_are_random() throws Exception {
    Grant random = Grant.of(Capability.RANDOM);
    assertThat(guest(WASI, random).call("random-number"))
        .isNotEqualTo(guest(WASI, random).call("random-number"));
  }

  @Test
  void a_granted_environment_shows_the_variables_it_names() throws Exception {
    Map.Entry<String, String> variable = System.getenv().entrySet().iterator().next();
    assertThat((List<?>) guest(WASI, environment(variable.getKey())).call("environment"))
        .map(pair -> List.of((Object[]) pair))
        .isEqualTo(List.of(List.of(variable.getKey(), variable.getValue())));
    assertThat(guest(WASI, environment("NO_SUCH_VARIABLE")).call("environment"))
        .isEqualTo(List.of());
    assertThat((List<?>) guest(WASI, Grant.of(Capability.ENVIRONMENT)).call("environment"))
        .hasSameSizeAs(System.getenv().entrySet());
  }

  private static Grant environment(String name) {
    return new Grant(Capability.ENVIRONMENT, Map.of(ScopeKey.NAMES, List.of(name)));
  }

  @Test
  void a_resource_is_known_wherever_its_interface_is_used() throws Exception {
    Linker linker = services.linker(Component.read(Guests.bytes("fixtures/asks")), List.of());
    HostInterface types = linker.find("wasi:http/types@0.2.0").orElseThrow();
    HostInterface handler = linker.find("wasi:http/outgoing-handler@0.2.0").orElseThrow();
    assertThat(types.resources()).containsKeys("fields", "headers", "input-stream", "io-error");
    assertThat(handler.resources())
        .containsOnlyKeys("outgoing-request", "request-options", "future-incoming-response")
        .containsEntry(
            "outgoing-request", Objects.requireNonNull(types.resources().get("outgoing-request")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wasi | not-permitted | not-permittex | wasi:filesystem/types@0.2.3 | another enum",
        "wasi | get-random-u64 | get-random-u65 | wasi:random/random@0.2.12 | no function",
        "asks | outgoing-request | outgoing-beqvest | wasi:http/types@0.2.2 | no such resource",
        "asks | denied | allows | wasi:sockets/tcp-create-socket@0.2.0 | another enum",
      })
  void an_import_of_another_type_is_refused(
      String fixture, String text, String other, String importName, String problem)
      throws Exception {
    String bytes = new String(Guests.bytes("fixtures/" + fixture), StandardCharsets.ISO_8859_1);
    Component forged =
        Component.read(bytes.replace(text, other).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> services.linker(forged, List.of()))
        .isInstanceOfSatisfying(
            LinkException.class, e -> assertThat(e.importName()).isEqualTo(importName))
        .hasMessageContaining(problem);
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
        "calcite:extension/kv@0.2.0",
        "calcite:extension/spi@0.1.0",
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

  /** An instance of the guest and the exported interface that a text names. */
  private LiveGuest guest(String guestAndInterface, Grant... grants) throws Exception {
    String[] names = guestAndInterface.split(" ", 2);
    List<Grant> granted = List.of(grants);
    Component component = Component.read(Guests.bytes(names[0]));
    LinkedComponent linked = engine.link(component, services.linker(component, granted));
    HostContext context =
        services.context(
            "module",
            "0.1.0",
            Provision.of(granted, Map.of(), PackedFiles.NONE),
            new StatementContext(Guest.NOW));
    Instance instance = linked.instantiate(InstanceOptions.DEFAULT.withUserData(context));
    LiveGuest guest = new LiveGuest(instance, context, names[1]);
    guests.add(guest);
    return guest;
  }

  private record LiveGuest(Instance instance, HostContext context, String interfaceName) {

    /** Calls a function that has a result. */
    Object call(String function, Object... args) {
      return Objects.requireNonNull(
          instance.function(interfaceName, function).call(args), "no result");
    }
  }
}
