package io.calcitewasm.policy.audit;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An event in a flight recording: {@code io.calcitewasm.Audit}. */
@Name(AuditJfr.NAME)
@Label("Audit")
@Category("calcite-wasm")
@Description("A module was loaded, changed, denied something or stopped at a limit")
@Enabled
@StackTrace(false)
final class AuditJfr extends Event {
  static final String NAME = "io.calcitewasm.Audit";

  @Label("Kind")
  private String kind = "";

  @Label("User")
  private String user = "";

  @Label("Module")
  private String module = "";

  @Label("Digest")
  private String digest = "";

  @Label("SQLSTATE")
  private String sqlState = "";

  @Label("Detail")
  private String detail = "";

  /** Commits an event, if anybody records. */
  static void commit(AuditEvent event) {
    AuditJfr jfr = new AuditJfr();
    if (jfr.shouldCommit()) {
      jfr.kind = event.kind().name();
      jfr.user = event.user();
      jfr.module = event.module();
      jfr.digest = event.digest();
      jfr.sqlState = event.sqlState();
      jfr.detail = event.detail();
      jfr.commit();
    }
  }

  @Override
  public String toString() {
    return kind + " " + user + " " + module + " " + digest + " " + sqlState + " " + detail;
  }
}
