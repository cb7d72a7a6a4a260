package io.calcitewasm.host.context;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.Level;

/**
 * One of a guest's output streams: bytes become lines, lines become log records. Bytes that are not
 * UTF-8 show as U+FFFD. At most {@link LogBudget#BYTES} of an unfinished line are kept: no more
 * could be logged.
 */
public final class LineWriter {
  private final GuestLog log;
  private final Level level;
  private final String prefix;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean cut;

  LineWriter(GuestLog log, Level level, String prefix) {
    this.log = log;
    this.level = level;
    this.prefix = prefix;
  }

  /** Takes bytes; each finished line is logged at once. */
  public void write(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, start, i);
        emit();
        start = i + 1;
      }
    }
    keep(bytes, start, bytes.length);
  }

  /** Logs the unfinished line, if there is one. */
  public void finish() {
    if (line.size() > 0) {
      emit();
    }
  }

  private void keep(byte[] bytes, int start, int end) {
    int room = LogBudget.BYTES - line.size();
    line.write(bytes, start, Math.min(room, end - start));
    cut |= end - start > room;
  }

  private void emit() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    // A line that was cut is longer than the budget: let the log see that.
    log.log(level, prefix, cut ? whole + "…" : whole);
    cut = false;
  }
}
