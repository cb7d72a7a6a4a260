package io.calcitewasm.udf.instance;

import static io.calcitewasm.udf.TestModules.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.guest.Guests;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.TestModules;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.LongColumn;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Under isolation CALL nothing of a call is left to the next one, in whatever way it was taken back
 * and the one before it: guests made by a compiler, with static data, an allocator, caches, heaps
 * that grow and tables of function pointers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LeaksTest {
  /** A call with the way in which what it has done is taken back. */
  record Deed(String guest, String function, Object... arguments) {
    @Override
    public String toString() {
      return function + Arrays.toString(arguments);
    }
  }

  private static final String STATE = "fixtures/state";
  private static final String POINTERS = "fixtures/pointers";

  /** Each of a kind that the guest has, from nothing over few and many bytes to a new instance. */
  private static final List<Deed> OF_STATE =
      List.of(
          new Deed(STATE, "peek", 5L),
          new Deed(STATE, "next_of", 1L),
          new Deed(STATE, "poke", 16_000L, 9),
          new Deed(STATE, "remember", "a text of some length"),
          new Deed(STATE, "flood", 7),
          new Deed(STATE, "hoard", 200_000L),
          new Deed(STATE, "hoard", 3_000_000L),
          new Deed(STATE, "next_and_trap", 1L));

  private static final List<Deed> OF_POINTERS =
      List.of(
          new Deed(POINTERS, "traces", 1L),
          new Deed(POINTERS, "static_next", 1L),
          new Deed(POINTERS, "heap_next", 1L),
          new Deed(POINTERS, "entry_next", 1L),
          new Deed(POINTERS, "all_and_trap", 1L));

  static final List<List<Deed>> GUESTS = List.of(OF_STATE, OF_POINTERS);

  /** What tells, together, of everything that such a guest can remember. */
  private static final Map<String, List<Deed>> WITNESSES =
      Map.of(
          STATE,
          List.of(
              new Deed(STATE, "next_of", 1L),
              new Deed(STATE, "recall"),
              new Deed(STATE, "flood", 0),
              new Deed(STATE, "hoard", 1L)),
          POINTERS,
          List.of(
              new Deed(POINTERS, "traces", 1L),
              new Deed(POINTERS, "static_next", 1L),
              new Deed(POINTERS, "heap_next", 1L),
              new Deed(POINTERS, "entry_next", 1L)));

  private final Map<String, ModuleVersion> called = new HashMap<>();
  private final Map<String, ModuleVersion> kept = new HashMap<>();
  @RegisterExtension final TestModules modules = new TestModules();

  @BeforeAll
  void open() {
    for (String guest : List.of(STATE, POINTERS)) {
      called.put(guest, module(guest, Isolation.CALL));
      kept.put(guest, module(guest, Isolation.STATEMENT));
    }
  }

  private ModuleVersion called(String guest) {
    return Objects.requireNonNull(called.get(guest));
  }

  private ModuleVersion kept(String guest) {
    return Objects.requireNonNull(kept.get(guest));
  }

  private static List<Deed> witnesses(String guest) {
    return Objects.requireNonNull(WITNESSES.get(guest));
  }

  private ModuleVersion module(String guest, Isolation isolation) {
    return modules
        .registry()
        .prepare(
            ModuleRequest.of(guest.substring(guest.indexOf('/') + 1), guest, Guests.bytes(guest))
                .withIsolation(isolation));
  }

  /** A value, or the SQLSTATE of a call that fails. */
  private static @Nullable Object outcome(CallSession session, ModuleVersion module, Deed deed) {
    try {
      return session.call(module, function(module, deed.function()), deed.arguments(), -1);
    } catch (SqlError e) {
      return e.sqlState();
    }
  }

  /** What a call gives in an instance that nobody has called before. */
  private @Nullable Object fresh(Deed deed) {
    try (CallSession once = modules.registry().openSession(Instant.EPOCH)) {
      return outcome(once, kept(deed.guest()), deed);
    }
  }

  /** Whatever came first and second: in the end everything is as in the beginning. */
  @ParameterizedTest
  @FieldSource("GUESTS")
  void nothingIsLeftOfAnyTwoCallsInAnyOrder(List<Deed> deeds) {
    String guest = deeds.getFirst().guest();
    ModuleVersion module = called(guest);
    Map<Deed, @Nullable Object> expected = new HashMap<>();
    Stream.concat(deeds.stream(), witnesses(guest).stream())
        .forEach(deed -> expected.put(deed, fresh(deed)));
    try (CallSession session = modules.registry().openSession(Instant.EPOCH)) {
      for (Deed first : deeds) {
        for (Deed second : deeds) {
          for (Deed deed : List.of(first, second)) {
            assertThat(outcome(session, module, deed))
                .as("%s of %s, %s", deed, first, second)
                .isEqualTo(expected.get(deed));
          }
          for (Deed witness : witnesses(guest)) {
            assertThat(outcome(session, module, witness))
                .as("%s after %s, %s", witness, first, second)
                .isEqualTo(expected.get(witness));
          }
        }
      }
    }
  }

  /** The witnesses do see what is left where state is to be left. */
  @ParameterizedTest
  @FieldSource("GUESTS")
  void whatIsLeftIsSeenWhereStateLivesLonger(List<Deed> deeds) {
    String guest = deeds.getFirst().guest();
    for (Deed deed : deeds) {
      boolean leaves =
          !List.of("peek", "traces", "next_and_trap", "all_and_trap").contains(deed.function());
      boolean seen = false;
      for (Deed witness : witnesses(guest)) {
        try (CallSession session = modules.registry().openSession(Instant.EPOCH)) {
          Object _ = outcome(session, kept(guest), deed);
          Object after = outcome(session, kept(guest), witness);
          seen |= !Objects.equals(after, fresh(witness));
        }
      }
      assertThat(seen).as("%s", deed).isEqualTo(leaves);
    }
  }

  /** In one batch rows that write little, much, grow within the spare pages, and beyond them. */
  @Test
  void rowsOfABatchGoFromOneWayToAnother() {
    SplittableRandom random = new SplittableRandom(2);
    long[] sizes = {1, 100, 30_000, 120_000, 400_000, 900_000, 2_500_000};
    List<@Nullable Object> arguments = new ArrayList<>();
    List<@Nullable Object> expected = new ArrayList<>();
    for (int row = 0; row < 400; row++) {
      long size = sizes[random.nextInt(sizes.length)] + random.nextInt(100);
      arguments.add(size);
      expected.add(new BigDecimal(size));
    }
    assertThat(batch(STATE, "hoard", arguments)).isEqualTo(expected);
    assertThat(batch(STATE, "next_of", arguments)).hasSize(400).containsOnly(1L);
  }

  @Test
  void everyRowCallsThroughTheTablesThatTheGuestBeganWith() {
    List<@Nullable Object> arguments = new ArrayList<>();
    List<@Nullable Object> once = new ArrayList<>();
    List<@Nullable Object> twice = new ArrayList<>();
    for (long row = 0; row < 300; row++) {
      arguments.add(row - 9);
      once.add(row - 9);
      twice.add(2 * (row - 9));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(batch(POINTERS, "static_next", arguments)).isEqualTo(twice);
      assertThat(batch(POINTERS, "entry_next", arguments)).isEqualTo(twice);
      assertThat(batch(POINTERS, "heap_next", arguments)).isEqualTo(once);
      assertThat(batch(POINTERS, "traces", arguments))
          .containsOnly(fresh(new Deed(POINTERS, "traces", 1L)));
    }
  }

  /** The row of a batch that traps takes its instance along. */
  @Test
  void aBatchAfterATrapBeginsAnew() {
    for (int i = 0; i < 3; i++) {
      assertThat(
              catchThrowableOfType(
                      SqlError.class, () -> batch(POINTERS, "all_and_trap", List.of(1L, 2L)))
                  .sqlState())
          .isEqualTo("38W01");
      assertThat(batch(POINTERS, "traces", List.of(1L)))
          .containsExactly(fresh(new Deed(POINTERS, "traces", 1L)));
    }
  }

  private List<@Nullable Object> batch(
      String guest, String name, List<? extends @Nullable Object> arguments) {
    ModuleVersion module = called(guest);
    SqlFunction function = function(module, name);
    try (CallSession session = modules.registry().openSession(Instant.EPOCH)) {
      BatchColumn column = new LongColumn();
      BatchColumn results = BatchColumn.of(function.result());
      column.clear(arguments.size());
      for (int row = 0; row < arguments.size(); row++) {
        column.setValue(row, arguments.get(row));
      }
      SqlError error =
          session.batch(module, function, List.of(column), results).run(0, arguments.size(), null);
      if (error != null) {
        throw error;
      }
      List<@Nullable Object> given = new ArrayList<>();
      for (int row = 0; row < arguments.size(); row++) {
        given.add(results.value(row));
      }
      return given;
    }
  }
}
