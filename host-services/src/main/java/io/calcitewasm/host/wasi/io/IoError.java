package io.calcitewasm.host.wasi.io;

import io.calcitewasm.host.service.Service;

/**
 * The resource {@code error} of {@code wasi:io/error}.
 *
 * @param debugString for a person who debugs the guest
 */
public record IoError(String debugString) {
  private static final String WIT =
      """
      package wasi:io;
      interface error {
        resource error { to-debug-string: func() -> string; }
      }
      """;

  /** {@code wasi:io/error}. */
  public static Service service() {
    return Service.builder("wasi:io/error@0.2.12", WIT)
        .function("[method]error.to-debug-string", (_, args) -> ((IoError) args[0]).debugString())
        .build();
  }
}
