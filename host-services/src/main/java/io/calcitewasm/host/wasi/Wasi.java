package io.calcitewasm.host.wasi;

import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.cli.CommandLine;
import io.calcitewasm.host.wasi.cli.StandardStreams;
import io.calcitewasm.host.wasi.clocks.MonotonicClock;
import io.calcitewasm.host.wasi.clocks.WallClock;
import io.calcitewasm.host.wasi.filesystem.FilesystemTypes;
import io.calcitewasm.host.wasi.http.HttpTypes;
import io.calcitewasm.host.wasi.io.IoError;
import io.calcitewasm.host.wasi.io.Poll;
import io.calcitewasm.host.wasi.io.Streams;
import io.calcitewasm.host.wasi.random.RandomNumbers;
import io.calcitewasm.host.wasi.sockets.DeniedSockets;
import java.util.List;
import java.util.stream.Stream;

/** Everything of WASI 0.2 that is served. */
public final class Wasi {
  private Wasi() {}

  /** The services: always the same interfaces, whatever is granted. */
  public static List<Service> services() {
    return Stream.of(
            List.of(IoError.service(), Poll.service(), Streams.service()),
            List.of(CommandLine.environment(), CommandLine.exit()),
            StandardStreams.services(),
            List.of(MonotonicClock.service(), WallClock.wallClock(), WallClock.timezone()),
            RandomNumbers.services(),
            List.of(FilesystemTypes.preopens(), FilesystemTypes.types()),
            DeniedSockets.services(),
            HttpTypes.services())
        .flatMap(List::stream)
        .toList();
  }
}
