package io.calcitewasm.host.context;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of one guest: the logger {@code calcitewasm.guest.<module>}, bounded by the statement's
 * budget. Past the budget one note says so, and the rest of the statement is silent.
 */
public final class GuestLog {
  private final String module;
  private final Logger logger;
  private final Supplier<LogBudget> budget;

  GuestLog(String module, Supplier<LogBudget> budget) {
    this.module = LogText.escape(module);
    this.logger = LoggerFactory.getLogger("calcitewasm.guest." + this.module);
    this.budget = budget;
  }

  /** Whether records of this level are written. */
  public boolean isEnabled(Level level) {
    return logger.isEnabledForLevel(level);
  }

  /**
   * Writes one record: control characters are escaped, what exceeds the budget is cut. A level that
   * is switched off costs nothing.
   *
   * @param prefix what the record is about; stands before the text as it is
   * @param text what the guest says
   */
  public void log(Level level, String prefix, String text) {
    if (!logger.isEnabledForLevel(level)) {
      return;
    }
    LogBudget statement = budget.get();
    if (!statement.isSpent()) {
      String escaped = escape(prefix) + escape(text);
      int size = LogText.bytes(escaped);
      int granted = statement.take(size);
      logger.atLevel(level).log("{}", granted == size ? escaped : LogText.head(escaped, granted));
      if (granted == size) {
        return;
      }
    }
    if (statement.firstRefusal()) {
      logger.warn(
          "truncated: module {} wrote more than {} KB to its log in this statement",
          module,
          LogBudget.BYTES / 1024);
    }
  }

  /** No more of a text than could be logged: each character costs at least one byte. */
  private static String escape(String text) {
    return LogText.escape(text.substring(0, Math.min(text.length(), LogBudget.BYTES + 1)));
  }
}
