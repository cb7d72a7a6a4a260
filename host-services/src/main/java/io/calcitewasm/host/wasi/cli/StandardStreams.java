package io.calcitewasm.host.wasi.cli;

import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.LineWriter;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.io.ByteSink;
import io.calcitewasm.host.wasi.io.ByteSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code wasi:cli/stdin}, {@code stdout}, {@code stderr} and the {@code terminal-…} interfaces that
 * ask whether one of them is a terminal.
 */
public final class StandardStreams {
  private static final String STDIN =
      """
      package wasi:cli;
      interface stdin {
        use wasi:io/streams.{input-stream};
        get-stdin: func() -> input-stream;
      }
      """;

  private static final String OUTPUT =
      """
      package wasi:cli;
      interface %1$s {
        use wasi:io/streams.{output-stream};
        get-%1$s: func() -> output-stream;
      }
      """;

  private static final String TERMINAL =
      """
      package wasi:cli;
      interface %1$s { resource %1$s; }
      """;

  private static final String TERMINAL_STREAM =
      """
      package wasi:cli;
      interface terminal-%1$s {
        use terminal-%2$s.{terminal-%2$s};
        get-terminal-%1$s: func() -> option<terminal-%2$s>;
      }
      """;

  private StandardStreams() {}

  /** The services. */
  public static List<Service> services() {
    return List.of(
        builder("stdin", STDIN).function("get-stdin", (_, _) -> ByteSource.EMPTY).build(),
        output("stdout", HostContext::stdout),
        output("stderr", HostContext::stderr),
        terminal("terminal-input"),
        terminal("terminal-output"),
        terminalStream("stdin", "input"),
        terminalStream("stdout", "output"),
        terminalStream("stderr", "output"));
  }

  private static Service output(String name, Function<HostContext, LineWriter> lines) {
    return builder(name, OUTPUT.formatted(name))
        .function("get-" + name, (host, _) -> (ByteSink) lines.apply(host)::write)
        .build();
  }

  private static Service terminal(String name) {
    return builder(name, TERMINAL.formatted(name)).build();
  }

  private static Service terminalStream(String stream, String direction) {
    return builder("terminal-" + stream, TERMINAL_STREAM.formatted(stream, direction))
        .function("get-terminal-" + stream, (_, _) -> Optional.empty())
        .build();
  }

  private static Service.Builder builder(String name, String wit) {
    return Service.builder("wasi:cli/" + name + "@0.2.12", wit);
  }
}
