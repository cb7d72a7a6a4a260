package io.calcitewasm.host.wasi.filesystem;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.provision.FileTree.File;
import io.calcitewasm.host.provision.FileTree.Folder;
import io.calcitewasm.host.provision.FileTree.Node;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.filesystem.Descriptor.Place;
import io.calcitewasm.host.wasi.filesystem.Descriptor.Place.Nowhere;
import io.calcitewasm.policy.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code wasi:filesystem/types} and {@code preopens}: one preopened directory {@code /}, read-only,
 * with the files that the module's grants show, so that it is empty without any. Operations fail as
 * they do on such directories elsewhere: what does not exist is {@code no-entry}, what would change
 * something is {@code read-only}, what leads out of a directory is {@code not-permitted}. Each one
 * asks whether the capability has been revoked.
 */
public final class FilesystemTypes {
  private static final int DIRECTORY = 3;
  private static final int REGULAR_FILE = 6;

  private static final int READ = 1;
  private static final int WRITE = 1 << 1;
  private static final int MUTATE_DIRECTORY = 1 << 5;

  private static final int OPEN_CREATE = 1;
  private static final int OPEN_DIRECTORY = 1 << 1;
  private static final int OPEN_TRUNCATE = 1 << 3;

  /** The most that one read hands out; a guest that wants more reads again. */
  static final int CHUNK = 64 * 1024;

  private static final ResultValue DONE = ResultValue.ok(null);

  private FilesystemTypes() {}

  /** {@code wasi:filesystem/preopens}. */
  public static Service preopens() {
    return Service.builder("wasi:filesystem/preopens@0.2.12", FilesystemWit.PREOPENS)
        .function(
            "get-directories",
            (host, _) ->
                List.of((Object) new Object[] {new Descriptor(host.files().root(), READ), "/"}))
        .build();
  }

  /** {@code wasi:filesystem/types}. */
  public static Service types() {
    Service.Builder types = Service.builder("wasi:filesystem/types@0.2.12", FilesystemWit.TYPES);
    open(types);
    paths(types);
    return types
        .function(
            "[method]directory-entry-stream.read-directory-entry",
            (host, args) -> {
              host.check(Capability.FILESYSTEM);
              return ResultValue.ok(((DirectoryEntries) args[0]).next());
            })
        .onDrop("directory-entry-stream", entries -> ((DirectoryEntries) entries).drop())
        // No stream here fails with an error of the file system.
        .function("filesystem-error-code", (_, _) -> Optional.empty())
        .build();
  }

  /** What is asked of something that is open. */
  private static void open(Service.Builder types) {
    method(types, "read-via-stream", FilesystemTypes::stream);
    method(types, "read", FilesystemTypes::read);
    // No descriptor is open for writing.
    for (String writing : List.of("write-via-stream", "append-via-stream", "write", "set-size")) {
      method(types, writing, (_, _, _) -> ErrorCode.BAD_DESCRIPTOR.err());
    }
    method(
        types,
        "advise",
        (_, open, _) -> open.node() instanceof File ? DONE : ErrorCode.BAD_DESCRIPTOR.err());
    method(types, "set-times", (_, _, _) -> ErrorCode.READ_ONLY.err());
    method(types, "sync", (_, _, _) -> DONE);
    method(types, "sync-data", (_, _, _) -> DONE);
    method(types, "get-flags", (_, open, _) -> ResultValue.ok(open.flags()));
    method(types, "get-type", (_, open, _) -> ResultValue.ok(type(open.node())));
    method(types, "stat", (_, open, _) -> ResultValue.ok(stat(open.node())));
    method(types, "metadata-hash", (_, open, _) -> ResultValue.ok(metadataHash(open.node())));
    method(
        types,
        "is-same-object",
        (_, open, args) -> args[1] instanceof Descriptor other && other.node() == open.node());
    method(
        types,
        "read-directory",
        (host, open, _) ->
            open.node() instanceof Folder folder
                ? ResultValue.ok(new DirectoryEntries(host.memory(), folder))
                : ErrorCode.NOT_DIRECTORY.err());
  }

  /** What is asked by path. */
  private static void paths(Service.Builder types) {
    existing(types, "stat-at", 2, node -> ResultValue.ok(stat(node)));
    existing(types, "metadata-hash-at", 2, node -> ResultValue.ok(metadataHash(node)));
    existing(types, "set-times-at", 2, _ -> ErrorCode.READ_ONLY.err());
    existing(types, "readlink-at", 1, _ -> ErrorCode.INVALID.err());
    existing(types, "unlink-file-at", 1, node -> either(node, ErrorCode.IS_DIRECTORY));
    // A directory that is open can neither be removed nor renamed, here or on any system.
    existing(types, "remove-directory-at", 1, node -> changed(node, ErrorCode.NOT_DIRECTORY));
    existing(types, "rename-at", 1, node -> changed(node, ErrorCode.READ_ONLY));
    existing(types, "link-at", 2, node -> either(node, ErrorCode.NOT_PERMITTED));
    method(types, "create-directory-at", (_, open, args) -> created(open, (String) args[1]));
    method(
        types,
        "symlink-at",
        (_, open, args) ->
            ((String) args[1]).startsWith("/")
                ? ErrorCode.NOT_PERMITTED.err()
                : created(open, (String) args[2]));
    method(types, "open-at", (_, open, args) -> opened(open, args));
  }

