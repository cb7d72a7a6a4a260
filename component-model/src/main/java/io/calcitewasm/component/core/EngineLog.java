package io.calcitewasm.component.core;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the polyglot engine would print to standard error to the log instead. */
final class EngineLog extends Handler {
  private static final Logger LOG = LoggerFactory.getLogger(EngineLog.class);

  @Override
  public void publish(LogRecord logRecord) {
    LOG.debug("{}: {}", logRecord.getLoggerName(), logRecord.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
