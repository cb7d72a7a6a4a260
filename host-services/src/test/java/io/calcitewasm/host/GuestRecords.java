package io.calcitewasm.host;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what a module's guests write to the log, as {@code LEVEL message}. */
public final class GuestRecords extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new ArrayList<>();

  private GuestRecords(Logger logger) {
    this.logger = logger;
  }

  /** Listens to one module, at every level, until closed. */
  public static GuestRecords of(String module) {
    Logger logger = Logger.getLogger("calcitewasm.guest." + module);
    GuestRecords records = new GuestRecords(logger);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(records);
    return records;
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Forgets what was written so far. */
  public void clear() {
    lines.clear();
  }

  /** Switches off what is below a level. */
  public void keepFrom(Level level) {
    logger.setLevel(level);
  }

  @Override
  public void publish(LogRecord record) {
    lines.add(record.getLevel() + " " + record.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }
}
