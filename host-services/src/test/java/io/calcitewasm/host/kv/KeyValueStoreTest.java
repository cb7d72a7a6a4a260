package io.calcitewasm.host.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.provision.KeyValueScope.Quota;
import io.calcitewasm.host.provision.KeyValues;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wit.WitTypes;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a module may do with its store; what reaches the store is written down. */
class KeyValueStoreTest {
  private final Service kv = KeyValueStore.service();
  private final Recorder recorder = new Recorder();

  private static final class Recorder implements KeyValues {
    private final List<String> seen = new ArrayList<>();

    @Override
    public Optional<byte[]> get(String module, String key) {
      seen.add("get " + module + " " + key);
      return Optional.of("value".getBytes(UTF_8));
    }

    @Override
    public void set(String module, String key, byte[] value, Quota quota) {
      seen.add("set " + module + " " + key + " " + value.length + " within " + quota.bytes());
    }

    @Override
    public void delete(String module, String key) {
      seen.add("delete " + module + " " + key);
    }

    @Override
    public List<String> keys(String module, String prefix, Optional<String> after, int most) {
      seen.add("keys " + module + " " + prefix + " " + after.orElse("-") + " " + most);
      return List.of("a", "b");
    }
  }

  private Guest guest(Grant... grants) {
    return Guest.of(
        HostContext.builder("text", "1.0.0", new StatementContext(Guest.NOW, recorder))
            .provision(Provision.of(List.of(grants), Map.of(), PackedFiles.NONE))
            .build());
  }

  private static Grant scoped(Map<String, ?> scope) {
    return Grant.parse("kv", scope);
  }

  @Test
  void calls_reach_the_store_with_the_modules_name() {
    Guest guest = guest(Grant.of(Capability.KV));
    assertThat(((Optional<?>) Objects.requireNonNull(ok(get(guest, "a")))).isPresent()).isTrue();
    assertThat(ok(set(guest, "a", 3))).isNull();
    assertThat(ok(guest.call(kv, "delete", "a"))).isNull();
    assertThat(ok(guest.call(kv, "list-keys", "p", Optional.of("q"), 5L)))
        .isEqualTo(List.of("a", "b"));
    assertThat(ok(guest.call(kv, "list-keys", "", Optional.empty(), 0xFFFF_FFFFL))).isNotNull();
    assertThat(recorder.seen)
        .containsExactly(
            "get text a",
            "set text a 3 within 16777216",
            "delete text a",
            "keys text p q 5",
            "keys text  - " + KeyValueStore.MOST_KEYS);
  }

  @Test
  void what_the_scope_does_not_name_reaches_nothing() {
    Guest guest =
        guest(
            scoped(Map.of("verbs", List.of("get", "list"), "prefix", List.of("a/", "b/"))),
            scoped(Map.of("verbs", "set", "prefix", "c/")));
    denied(() -> set(guest, "a/x", 1), "asked for set of the key 'a/x'");
    denied(() -> guest.call(kv, "delete", "a/x"), "delete of the key 'a/x'");
    denied(() -> get(guest, "c/x"), "get of the key 'c/x'");
    denied(() -> get(guest, "a"), "get of the key 'a'");
    denied(() -> get(guest, "A/x"), "get of the key 'A/x'");
    denied(() -> get(guest, "x/../a/x"), "get of the key");
    denied(() -> guest.call(kv, "list-keys", "", Optional.empty(), 1L), "list of the key ''");
    denied(() -> guest.call(kv, "list-keys", "a", Optional.of("a/"), 1L), "list of the key 'a'");
    assertThat(recorder.seen).isEmpty();
    ok(get(guest, "a/x"));
    ok(set(guest, "c/x", 1));
    assertThat(recorder.seen).hasSize(2);
  }

  @Test
  void without_any_grant_nothing_is_reached() {
    denied(() -> get(guest(), "a"), "do not let through");
    assertThat(recorder.seen).isEmpty();
  }

