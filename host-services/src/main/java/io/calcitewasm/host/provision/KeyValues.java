package io.calcitewasm.host.provision;

import io.calcitewasm.host.provision.KeyValueScope.Quota;
import java.util.List;
import java.util.Optional;

/**
 * The key-value stores of modules as one statement sees them: what others have committed, with its
 * own changes. Its changes come about with the statement, or not at all. For any number of threads.
 */
public interface KeyValues {
  /** Most bytes of a key in UTF-8. */
  int MOST_KEY_BYTES = 1_024;

  /** Where there is no database to keep anything in. */
  KeyValues NOWHERE =
      new KeyValues() {
        private KeyValueException refusal() {
          return new KeyValueException(
              "0A000", "there is no database here that keeps the entries of modules");
        }

        @Override
        public Optional<byte[]> get(String module, String key) throws KeyValueException {
          throw refusal();
        }

        @Override
        public void set(String module, String key, byte[] value, Quota quota)
            throws KeyValueException {
          throw refusal();
        }

        @Override
        public void delete(String module, String key) throws KeyValueException {
          throw refusal();
        }

        @Override
        public List<String> keys(String module, String prefix, Optional<String> after, int most)
            throws KeyValueException {
          throw refusal();
        }
      };

  /**
   * The value of a key.
   *
   * @throws KeyValueException with the store's SQLSTATE
   */
  Optional<byte[]> get(String module, String key) throws KeyValueException;

  /**
   * Keeps a value.
   *
   * @param value its bytes; not changed afterwards
   * @param quota how much the module may keep
   * @throws KeyValueException 53400 if it would keep more, and with the store's SQLSTATE
   */
  void set(String module, String key, byte[] value, Quota quota) throws KeyValueException;

  /**
   * Takes a key away, if it is there.
   *
   * @throws KeyValueException with the store's SQLSTATE
   */
  void delete(String module, String key) throws KeyValueException;

  /**
   * Keys in the order of their bytes in UTF-8.
   *
   * @param prefix what they begin with
   * @param after the key that they come behind
   * @param most how many at most
   * @throws KeyValueException with the store's SQLSTATE
   */
  List<String> keys(String module, String prefix, Optional<String> after, int most)
      throws KeyValueException;
}
