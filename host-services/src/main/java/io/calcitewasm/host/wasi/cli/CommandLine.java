package io.calcitewasm.host.wasi.cli;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.context.GuestTrap;
import io.calcitewasm.host.service.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code wasi:cli/environment} and {@code wasi:cli/exit}: what a program asks of whoever started
 * it. Nobody started a guest as a program, so to exit is to trap.
 */
public final class CommandLine {
  private static final String ENVIRONMENT =
      """
      package wasi:cli;
      interface environment {
        get-environment: func() -> list<tuple<string, string>>;
        get-arguments: func() -> list<string>;
        initial-cwd: func() -> option<string>;
      }
      """;

  private static final String EXIT =
      """
      package wasi:cli;
      interface exit {
        exit: func(status: result);
        exit-with-code: func(status-code: u8);
      }
      """;

  private CommandLine() {}

  /** {@code wasi:cli/environment}. */
  public static Service environment() {
    return Service.builder("wasi:cli/environment@0.2.12", ENVIRONMENT)
        .function("get-environment", (host, _) -> pairs(host.environment()))
        .function("get-arguments", (_, _) -> List.of())
        .function("initial-cwd", (_, _) -> Optional.empty())
        .build();
  }

  private static List<Object> pairs(Map<String, String> variables) {
    return variables.entrySet().stream()
        .<Object>map(variable -> new Object[] {variable.getKey(), variable.getValue()})
        .toList();
  }

  /** {@code wasi:cli/exit}. */
  public static Service exit() {
    return Service.builder("wasi:cli/exit@0.2.12", EXIT)
        .function(
            "exit",
            (_, args) -> {
              throw exited(((ResultValue) args[0]).isOk() ? "success" : "failure");
            })
        .function(
            "exit-with-code",
            (_, args) -> {
              throw exited("status " + args[0]);
            })
        .build();
  }

  private static RuntimeException exited(String status) {
    return GuestTrap.because("the guest called exit (" + status + ") instead of returning");
  }
}
