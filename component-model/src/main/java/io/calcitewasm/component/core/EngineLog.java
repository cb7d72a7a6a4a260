package io.calcitewasm.component.core;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Sends what the polyglot engine would print to standard error to the log instead. */
final class EngineLog extends Handler {

  @Override
  public void publish(LogRecord logRecord) {
    // Below a warning the engine only introduces itself; the log is not even touched for that,
    // because a logging facade without a provider prints a complaint of its own.
    if (logRecord.getLevel().intValue() >= Level.WARNING.intValue()) {
      LoggerFactory.getLogger(EngineLog.class)
          .debug("{}: {}", logRecord.getLoggerName(), logRecord.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
