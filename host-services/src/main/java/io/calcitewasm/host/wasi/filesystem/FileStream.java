package io.calcitewasm.host.wasi.filesystem;

import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.provision.FileTree.File;
import io.calcitewasm.host.wasi.io.ByteSource;
import io.calcitewasm.host.wasi.io.StreamException;
import io.calcitewasm.policy.Capability;

/** A file as a stream. Each reading asks whether the capability has been revoked. */
final class FileStream implements ByteSource {
  /** What one costs the host. */
  private static final long SIZE = 128;

  private final HostContext host;
  private final File file;
  private long position;

  FileStream(HostContext host, File file, long offset) {
    host.memory().take(SIZE);
    this.host = host;
    this.file = file;
    this.position = offset;
  }

  @Override
  public byte[] read(int most) throws StreamException {
    host.check(Capability.FILESYSTEM);
    byte[] bytes = FilesystemTypes.part(file, position, most, most);
    if (bytes.length == 0 && Long.compareUnsigned(position, file.content().length) >= 0) {
      throw StreamException.closed();
    }
    position += bytes.length;
    return bytes;
  }

  @Override
  public void drop() {
    host.memory().give(SIZE);
  }
}
