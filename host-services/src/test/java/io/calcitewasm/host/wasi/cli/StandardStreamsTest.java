package io.calcitewasm.host.wasi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.GuestRecords;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.io.Streams;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardStreamsTest {
  private final Map<String, Service> services =
      StandardStreams.services().stream()
          .collect(Collectors.toMap(Service::name, Function.identity()));

  private final Guest guest = Guest.withoutGrants();
  private final GuestRecords records = GuestRecords.of("text");

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void standard_input_is_at_its_end() {
    Object stdin = guest.call(service("stdin"), "get-stdin");
    assertThat(guest.call(Streams.service(), "[method]input-stream.read", stdin, 1L))
        .isEqualTo(ResultValue.err(new VariantValue(1, null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stdin", "stdout", "stderr"})
  void no_stream_is_a_terminal(String stream) {
    assertThat(guest.call(service("terminal-" + stream), "get-terminal-" + stream))
        .isEqualTo(Optional.empty());
  }

  @Test
  void lines_become_records() {
    write("stdout", "one\ntwo\r\n\nthree");
    write("stderr", "broken\n");
    assertThat(records.lines())
        .containsExactly(
            "INFO stdout: one", "INFO stdout: two", "INFO stdout: ", "WARNING stderr: broken");
  }

  @Test
  void a_line_may_come_in_pieces_and_through_several_handles() {
    write("stdout", "on");
    write("stdout", "e\nt");
    write("stdout", "wo\n");
    assertThat(records.lines()).containsExactly("INFO stdout: one", "INFO stdout: two");
  }

  @Test
  void an_unfinished_line_is_logged_when_the_call_ends() {
    write("stdout", "no newline");
    assertThat(records.lines()).isEmpty();
    guest.host().finishLines();
    guest.host().finishLines();
    assertThat(records.lines()).containsExactly("INFO stdout: no newline");
  }

  @Test
  void an_unfinished_line_belongs_to_the_statement_that_wrote_it() {
    write("stdout", "first");
    guest.host().attach(new StatementContext(Guest.NOW));
    write("stdout", "second\n");
    assertThat(records.lines()).containsExactly("INFO stdout: first", "INFO stdout: second");
  }

  @Test
  void a_character_may_come_in_pieces() {
    byte[] euro = "€\n".getBytes(StandardCharsets.UTF_8);
    for (byte b : euro) {
      write("stdout", new byte[] {b});
    }
    assertThat(records.lines()).containsExactly("INFO stdout: €");
  }

  @Test
  void what_is_not_UTF_8_or_not_printable_is_made_harmless() {
    write("stdout", new byte[] {'a', (byte) 0xff, 0x1b, '[', 'H', 7, '\n'});
    assertThat(records.lines()).containsExactly("INFO stdout: a\ufffd\\u001b[H\\u0007");
  }

  @Test
  void both_streams_and_the_log_share_64_KB() {
    for (int i = 0; i < 1000; i++) {
      write("stdout", "o".repeat(999) + "\n");
      write("stderr", "e".repeat(999) + "\n");
    }
    guest.host().finishLines();
    int bytes =
        records.lines().stream()
            .filter(line -> line.contains(" std"))
            .mapToInt(line -> line.substring(line.indexOf(' ') + 1).length())
            .sum();
    assertThat(bytes).isEqualTo(65_536);
    assertThat(records.lines().stream().filter(line -> line.contains("truncated"))).hasSize(1);
    assertThat(records.lines()).last().asString().contains("module text wrote more than 64 KB");
  }

  @Test
  void a_line_without_end_keeps_no_more_than_can_be_logged() {
    for (int i = 0; i < 100; i++) {
      write("stdout", new byte[65_536]);
    }
    write("stdout", "\n");
    assertThat(records.lines()).hasSize(2);
    assertThat(records.lines().get(0).length()).isLessThanOrEqualTo(65_536 + 5);
    assertThat(records.lines().get(1)).contains("truncated");
  }

  private void write(String stream, String text) {
    write(stream, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String stream, byte[] bytes) {
    Object handle = guest.call(service(stream), "get-" + stream);
    assertThat(guest.call(Streams.service(), "[method]output-stream.write", handle, bytes))
        .isEqualTo(ResultValue.ok(null));
  }

  private Service service(String name) {
    Service service = services.get("wasi:cli/" + name + "@0.2.12");
    if (service == null) {
      throw new AssertionError("no service " + name);
    }
    return service;
  }
}
