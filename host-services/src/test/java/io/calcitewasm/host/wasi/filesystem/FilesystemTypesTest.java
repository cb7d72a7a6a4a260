package io.calcitewasm.host.wasi.filesystem;

import static io.calcitewasm.host.wasi.filesystem.Descriptors.error;
import static io.calcitewasm.host.wasi.filesystem.Descriptors.label;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.Wasi;
import io.calcitewasm.host.wasi.io.IoError;
import io.calcitewasm.host.wit.WitTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemTypesTest {
  private static final int FOLLOW = 1;
  private static final int NO_FLAGS = 0;
  private static final int CREATE = 1;
  private static final int OPEN_DIRECTORY = 2;
  private static final int EXCLUSIVE = 4;
  private static final int TRUNCATE = 8;
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int MUTATE = 32;
  private static final int DIRECTORY = 3;
  private static final VariantValue NOW = new VariantValue(1, null);
  private static final ResultValue DONE = ResultValue.ok(null);

  private final Service types = FilesystemTypes.types();
  private final Guest guest = Guest.withoutGrants();
  private final Object root = Descriptors.root(guest);

  @Test
  void there_is_one_root() {
    List<?> directories = (List<?>) guest.call(FilesystemTypes.preopens(), "get-directories");
    assertThat(directories).hasSize(1);
    assertThat(((Object[]) directories.getFirst())[1]).isEqualTo("/");
  }

  @Test
  void the_root_is_an_empty_directory_that_can_be_read() {
    assertThat(call("get-type")).isEqualTo(ResultValue.ok(DIRECTORY));
    assertThat(call("get-flags")).isEqualTo(ResultValue.ok(READ));
    assertThat(call("stat"))
        .isEqualTo(
            ResultValue.ok(
                new Object[] {
                  DIRECTORY, 1L, 0L, Optional.empty(), Optional.empty(), Optional.empty()
                }));
    Object entries = Objects.requireNonNull(((ResultValue) call("read-directory")).value());
    assertThat(guest.call(types, "[method]directory-entry-stream.read-directory-entry", entries))
        .isEqualTo(ResultValue.ok(Optional.empty()));
  }

  @Test
  void a_directory_is_no_file() {
    assertThat(call("read", 1L, 0L)).isEqualTo(error("is-directory"));
    assertThat(call("read-via-stream", 0L)).isEqualTo(error("is-directory"));
    assertThat(call("write", new byte[1], 0L)).isEqualTo(error("bad-descriptor"));
    assertThat(call("write-via-stream", 0L)).isEqualTo(error("bad-descriptor"));
    assertThat(call("append-via-stream")).isEqualTo(error("bad-descriptor"));
    assertThat(call("set-size", 0L)).isEqualTo(error("bad-descriptor"));
    assertThat(call("advise", 0L, 0L, 0)).isEqualTo(error("bad-descriptor"));
    assertThat(call("sync")).isEqualTo(DONE);
    assertThat(call("sync-data")).isEqualTo(DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "./", "./.", ".//."})
  void the_root_can_be_opened_for_reading(String path) {
    ResultValue opened = open(path, OPEN_DIRECTORY, READ);
    Object descriptor = Objects.requireNonNull(opened.value());
    assertThat(opened.isOk()).isTrue();
    assertThat(guest.call(types, "[method]descriptor.get-type", descriptor))
        .isEqualTo(ResultValue.ok(DIRECTORY));
    assertThat(call("is-same-object", descriptor)).isEqualTo(true);
    assertThat(guest.call(types, "[method]descriptor.metadata-hash", descriptor))
        .isEqualTo(call("metadata-hash"))
        .isEqualTo(call("metadata-hash-at", FOLLOW, path));
    assertThat(((ResultValue) call("stat-at", FOLLOW, path)).isOk()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a, no-entry",
    "a/b, no-entry",
    "a/, no-entry",
    "a/.., no-entry",
    "a/../.., no-entry",
    "./a, no-entry",
    "'', no-entry",
    "/, not-permitted",
    "/etc/passwd, not-permitted",
    ".., not-permitted",
    "./.., not-permitted",
    "../a, not-permitted",
  })
  void what_is_not_there_cannot_be_found(String path, String code) {
    assertThat(open(path, NO_FLAGS, READ)).isEqualTo(error(code));
    assertThat(open(path, OPEN_DIRECTORY, READ)).isEqualTo(error(code));
    assertThat(call("stat-at", FOLLOW, path)).isEqualTo(error(code));
    assertThat(call("metadata-hash-at", NO_FLAGS, path)).isEqualTo(error(code));
    assertThat(call("readlink-at", path)).isEqualTo(error(code));
    assertThat(call("unlink-file-at", path)).isEqualTo(error(code));
    assertThat(call("remove-directory-at", path)).isEqualTo(error(code));
    assertThat(call("rename-at", path, root, "b")).isEqualTo(error(code));
    assertThat(call("link-at", NO_FLAGS, path, root, "b")).isEqualTo(error(code));
    assertThat(call("set-times-at", FOLLOW, path, NOW, NOW)).isEqualTo(error(code));
  }

  @Test
  void a_path_with_NUL_is_invalid() {
    assertThat(open("a\0b", NO_FLAGS, READ)).isEqualTo(error("invalid"));
    assertThat(call("stat-at", FOLLOW, "\0")).isEqualTo(error("invalid"));
    assertThat(call("create-directory-at", "\0")).isEqualTo(error("invalid"));
  }

  @Test
  void nothing_can_be_opened_for_writing() {
    assertThat(open("a", CREATE, WRITE)).isEqualTo(error("read-only"));
    assertThat(open("a", CREATE | EXCLUSIVE, READ | WRITE)).isEqualTo(error("read-only"));
    assertThat(open("a", TRUNCATE, READ)).isEqualTo(error("read-only"));
    assertThat(open("a", NO_FLAGS, WRITE)).isEqualTo(error("read-only"));
    assertThat(open(".", OPEN_DIRECTORY, READ | MUTATE)).isEqualTo(error("read-only"));
    assertThat(open("/tmp/a", CREATE, WRITE)).isEqualTo(error("not-permitted"));
  }

  @ParameterizedTest
  @CsvSource({
    "a, read-only",
    "a/, read-only",
    "./a, read-only",
    "a/b, no-entry",
    "'', no-entry",
    "., exist",
    "/a, not-permitted",
    "../a, not-permitted",
  })
  void nothing_can_be_made(String path, String code) {
    assertThat(call("create-directory-at", path)).isEqualTo(error(code));
    assertThat(call("symlink-at", "target", path)).isEqualTo(error(code));
  }

  @Test
  void the_root_cannot_be_changed() {
    assertThat(call("set-times", NOW, NOW)).isEqualTo(error("read-only"));
    assertThat(call("set-times-at", FOLLOW, ".", NOW, NOW)).isEqualTo(error("read-only"));
    assertThat(call("unlink-file-at", ".")).isEqualTo(error("is-directory"));
    assertThat(call("remove-directory-at", ".")).isEqualTo(error("invalid"));
    assertThat(call("rename-at", ".", root, "a")).isEqualTo(error("invalid"));
    assertThat(call("readlink-at", ".")).isEqualTo(error("invalid"));
    assertThat(call("link-at", NO_FLAGS, ".", root, "a")).isEqualTo(error("not-permitted"));
    assertThat(call("symlink-at", "/etc", "a")).isEqualTo(error("not-permitted"));
  }

  @Test
  void an_error_of_a_stream_is_none_of_the_file_system() {
    assertThat(guest.call(types, "filesystem-error-code", new IoError("x")))
        .isEqualTo(Optional.empty());
  }

  @Test
  void the_error_codes_are_those_of_the_interface() {
    WitTypes wasi = WitTypes.of(Wasi.services().stream().map(Service::wit).toList());
    ValType.ResultType result =
        (ValType.ResultType)
            Objects.requireNonNull(
                    wasi.get("wasi:filesystem/types").functions().get("[method]descriptor.sync"))
                .result()
                .orElseThrow();
    assertThat(result.err())
        .contains(
            new ValType.EnumType(Arrays.stream(ErrorCode.values()).map(c -> label(c)).toList()));
  }

  private ResultValue open(String path, int openFlags, int flags) {
    return (ResultValue) call("open-at", FOLLOW, path, openFlags, flags);
  }

  private Object call(String method, Object... args) {
    return Descriptors.call(guest, root, method, args);
  }
}