  @Test
  void what_is_revoked_is_refused_at_the_next_call() {
    Guest guest = guest(Grant.of(Capability.KV));
    ok(get(guest, "a"));
    guest.host().grants().revoke(Capability.KV);
    denied(() -> get(guest, "a"), "which was revoked while the statement ran");
    denied(() -> set(guest, "a", 1), "which was revoked");
    assertThat(recorder.seen).hasSize(1);
  }

  @Test
  void keys_and_values_have_sizes() {
    Guest guest = guest(scoped(Map.of("value_size", "10")));
    assertThat(error(get(guest, ""))).startsWith("22023 a key has 1 to 1024 bytes in UTF-8, not 0");
    assertThat(error(get(guest, "x".repeat(1_025)))).startsWith("22023");
    assertThat(error(get(guest, "\u00e4".repeat(513)))).startsWith("22023");
    assertThat(error(set(guest, "a", 11)))
        .isEqualTo(
            "53400 a value of 11 bytes is larger than the 10 that module text may keep (limit"
                + " value_size)");
    assertThat(recorder.seen).isEmpty();
    ok(set(guest, "a", 10));
    ok(get(guest, "\u00e4".repeat(512)));
    Guest greedy = guest(scoped(Map.of("value_size", "1GB")));
    assertThat(error(set(greedy, "a", (1 << 20) + 1))).contains("larger than the 1048576 that");
  }

  @Test
  void the_largest_of_several_quotas_holds() {
    Guest guest =
        guest(
            scoped(Map.of("prefix", "a/", "quota", "1KB")),
            scoped(Map.of("prefix", List.of("a/b/", "c/"), "quota", "2KB")));
    ok(set(guest, "a/x", 1));
    ok(set(guest, "a/b/x", 1));
    assertThat(recorder.seen)
        .containsExactly("set text a/x 1 within 1024", "set text a/b/x 1 within 2048");
  }

  @Test
  void an_error_that_a_guest_is_told_is_remembered_for_the_statement() {
    Guest guest = guest(Grant.of(Capability.KV));
    String told = error(get(guest, ""));
    assertThat(guest.host().statement().hasTold("22023", told.substring(6))).isTrue();
    assertThat(guest.host().statement().hasTold("53400", told.substring(6))).isFalse();
  }

  @Test
  void on_load_has_no_store() {
    Guest guest = guest(Grant.of(Capability.KV));
    guest.host().loading(true);
    assertThat(error(get(guest, "a"))).startsWith("0A000 on-load cannot use kv");
    guest.host().loading(false);
    ok(get(guest, "a"));
    assertThat(recorder.seen).hasSize(1);
  }

  @Test
  void the_types_are_the_contract_s() throws Exception {
    WitTypes contract = WitTypes.of(List.of(contract("types.wit"), contract("services.wit")));
    assertThat(WitTypes.of(List.of(kv.wit())).get("calcite:extension/kv").functions())
        .isEqualTo(contract.get("calcite:extension/kv").functions());
  }

  private static String contract(String file) throws Exception {
    try (InputStream in = Guests.class.getResourceAsStream("wit/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    }
  }

  private Object get(Guest guest, String key) {
    return guest.call(kv, "get", key);
  }

  private Object set(Guest guest, String key, int size) {
    byte[] value = new byte[size];
    Arrays.fill(value, (byte) 1);
    return guest.call(kv, "set", key, value);
  }

  private static @Nullable Object ok(Object r) {
    assertThat(((ResultValue) r).isOk()).isTrue();
    return ((ResultValue) r).value();
  }

  private static String error(Object result) {
    assertThat(((ResultValue) result).isOk()).isFalse();
    Object[] error = (Object[]) Objects.requireNonNull(((ResultValue) result).value());
    return error[0] + " " + error[1];
  }

  private static void denied(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .hasMessageContaining(part)
        .isInstanceOfSatisfying(
            HostDenied.class, denied -> assertThat(denied.capability()).isEqualTo("kv"));
  }
}
