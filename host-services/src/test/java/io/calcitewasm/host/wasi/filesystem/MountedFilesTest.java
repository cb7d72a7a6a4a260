package io.calcitewasm.host.wasi.filesystem;

import static io.calcitewasm.host.wasi.filesystem.Descriptors.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.CustomSection;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.io.Streams;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are packed with a module, and attempts to reach more than is granted of them. */
class MountedFilesTest {
  private static final int READ = 1;
  private static final PackedFiles FILES =
      PackedFiles.of(
          List.of(
              file("/top", "top"),
              file("/words/en", "one two"),
              file("/words/deep/x", "x"),
              file("/other/y", "y"),
              file("/words2/z", "z")));

  private final Service types = FilesystemTypes.types();
  private Guest guest = granted(Map.of("read", "module:/words"));

  private static CustomSection file(String path, String content) {
    return new CustomSection(PackedFiles.SECTION + path, content.getBytes(UTF_8), true, 8);
  }

  private static Guest granted(Map<String, ?> scope) {
    return granted(Grant.parse("filesystem", scope));
  }

  private static Guest granted(Grant... grants) {
    return Guest.of(
        Guest.context().provision(Provision.of(List.of(grants), Map.of(), FILES)).build());
  }

  @Test
  void what_is_granted_is_there_and_nothing_else() {
    assertThat(names(".")).containsExactly("words");
    assertThat(names("words")).containsExactly("deep", "en");
    assertThat(text("words/en")).isEqualTo("one two");
    assertThat(text("words/deep/../en")).isEqualTo("one two");
    assertThat(text("./words//deep/x")).isEqualTo("x");
    for (String hidden : List.of("top", "other/y", "words2/z", "words/../other/y")) {
      assertThat(open(hidden)).as(hidden).isEqualTo(error("no-entry"));
    }
  }

  @Test
  void without_grant_the_root_is_empty() {
    guest = granted();
    assertThat(names(".")).isEmpty();
    assertThat(open("words/en")).isEqualTo(error("no-entry"));
  }

  @Test
  void a_mount_has_the_place_that_the_grant_says() {
    guest = granted(Map.of("read", List.of("module:/words as /in", "module:/top as /in/t")));
    assertThat(names(".")).containsExactly("in");
    assertThat(text("in/en")).isEqualTo("one two");
    assertThat(text("in/t")).isEqualTo("top");
    assertThat(open("words/en")).isEqualTo(error("no-entry"));
    guest = granted(Map.of());
    assertThat(names(".")).containsExactly("other", "top", "words", "words2");
    guest = granted(Map.of("read", "module:/nothing"));
    assertThat(names(".")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, not-permitted",
    "/words/en, not-permitted",
    "../words/en, not-permitted",
    "words/../../etc/passwd, not-permitted",
    "words/deep/../../../etc/passwd, not-permitted",
    "words/missing/../../../etc/passwd, no-entry",
    "words/en/.., not-directory",
    "words/en/, not-directory",
    "words/en/x, not-directory",
    "words/EN, no-entry",
    "words\\en, no-entry",
    "'words/en ', no-entry",
    "words/%65n, no-entry",
    "..words, no-entry",
  })
  void paths_lead_nowhere_else(String path, String code) {
    assertThat(open(path)).isEqualTo(error(code));
    assertThat(on(Descriptors.root(guest), "stat-at", 1, path)).isEqualTo(error(code));
    assertThat(on(Descriptors.root(guest), "readlink-at", path)).isEqualTo(error(code));
  }

  @Test
  void a_directory_is_a_cage() {
    Object words = opened("words");
    assertThat(on(words, "open-at", 1, "../words/en", 0, READ)).isEqualTo(error("not-permitted"));
    assertThat(on(words, "open-at", 1, "deep/../../words", 0, READ))
        .isEqualTo(error("not-permitted"));
    assertThat(on(opened("words/en"), "open-at", 1, "..", 0, READ))
        .isEqualTo(error("not-directory"));
  }

  @Test
  void nothing_can_be_changed() {
    Object file = opened("words/en");
    assertThat(on(file, "write", new byte[1], 0L)).isEqualTo(error("bad-descriptor"));
    assertThat(on(file, "set-size", 0L)).isEqualTo(error("bad-descriptor"));
    assertThat(on(Descriptors.root(guest), "open-at", 1, "words/en", 0, 2))
        .isEqualTo(error("read-only"));
    assertThat(on(Descriptors.root(guest), "open-at", 1, "words/en", 8, READ))
        .isEqualTo(error("read-only"));
    assertThat(on(Descriptors.root(guest), "open-at", 1, "words/new", 1, READ))
        .isEqualTo(error("read-only"));
    assertThat(on(Descriptors.root(guest), "unlink-file-at", "words/en"))
        .isEqualTo(error("read-only"));
    assertThat(on(Descriptors.root(guest), "rename-at", "words/en", Descriptors.root(guest), "a"))
        .isEqualTo(error("read-only"));
    assertThat(on(Descriptors.root(guest), "symlink-at", "../../etc", "words/a"))
        .isEqualTo(error("read-only"));
    assertThat(on(Descriptors.root(guest), "link-at", 0, "words/en", Descriptors.root(guest), "a"))
        .isEqualTo(error("read-only"));
    assertThat(on(Descriptors.root(guest), "remove-directory-at", "words/en"))
        .isEqualTo(error("not-directory"));
    assertThat(on(Descriptors.root(guest), "create-directory-at", "words"))
        .isEqualTo(error("exist"));
    assertThat(text("words/en")).isEqualTo("one two");
  }

