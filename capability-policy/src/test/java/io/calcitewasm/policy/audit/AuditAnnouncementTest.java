package io.calcitewasm.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditAnnouncementTest {
  @TempDir Path folder;

  private static AuditEvent event(String user, String detail) {
    return new AuditEvent(
        Instant.EPOCH, AuditEvent.Kind.DENIAL, user, "text", "sha256:ab", "42501", detail);
  }

  @Test
  void aLineIsOneLineWhateverStrangersWrite() {
    assertThat(AuditAnnouncement.line(event("eve\nINFO LOAD user='root'", "no\r\n\u001b[2Jway")))
        .isEqualTo(
            "DENIAL user='eve\uFFFDINFO LOAD user='root'' module='text' digest=sha256:ab"
                + " sqlstate=42501 no   [2Jway");
  }

  @Test
  void wordsAreCut() {
    assertThat(event("u".repeat(9_999), "d".repeat(9_999)).detail()).hasSize(2_001).endsWith("…");
  }

  @Test
  void anEventIsInAFlightRecording() throws IOException {
    Path file = folder.resolve("audit.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(AuditJfr.NAME);
      recording.start();
      new AuditAnnouncement().record(event("eve", "may not"));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getEventType().getName().equals(AuditJfr.NAME))
            .toList();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getString("user")).isEqualTo("eve");
    assertThat(events.getFirst().getString("kind")).isEqualTo("DENIAL");
    assertThat(events.getFirst().getString("sqlState")).isEqualTo("42501");
  }
}
