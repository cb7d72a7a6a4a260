package io.calcitewasm.host.kv;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.provision.KeyValueException;
import io.calcitewasm.host.provision.KeyValueScope.Quota;
import io.calcitewasm.host.provision.KeyValues;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.service.ServiceFunction;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.document.Words;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code calcite:extension/kv@0.1.0}: the entries of the module that calls, within its grants. What
 * is not granted is 42501; a quota is told to the guest, which may do without.
 */
public final class KeyValueStore {
  private static final String WIT =
      """
      package calcite:extension;
      interface kv {
        record error { sqlstate: string, message: string }
        get: func(key: string) -> result<option<list<u8>>, error>;
        set: func(key: string, value: list<u8>) -> result<_, error>;
        delete: func(key: string) -> result<_, error>;
        list-keys: func(prefix: string, after: option<string>, limit: u32)
            -> result<list<string>, error>;
      }
      """;

  /** The most keys that are listed at once; a guest that wants more lists again. */
  public static final int MOST_KEYS = 1_000;

  private KeyValueStore() {}

  /** The service. */
  public static Service service() {
    return Service.builder("calcite:extension/kv@0.1.0", WIT)
        .function("get", on("get", KeyValueStore::get))
        .function("set", on("set", KeyValueStore::set))
        .function("delete", on("delete", KeyValueStore::delete))
        .function("list-keys", on("list", KeyValueStore::keys))
        .build();
  }

  private static Object get(HostContext host, String key, Object[] args, Quota quota)
      throws KeyValueException {
    return values(host).get(host.module(), key(key));
  }

  private static @Nullable Object set(HostContext host, String key, Object[] args, Quota quota)
      throws KeyValueException {
    byte[] value = (byte[]) args[1];
    if (value.length > quota.valueBytes()) {
      throw new KeyValueException(
          "53400",
          "a value of "
              + value.length
              + " bytes is larger than the "
              + quota.valueBytes()
              + " that module "
              + host.module()
              + " may keep (limit value_size)");
    }
    values(host).set(host.module(), key(key), value, quota);
    return null;
  }

  private static @Nullable Object delete(HostContext host, String key, Object[] args, Quota quota)
      throws KeyValueException {
    values(host).delete(host.module(), key(key));
    return null;
  }

  private static Object keys(HostContext host, String prefix, Object[] args, Quota quota)
      throws KeyValueException {
    Optional<String> after = ((Optional<?>) args[1]).map(String.class::cast);
    int most = (int) Math.min((Long) args[2], MOST_KEYS);
    List<String> keys = values(host).keys(host.module(), prefix, after, most);
    return List.<Object>copyOf(keys);
  }

  private static KeyValues values(HostContext host) throws KeyValueException {
    if (host.isLoading()) {
      throw new KeyValueException(
          "0A000",
          "on-load cannot use kv: every instance runs it, outside of the statement's transaction");
    }
    return host.statement().keyValues();
  }

  private static String key(String key) throws KeyValueException {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > KeyValues.MOST_KEY_BYTES) {
      throw new KeyValueException(
          "22023", "a key has 1 to " + KeyValues.MOST_KEY_BYTES + " bytes in UTF-8, not " + bytes);
    }
    return key;
  }

  /** What a function answers where it does not fail. */
  @FunctionalInterface
  private interface Operation {
    @Nullable Object run(HostContext host, String key, Object[] args, Quota quota)
        throws KeyValueException;
  }

  /** A function that first asks whether its verb and key are granted. */
  private static ServiceFunction on(String verb, Operation operation) {
    return (host, args) -> {
      host.check(Capability.KV);
      String key = (String) args[0];
      Optional<Quota> quota = host.keyValues().quota(verb, key);
      if (quota.isEmpty()) {
        throw HostDenied.beyond(
            host, Capability.KV.sqlName(), verb + " of the key " + Words.quote(key));
      }
      try {
        return ResultValue.ok(operation.run(host, key, args, quota.get()));
      } catch (KeyValueException e) {
        host.statement().tell(e.sqlState(), e.getMessage());
        return ResultValue.err(new Object[] {e.sqlState(), e.getMessage()});
      }
    };
  }
}