  @Test
  void a_file_tells_what_it_is() {
    Object file = opened("words/en");
    assertThat(on(file, "get-type")).isEqualTo(ResultValue.ok(6));
    assertThat(((Object[]) value(on(file, "stat")))[2]).isEqualTo(7L);
    assertThat(on(file, "metadata-hash")).isNotEqualTo(on(opened("words/deep/x"), "metadata-hash"));
    assertThat(on(file, "is-same-object", opened("words/en"))).isEqualTo(true);
    assertThat(on(file, "is-same-object", opened("words"))).isEqualTo(false);
    assertThat(on(Descriptors.root(guest), "open-at", 1, "words/en", 2, READ))
        .isEqualTo(error("not-directory"));
    assertThat(on(file, "read-directory")).isEqualTo(error("not-directory"));
  }

  @Test
  void a_file_is_read_from_where_it_is_wanted() {
    Object file = opened("words/en");
    assertThat(read(file, 3, 4)).isEqualTo("two true");
    assertThat(read(file, 3, 3)).isEqualTo(" tw false");
    assertThat(read(file, 100, 7)).isEqualTo(" true");
    assertThat(read(file, -1, 0)).isEqualTo("one two true");
    assertThat(read(file, 10, -1)).isEqualTo(" true");
    assertThat(read(file, 0, 0)).isEqualTo(" false");
    Object unread = value(on(Descriptors.root(guest), "open-at", 1, "words/en", 0, 0));
    assertThat(on(unread, "read", 1L, 0L)).isEqualTo(error("bad-descriptor"));
  }

  @Test
  void a_stream_reads_a_file_and_is_accounted_for() {
    long before = guest.host().memory().used();
    Object stream = value(on(opened("words/en"), "read-via-stream", 4L));
    assertThat(guest.host().memory().used()).isGreaterThan(before);
    Service streams = Streams.service();
    String read = "[method]input-stream.blocking-read";
    assertThat(new String((byte[]) value(guest.call(streams, read, stream, 2L)), UTF_8))
        .isEqualTo("tw");
    assertThat(new String((byte[]) value(guest.call(streams, read, stream, 9L)), UTF_8))
        .isEqualTo("o");
    assertThat(((ResultValue) guest.call(streams, read, stream, 9L)).isOk()).isFalse();
    Objects.requireNonNull(streams.drops().get("input-stream")).accept(stream);
    assertThat(guest.host().memory().used()).isEqualTo(before);
  }

  @Test
  void what_is_revoked_is_refused_at_the_next_call() {
    Object file = opened("words/en");
    Object stream = value(on(file, "read-via-stream", 0L));
    Object entries = value(on(opened("words"), "read-directory"));
    guest.host().grants().revoke(Capability.FILESYSTEM);
    refused(() -> on(file, "read", 10L, 0L));
    refused(() -> on(file, "stat"));
    refused(() -> guest.call(Streams.service(), "[method]input-stream.blocking-read", stream, 1L));
    refused(
        () -> guest.call(types, "[method]directory-entry-stream.read-directory-entry", entries));
    refused(() -> guest.call(FilesystemTypes.preopens(), "get-directories"));
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(HostDenied.class)
        .hasMessageContaining("capability filesystem, which was revoked");
  }

  private String text(String path) {
    return new String((byte[]) ((Object[]) value(on(opened(path), "read", 99L, 0L)))[0], UTF_8);
  }

  private String read(Object file, long length, long offset) {
    Object[] answer = (Object[]) value(on(file, "read", length, offset));
    return new String((byte[]) answer[0], UTF_8) + " " + answer[1];
  }

  private List<String> names(String path) {
    Object entries = value(on(opened(path), "read-directory"));
    List<String> names = new ArrayList<>();
    while (true) {
      Optional<?> entry =
          (Optional<?>)
              value(
                  guest.call(
                      types, "[method]directory-entry-stream.read-directory-entry", entries));
      if (entry.isEmpty()) {
        return names;
      }
      names.add((String) ((Object[]) entry.get())[1]);
    }
  }

  private Object open(String path) {
    return on(Descriptors.root(guest), "open-at", 1, path, 0, READ);
  }

  private Object opened(String path) {
    return value(open(path));
  }

  private static Object value(Object result) {
    ResultValue answer = (ResultValue) result;
    assertThat(answer.isOk()).isTrue();
    return Objects.requireNonNull(answer.value());
  }

  private Object on(Object descriptor, String method, Object... args) {
    return Descriptors.call(guest, descriptor, method, args);
  }
}
