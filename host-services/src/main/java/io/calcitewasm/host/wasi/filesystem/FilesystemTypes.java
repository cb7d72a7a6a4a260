package io.calcitewasm.host.wasi.filesystem;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.service.ServiceFunction;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code wasi:filesystem/types} and {@code preopens}: one preopened directory {@code /}, empty and
 * read-only. Operations fail as they do on such a directory elsewhere: what does not exist is
 * {@code no-entry}, what would change something is {@code read-only}, what leads out of the root is
 * {@code not-permitted}.
 */
public final class FilesystemTypes {
  private static final String TYPES =
      """
      package wasi:filesystem;
      interface types {
        use wasi:io/streams.{input-stream, output-stream, error};
        use wasi:clocks/wall-clock.{datetime};
        type filesize = u64;
        type link-count = u64;
        enum descriptor-type {
          unknown, block-device, character-device, directory, fifo, symbolic-link, regular-file,
          socket,
        }
        flags descriptor-flags {
          read, write, file-integrity-sync, data-integrity-sync, requested-write-sync,
          mutate-directory,
        }
        record descriptor-stat {
          %type: descriptor-type,
          link-count: link-count,
          size: filesize,
          data-access-timestamp: option<datetime>,
          data-modification-timestamp: option<datetime>,
          status-change-timestamp: option<datetime>,
        }
        flags path-flags { symlink-follow }
        flags open-flags { create, directory, exclusive, truncate }
        variant new-timestamp { no-change, now, timestamp(datetime) }
        record directory-entry { %type: descriptor-type, name: string }
        enum error-code {
          access, would-block, already, bad-descriptor, busy, deadlock, quota, exist,
          file-too-large, illegal-byte-sequence, in-progress, interrupted, invalid, io,
          is-directory, loop, too-many-links, message-size, name-too-long, no-device, no-entry,
          no-lock, insufficient-memory, insufficient-space, not-directory, not-empty,
          not-recoverable, unsupported, no-tty, no-such-device, overflow, not-permitted, pipe,
          read-only, invalid-seek, text-file-busy, cross-device,
        }
        enum advice { normal, sequential, random, will-need, dont-need, no-reuse }
        record metadata-hash-value { lower: u64, upper: u64 }
        resource descriptor {
          read-via-stream: func(offset: filesize) -> result<input-stream, error-code>;
          write-via-stream: func(offset: filesize) -> result<output-stream, error-code>;
          append-via-stream: func() -> result<output-stream, error-code>;
          advise: func(offset: filesize, length: filesize, advice: advice)
              -> result<_, error-code>;
          sync-data: func() -> result<_, error-code>;
          get-flags: func() -> result<descriptor-flags, error-code>;
          get-type: func() -> result<descriptor-type, error-code>;
          set-size: func(size: filesize) -> result<_, error-code>;
          set-times: func(access: new-timestamp, modification: new-timestamp)
              -> result<_, error-code>;
          read: func(length: filesize, offset: filesize)
              -> result<tuple<list<u8>, bool>, error-code>;
          write: func(buffer: list<u8>, offset: filesize) -> result<filesize, error-code>;
          read-directory: func() -> result<directory-entry-stream, error-code>;
          sync: func() -> result<_, error-code>;
          create-directory-at: func(path: string) -> result<_, error-code>;
          stat: func() -> result<descriptor-stat, error-code>;
          stat-at: func(how: path-flags, path: string) -> result<descriptor-stat, error-code>;
          set-times-at: func(how: path-flags, path: string, access: new-timestamp,
              modification: new-timestamp) -> result<_, error-code>;
          link-at: func(how: path-flags, old: string, directory: borrow<descriptor>, new: string)
              -> result<_, error-code>;
          open-at: func(how: path-flags, path: string, open: open-flags, %flags: descriptor-flags)
              -> result<descriptor, error-code>;
          readlink-at: func(path: string) -> result<string, error-code>;
          remove-directory-at: func(path: string) -> result<_, error-code>;
          rename-at: func(old: string, directory: borrow<descriptor>, new: string)
              -> result<_, error-code>;
          symlink-at: func(old: string, new: string) -> result<_, error-code>;
          unlink-file-at: func(path: string) -> result<_, error-code>;
          is-same-object: func(other: borrow<descriptor>) -> bool;
          metadata-hash: func() -> result<metadata-hash-value, error-code>;
          metadata-hash-at: func(how: path-flags, path: string)
              -> result<metadata-hash-value, error-code>;
        }
        resource directory-entry-stream {
          read-directory-entry: func() -> result<option<directory-entry>, error-code>;
        }
        filesystem-error-code: func(err: borrow<error>) -> option<error-code>;
      }
      """;

  private static final String PREOPENS =
      """
      package wasi:filesystem;
      interface preopens {
        use types.{descriptor};
        get-directories: func() -> list<tuple<descriptor, string>>;
      }
      """;

  private static final int DIRECTORY = 3;

  private static final int READ = 1;
  private static final int WRITE = 1 << 1;
  private static final int MUTATE_DIRECTORY = 1 << 5;

  private static final int OPEN_CREATE = 1;
  private static final int OPEN_TRUNCATE = 1 << 3;

  private static final ResultValue DONE = ResultValue.ok(null);

  private FilesystemTypes() {}

  /** {@code wasi:filesystem/preopens}. */
  public static Service preopens() {
    return Service.builder("wasi:filesystem/preopens@0.2.12", PREOPENS)
        .function(
            "get-directories", (_, _) -> List.of((Object) new Object[] {new EmptyRoot(READ), "/"}))
        .build();
  }

