package io.calcitewasm.host.logging;

import io.calcitewasm.host.service.Service;
import org.slf4j.event.Level;

/**
 * {@code calcite:extension/logging@0.1.0}: a guest's records go to the logger {@code
 * calcitewasm.guest.<module>}, bounded per statement, control characters escaped.
 */
public final class Logging {
  private static final String WIT =
      """
      package calcite:extension;
      interface logging {
        enum level { trace, debug, info, warn, error }
        log: func(level: level, context: string, message: string);
        enabled: func(level: level) -> bool;
      }
      """;

  /** Indexed by the labels of {@code level}. */
  private static final Level[] LEVELS = {
    Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR
  };

  private Logging() {}

  /** The service. */
  public static Service service() {
    return Service.builder("calcite:extension/logging@0.1.0", WIT)
        .function(
            "log",
            (host, args) -> {
              String context = (String) args[1];
              host.log().log(
                  LEVELS[(Integer) args[0]],
                  context.isEmpty() ? "" : context + ": ",
                  (String) args[2]);
              return null;
            })
        .function("enabled", (host, args) -> host.log().isEnabled(LEVELS[(Integer) args[0]]))
        .build();
  }
}
