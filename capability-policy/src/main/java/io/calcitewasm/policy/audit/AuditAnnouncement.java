package io.calcitewasm.policy.audit;

import io.calcitewasm.policy.document.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells events to flight recordings and, as one line each, to the log {@code calcitewasm.audit}.
 */
public final class AuditAnnouncement implements AuditSink {
  private static final Logger LOG = LoggerFactory.getLogger("calcitewasm.audit");

  @Override
  public void record(AuditEvent event) {
    AuditJfr.commit(event);
    if (LOG.isInfoEnabled()) {
      LOG.info("{}", line(event));
    }
  }

  /** One line, whatever a stranger's words hold. */
  static String line(AuditEvent event) {
    return event.kind()
        + " user="
        + Words.quote(event.user())
        + " module="
        + Words.quote(event.module())
        + " digest="
        + event.digest()
        + (event.sqlState().isEmpty() ? "" : " sqlstate=" + event.sqlState())
        + " "
        + onOneLine(event.detail());
  }

  private static String onOneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(Words.isControl(c) ? ' ' : c));
    return line.toString();
  }
}