  /** {@code wasi:filesystem/types}. */
  public static Service types() {
    Service.Builder types = Service.builder("wasi:filesystem/types@0.2.12", TYPES);
    directory(types);
    paths(types);
    return types
        .function(
            "[method]directory-entry-stream.read-directory-entry",
            (_, _) -> ResultValue.ok(Optional.empty()))
        // No stream here fails with an error of the file system.
        .function("filesystem-error-code", (_, _) -> Optional.empty())
        .build();
  }

  /** What is asked of an open directory. */
  private static void directory(Service.Builder types) {
    method(types, "read-via-stream", answer(ErrorCode.IS_DIRECTORY));
    method(types, "read", answer(ErrorCode.IS_DIRECTORY));
    // The descriptor was not opened for writing.
    for (String writing : List.of("write-via-stream", "append-via-stream", "write", "set-size")) {
      method(types, writing, answer(ErrorCode.BAD_DESCRIPTOR));
    }
    method(types, "advise", answer(ErrorCode.BAD_DESCRIPTOR));
    method(types, "set-times", answer(ErrorCode.READ_ONLY));
    method(types, "sync", (_, _) -> DONE);
    method(types, "sync-data", (_, _) -> DONE);
    method(types, "get-flags", (_, args) -> ResultValue.ok(((EmptyRoot) args[0]).flags()));
    method(types, "get-type", (_, _) -> ResultValue.ok(DIRECTORY));
    method(types, "stat", (_, _) -> ResultValue.ok(stat()));
    method(types, "metadata-hash", (_, _) -> ResultValue.ok(metadataHash()));
    method(types, "is-same-object", (_, args) -> args[1] instanceof EmptyRoot);
    method(types, "read-directory", (_, _) -> ResultValue.ok(new EntriesOfNothing()));
  }

  /** What is asked by path. */
  private static void paths(Service.Builder types) {
    method(types, "stat-at", existing(2, () -> ResultValue.ok(stat())));
    method(types, "metadata-hash-at", existing(2, () -> ResultValue.ok(metadataHash())));
    method(types, "set-times-at", existing(2, ErrorCode.READ_ONLY::err));
    method(types, "readlink-at", existing(1, ErrorCode.INVALID::err));
    method(types, "unlink-file-at", existing(1, ErrorCode.IS_DIRECTORY::err));
    // The root itself can neither be removed nor renamed, here or on any system.
    method(types, "remove-directory-at", existing(1, ErrorCode.INVALID::err));
    method(types, "rename-at", existing(1, ErrorCode.INVALID::err));
    method(types, "link-at", existing(2, ErrorCode.NOT_PERMITTED::err));
    method(types, "create-directory-at", (_, args) -> created((String) args[1]));
    method(
        types,
        "symlink-at",
        (_, args) ->
            ((String) args[1]).startsWith("/")
                ? ErrorCode.NOT_PERMITTED.err()
                : created((String) args[2]));
    method(types, "open-at", (_, args) -> open(args));
  }

  private static ResultValue open(Object[] args) {
    EmptyRoot.Place place = EmptyRoot.locate((String) args[2]);
    int open = (Integer) args[3];
    int flags = (Integer) args[4];
    if (place == EmptyRoot.Place.MALFORMED || place == EmptyRoot.Place.OUTSIDE) {
      return missing(place);
    }
    if ((open & (OPEN_CREATE | OPEN_TRUNCATE)) != 0 || (flags & (WRITE | MUTATE_DIRECTORY)) != 0) {
      return ErrorCode.READ_ONLY.err();
    }
    return place == EmptyRoot.Place.ROOT
        ? ResultValue.ok(new EmptyRoot(flags & READ))
        : missing(place);
  }

  /** What making something new of that name answers. */
  private static ResultValue created(String path) {
    EmptyRoot.Place place = EmptyRoot.locate(path);
    return switch (place) {
      case ROOT -> ErrorCode.EXIST.err();
      case MISSING -> ErrorCode.READ_ONLY.err();
      case MISSING_PARENT, OUTSIDE, MALFORMED -> missing(place);
    };
  }

  /** A function on something that exists, which is the root: what it answers there. */
  private static ServiceFunction existing(int pathArgument, Supplier<ResultValue> atRoot) {
    return (_, args) -> {
      EmptyRoot.Place place = EmptyRoot.locate((String) args[pathArgument]);
      return place == EmptyRoot.Place.ROOT ? atRoot.get() : missing(place);
    };
  }

  private static ResultValue missing(EmptyRoot.Place place) {
    return switch (place) {
      case OUTSIDE -> ErrorCode.NOT_PERMITTED.err();
      case MALFORMED -> ErrorCode.INVALID.err();
      case ROOT, MISSING, MISSING_PARENT -> ErrorCode.NO_ENTRY.err();
    };
  }

  private static Object[] stat() {
    Optional<Object> never = Optional.empty();
    return new Object[] {DIRECTORY, 1L, 0L, never, never, never};
  }

  private static Object[] metadataHash() {
    return new Object[] {0L, 0L};
  }

  private static ServiceFunction answer(ErrorCode code) {
    return (_, _) -> code.err();
  }

  private static void method(Service.Builder types, String name, ServiceFunction function) {
    types.function("[method]descriptor." + name, function);
  }

  /** The resource {@code directory-entry-stream} of a directory with nothing in it. */
  private record EntriesOfNothing() {}
}