  private static ResultValue either(Node node, ErrorCode ofFolder) {
    return node instanceof Folder ? ofFolder.err() : ErrorCode.READ_ONLY.err();
  }

  private static ResultValue changed(Node node, ErrorCode ofFile) {
    return node instanceof Folder ? ErrorCode.INVALID.err() : ofFile.err();
  }

  private static ResultValue opened(Descriptor from, Object[] args) {
    Place place = from.locate((String) args[2]);
    int open = (Integer) args[3];
    int flags = (Integer) args[4];
    if (place == Nowhere.MALFORMED || place == Nowhere.OUTSIDE) {
      return missing((Nowhere) place);
    }
    if ((open & (OPEN_CREATE | OPEN_TRUNCATE)) != 0 || (flags & (WRITE | MUTATE_DIRECTORY)) != 0) {
      return ErrorCode.READ_ONLY.err();
    }
    return switch (place) {
      case Place.There(Node node) ->
          node instanceof File && (open & OPEN_DIRECTORY) != 0
              ? ErrorCode.NOT_DIRECTORY.err()
              : ResultValue.ok(new Descriptor(node, flags & READ));
      case Nowhere nowhere -> missing(nowhere);
    };
  }

  private static ResultValue read(HostContext host, Descriptor open, Object[] args) {
    if (!(open.node() instanceof File file)) {
      return ErrorCode.IS_DIRECTORY.err();
    }
    if ((open.flags() & READ) == 0) {
      return ErrorCode.BAD_DESCRIPTOR.err();
    }
    byte[] bytes = part(file, (Long) args[2], (Long) args[1], CHUNK);
    boolean end =
        Long.compareUnsigned((Long) args[2], (long) file.content().length - bytes.length) >= 0;
    return ResultValue.ok(new Object[] {bytes, end});
  }

  private static ResultValue stream(HostContext host, Descriptor open, Object[] args) {
    if (!(open.node() instanceof File file)) {
      return ErrorCode.IS_DIRECTORY.err();
    }
    return (open.flags() & READ) == 0
        ? ErrorCode.BAD_DESCRIPTOR.err()
        : ResultValue.ok(new FileStream(host, file, (Long) args[1]));
  }

  /** Bytes of a file from an offset on; offset and length are unsigned. */
  static byte[] part(File file, long offset, long length, int most) {
    byte[] content = file.content();
    if (Long.compareUnsigned(offset, content.length) >= 0) {
      return new byte[0];
    }
    int from = (int) offset;
    int count = Math.min(content.length - from, most);
    if (Long.compareUnsigned(length, count) < 0) {
      count = (int) length;
    }
    return Arrays.copyOfRange(content, from, from + count);
  }

  /** What making something new of that name answers. */
  private static ResultValue created(Descriptor from, String path) {
    return switch (from.locate(path)) {
      case Place.There _ -> ErrorCode.EXIST.err();
      case Nowhere nowhere ->
          nowhere == Nowhere.MISSING ? ErrorCode.READ_ONLY.err() : missing(nowhere);
    };
  }

  private static ResultValue missing(Nowhere place) {
    return switch (place) {
      case OUTSIDE -> ErrorCode.NOT_PERMITTED.err();
      case MALFORMED -> ErrorCode.INVALID.err();
      case IN_A_FILE -> ErrorCode.NOT_DIRECTORY.err();
      case MISSING, MISSING_PARENT -> ErrorCode.NO_ENTRY.err();
    };
  }

  static int type(Node node) {
    return node instanceof Folder ? DIRECTORY : REGULAR_FILE;
  }

  private static Object[] stat(Node node) {
    Optional<Object> never = Optional.empty();
    long size = node instanceof File file ? file.content().length : 0;
    return new Object[] {type(node), 1L, size, never, never, never};
  }

  /** Of a file, the beginning of its digest. */
  private static Object[] metadataHash(Node node) {
    if (!(node instanceof File file)) {
      return new Object[] {0L, 0L};
    }
    String hex = file.digest().substring("sha256:".length());
    return new Object[] {
      Long.parseUnsignedLong(hex.substring(0, 16), 16),
      Long.parseUnsignedLong(hex.substring(16, 32), 16)
    };
  }

  /** A function on something that exists: what it answers there. */
  private static void existing(
      Service.Builder types, String name, int pathArgument, Function<Node, ResultValue> there) {
    method(
        types,
        name,
        (_, open, args) ->
            switch (open.locate((String) args[pathArgument])) {
              case Place.There(Node node) -> there.apply(node);
              case Nowhere nowhere -> missing(nowhere);
            });
  }

  /** A method of an open descriptor. */
  @FunctionalInterface
  private interface Method {
    Object call(HostContext host, Descriptor open, Object[] args);
  }

  private static void method(Service.Builder types, String name, Method method) {
    types.function(
        "[method]descriptor." + name,
        (host, args) -> {
          host.check(Capability.FILESYSTEM);
          return method.call(host, (Descriptor) args[0], args);
        });
  }
}
