package io.calcitewasm.host.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ValType;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.GuestRecords;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wit.WitTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {
  private static final int TRACE = 0;
  private static final int DEBUG = 1;
  private static final int INFO = 2;
  private static final int WARN = 3;
  private static final int ERROR = 4;

  private final Service logging = Logging.service();
  private final Guest guest = Guest.withoutGrants();
  private final GuestRecords records = GuestRecords.of("text");

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void records_go_to_the_module_s_logger_with_their_level() {
    log(guest, TRACE, "", "a");
    log(guest, DEBUG, "", "b");
    log(guest, INFO, "", "c");
    log(guest, WARN, "", "d");
    log(guest, ERROR, "", "e");
    assertThat(records.lines())
        .containsExactly("FINEST a", "FINE b", "INFO c", "WARNING d", "SEVERE e");
  }

  @Test
  void the_context_stands_before_the_message() {
    log(guest, INFO, "slugify", "3 words");
    assertThat(records.lines()).containsExactly("INFO slugify: 3 words");
  }

  @Test
  void a_guest_can_ask_which_levels_are_written() {
    records.keepFrom(Level.INFO);
    assertThat(guest.call(logging, "enabled", DEBUG)).isEqualTo(false);
    assertThat(guest.call(logging, "enabled", INFO)).isEqualTo(true);
    log(guest, DEBUG, "", "x".repeat(100_000));
    log(guest, INFO, "", "y");
    assertThat(records.lines()).as("what is off costs nothing").containsExactly("INFO y");
  }

  @Test
  void control_characters_and_what_looks_like_them_are_escaped() {
    log(guest, INFO, "a\nb", "x\u001b[31m\r\n\ty\u202e\u2028\u0085\u007f");
    assertThat(records.lines())
        .containsExactly("INFO a\\nb: x\\u001b[31m\\r\\n\\ty\\u202e\\u2028\\u0085\\u007f");
  }

  @Test
  void characters_of_all_scripts_stay_as_they_are() {
    log(guest, INFO, "", "äß漢字 😀 {} %s \\n");
    assertThat(records.lines()).containsExactly("INFO äß漢字 😀 {} %s \\n");
  }

  @Test
  void a_statement_logs_64_KB_and_then_one_note() {
    for (int i = 0; i < 100; i++) {
      log(guest, INFO, "", "z".repeat(1024));
    }
    assertThat(records.lines()).hasSize(65);
    assertThat(records.lines().subList(0, 64)).allMatch(line -> line.length() == 5 + 1024);
    assertThat(records.lines().get(64))
        .isEqualTo(
            "WARNING truncated: module text wrote more than 64 KB to its log in this statement");
  }

  @Test
  void one_record_that_is_too_long_is_cut_between_characters() {
    log(guest, INFO, "", "😀".repeat(1_000_000));
    assertThat(records.lines()).hasSize(2);
    assertThat(records.lines().get(0)).isEqualTo("INFO " + "😀".repeat(16_384));
    assertThat(records.lines().get(1)).contains("truncated");
  }

  @Test
  void escapes_count_as_what_they_become() {
    log(guest, INFO, "", "\0".repeat(20_000));
    assertThat(records.lines().get(0).getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(65_536, 65_536 + 5);
    assertThat(records.lines()).hasSize(2);
  }

  @Test
  void empty_records_have_an_end_too() {
    for (int i = 0; i < 100_000; i++) {
      log(guest, INFO, "", "");
    }
    assertThat(records.lines()).hasSize(65_536 / 16 + 1);
  }

  @Test
  void instances_of_one_statement_share_the_bound() {
    StatementContext statement = new StatementContext(Guest.NOW);
    Guest first = Guest.of(HostContext.builder("text", "1.0.0", statement).build());
    Guest second = Guest.of(HostContext.builder("text", "1.0.0", statement).build());
    log(first, INFO, "", "1".repeat(65_536));
    log(second, INFO, "", "2");
    log(first, INFO, "", "3");
    assertThat(records.lines()).hasSize(2);
    assertThat(records.lines().get(1)).contains("truncated");
  }

  @Test
  void another_statement_and_another_module_have_their_own_bound() {
    StatementContext statement = new StatementContext(Guest.NOW);
    HostContext text = HostContext.builder("text", "1.0.0", statement).build();
    log(Guest.of(text), INFO, "", "1".repeat(70_000));
    try (GuestRecords geo = GuestRecords.of("geo")) {
      log(Guest.of(HostContext.builder("geo", "1.0.0", statement).build()), INFO, "", "2");
      assertThat(geo.lines()).containsExactly("INFO 2");
    }
    text.attach(new StatementContext(Guest.NOW.plusSeconds(1)));
    log(Guest.of(text), INFO, "", "3");
    assertThat(records.lines()).hasSize(3).last().isEqualTo("INFO 3");
  }

  @Test
  void a_module_s_name_cannot_break_the_log() {
    try (GuestRecords odd = GuestRecords.of("a\\nb")) {
      Guest named =
          Guest.of(HostContext.builder("a\nb", "1", new StatementContext(Guest.NOW)).build());
      log(named, INFO, "", "hello");
      assertThat(odd.lines()).containsExactly("INFO hello");
    }
  }

  @Test
  void the_types_are_the_contract_s() throws IOException {
    WitTypes contract = WitTypes.of(List.of(contract("types.wit"), contract("services.wit")));
    WitTypes served = WitTypes.of(List.of(logging.wit()));
    assertThat(served.get("calcite:extension/logging"))
        .isEqualTo(contract.get("calcite:extension/logging"));
    assertThat(served.get("calcite:extension/logging").functions().get("log"))
        .extracting(type -> type.parameters().getFirst().type())
        .isEqualTo(new ValType.EnumType(List.of("trace", "debug", "info", "warn", "error")));
  }

  private static String contract(String file) throws IOException {
    try (InputStream in = Guests.class.getResourceAsStream("wit/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void log(Guest caller, int level, String context, String message) {
    caller.run(logging, "log", level, context, message);
  }
}
