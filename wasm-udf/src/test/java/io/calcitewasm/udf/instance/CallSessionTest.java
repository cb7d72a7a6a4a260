package io.calcitewasm.udf.instance;

import static io.calcitewasm.udf.TestModules.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.Binaries;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.TestModules;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/sql.md, "Conversions and overloads", "Errors" and "Isolation", with real guests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CallSessionTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(12);
  @RegisterExtension final TestModules modules = new TestModules();
  private ModuleVersion types;
  private ModuleVersion evil;
  private ModuleVersion state;
  private CallSession session;

  @BeforeAll
  void create() {
    types = modules.prepare("types", "fixtures/types", Map.of());
    evil = modules.prepare("evil", "fixtures/evil", Map.of("memory", "8MB"));
    state = modules.prepare("state", "fixtures/state", Map.of());
  }

  @AfterAll
  void close() {
    threads.shutdown();
  }

  @BeforeEach
  void open() {
    session = modules.session();
  }

  @AfterEach
  void nothingIsLost() {
    session.close();
    assertThat(evil.runtime().freeInstances()).isEqualTo(8);
    assertThat(types.runtime().freeInstances()).isEqualTo(8);
  }

  @Test
  void scalarsPassThrough() {
    assertThat(call(types, "id_bool", true)).isEqualTo(true);
    assertThat(call(types, "id_s8", 5)).isEqualTo((byte) 5);
    assertThat(call(types, "id_u64", new BigDecimal("18446744073709551615")))
        .isEqualTo(new BigDecimal("18446744073709551615"));
    assertThat(call(types, "id_f32", new BigDecimal("1.5"))).isEqualTo(1.5f);
    assertThat(call(types, "id_char", "é")).isEqualTo("é");
    assertThat(call(types, "id_string", "")).isEqualTo("");
    assertThat(call(types, "id_bytes", new byte[] {0, -1})).isEqualTo(new byte[] {0, -1});
  }

  @Test
  void nestedValuesPassThrough() {
    Object[] person = {"Ada", 36, List.of("a", "b"), new Object[] {1.0, 2.0}};
    assertThat((Object[]) call(types, "id_person", (Object) person))
        .usingRecursiveComparison()
        .isEqualTo(new Object[] {"Ada", (short) 36, List.of("a", "b"), new Object[] {1.0, 2.0}});
    assertThat(call(types, "id_permissions", List.of("run-it", "read")))
        .isEqualTo(List.of("read", "run-it"));
    assertThat(
            (Object[])
                call(types, "id_shape", (Object) new @Nullable Object[] {"label", null, null, "x"}))
        .containsExactly("label", null, null, "x");
    assertThat(call(types, "id_list_option_s32", Arrays.asList(1, null)))
        .isEqualTo(Arrays.asList(1, null));
  }

  @Test
  void typesOfTheContractPassThrough() {
    assertThat(call(types, "id_date", 20_000)).isEqualTo(20_000);
    assertThat(call(types, "id_timestamp_tz", -1L)).isEqualTo(-1L);
    assertThat(call(types, "id_decimal", new BigDecimal("-1.10")))
        .isEqualTo(new BigDecimal("-1.10"));
    assertThat(call(types, "id_json", "{}")).isEqualTo("{}");
  }

  @Test
  void theExampleComponentsAnswer() {
    ModuleVersion text = modules.prepare("text", "components/text", Map.of());
    assertThat(call(text, "slugify", "Crème Brûlée!")).isEqualTo("creme-brulee");
    assertThat(call(text, "split", "a,b", ",")).isEqualTo(List.of("a", "b"));
    ModuleVersion geo = modules.prepare("geo", "components/geo", Map.of());
    assertThat(call(geo, "hemispheres_of", (Object) new Object[] {48.9, new BigDecimal("2.3")}))
        .isEqualTo(List.of("northern", "eastern"));
    assertThat(call(geo, "compass", 90)).isEqualTo("e");
    ModuleVersion money = modules.prepare("money", "components/money", Map.of());
    assertThat(call(money, "parse_money", "$1,234.50")).isEqualTo(new BigDecimal("1234.50"));
    assertError("22018", money, "parse_money", 2, "much")
        .startsWith("module money 0.1.0, function money.parse_money, row 2: ");
  }

  @Test
  void aFunctionOfTheRootIsCalled() {
    assertThat(call(types, "root_add", 2, 3)).isEqualTo(5);
  }

  @Test
  void nullIsNullForStrictParametersAndNoneForOthers() {
    assertThat(call(types, "strict", 1, null)).isNull();
    assertThat(call(types, "lenient", 1, null)).isEqualTo(1);
    assertThat(call(types, "is_null", (Object) null)).isEqualTo(true);
    assertThat(call(types, "always_null")).isNull();
    assertThat(call(evil, "trap_if_negative", (Object) null)).isNull();
  }

  @Test
  void nothingToAnswerIsTrue() {
    assertThat(call(types, "nothing")).isEqualTo(true);
    assertThat(call(types, "bare", false)).isEqualTo(true);
    assertThat(call(types, "err_text", false)).isEqualTo(true);
  }

  @Test
  void anArgumentThatDoesNotFitNamesEverything() {
    assertError("22003", types, "id_s8", 3, 300)
        .isEqualTo(
            "module types 0.1.0, function types.id_s8, row 3: parameter value: 300 is out of range"
                + " for s8 (-128 to 127)");
    assertError("22004", types, "id_list_s32", -1, Arrays.asList(1, null))
        .isEqualTo(
            "module types 0.1.0, function types.id_list_s32: parameter value, element 2: NULL is"
                + " not allowed here");
    assertError("22023", types, "id_colour", -1, "pink").contains("'pink' is none of the labels");
  }

  @ParameterizedTest
  @CsvSource({
    "bare, the function failed without a message",
    "err_text, ",
    "err_label, too-",
    "err_record, ROW(",
    "text_or_variant, ROW(",
    "text_or_list, ARRAY[",
  })
  void errIsAnSqlError(String function, @Nullable String words) {
    assertError("38000", types, function, 17, true)
        .startsWith(
            "module types 0.1.0, function types."
                + function
                + ", row 17: "
                + (words == null ? "" : words));
  }

  @Test
  void aGuestMayRaiseItsOwnState() {
    assertError("22018", evil, "fail_with", 2, "22018", "not an amount")
        .isEqualTo("module evil 0.1.0, function evil.fail_with, row 2: not an amount");
    assertError("38000", evil, "fail_with", 2, "08006", "gone").contains("'08006'");
  }

  @Test
  void wordsOfGuestsAreMadeHarmless() {
    assertError("38000", evil, "fail_control", -1).matches("[^\\p{Cntrl}]*");
    assertError("38000", evil, "fail_long", -1).hasSizeLessThan(4300).endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unreachable",
        "divide_by_zero",
        "overflow",
        "load_out_of_bounds",
        "store_out_of_bounds",
        "null_table_entry",
        "wrong_signature"
      })
  void trapsAre38W01(String function) {
    assertError("38W01", evil, function, 4, -1)
        .startsWith(
            "module evil 0.1.0, function evil." + function + ", row 4: the guest trapped: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"recurse", "recurse_wide", "recurse_indirect"})
  void recursionWithoutEndIs38W01(String function) {
    assertError("38W01", evil, function, -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "string_out_of_bounds",
        "area_unaligned",
        "utf8_broken",
        "char_surrogate",
        "enum_label",
        "list_wraps",
        "record_with_bad_string"
      })
  void brokenAbiIs38W02(String function) {
    assertError("38W02", evil, function, 1)
        .startsWith(
            "module evil 0.1.0, function evil."
                + function
                + ", row 1: the guest broke the canonical ABI: ");
  }

  @Test
  void memoryIsLimited() {
    assertThat((Long) call(evil, "grow_all")).isLessThanOrEqualTo(128);
  }

  @Test
  void timeIsLimited() {
    ModuleVersion hasty = modules.prepare("hasty", "fixtures/evil", Map.of("call_time", "500ms"));
    assertError("57014", hasty, "spin", 9)
        .isEqualTo(
            "module hasty 0.1.0, function hasty.spin, row 9: the call was stopped after 500 ms"
                + " (limit call_time)");
  }

  @Test
  void theMakingOfAnInstanceHasATimeOfItsOwn() {
    ModuleVersion endless =
        modules
            .registry()
            .prepare(
                ModuleRequest.of("endless", "", Binaries.startingForever())
                    .withLimits(Map.of("call_time", "300ms")));
    assertError("57014", endless, "go", -1)
        .contains("the making of an instance was stopped after 10 s");
    assertThat(endless.runtime().freeInstances()).isEqualTo(8);
  }

  @Test
  void aClosedRegistryRefusesCalls() {
    Registry other = new Registry(modules.engine(), new HostServices());
    ModuleVersion version =
        other.prepare(ModuleRequest.of("types", "", Guests.bytes("fixtures/types")));
    other.close();
    try (CallSession late = other.openSession(Instant.EPOCH)) {
      SqlError error =
          catchThrowableOfType(
              SqlError.class, () -> late.call(version, function(version, "pi"), new Object[0], -1));
      assertThat(error.sqlState()).isEqualTo("58000");
    }
    assertThat(version.runtime().freeInstances()).isEqualTo(8);
    assertThat(other.runningCalls()).isZero();
  }

  @Test
  void resultsAreLimited() {
    ModuleVersion large = modules.prepare("large", "fixtures/evil", Map.of("memory", "256MB"));
    assertError("54000", large, "text_of_100_mb", -1).contains("limit result_size");
    ModuleVersion small = modules.prepare("small", "fixtures/evil", Map.of("result_size", "1KB"));
    assertThat((String) call(small, "text_of", 1024)).hasSize(1024);
    assertError("54000", small, "text_of", -1, 1025)
        .contains("the result is larger than 1024 bytes (limit result_size)");
  }

  @Test
  void aStatementIsCancelledFromAnotherThread() throws Exception {
    ModuleVersion slow = modules.prepare("slow", "fixtures/evil", Map.of("call_time", "1h"));
    CompletableFuture<AbstractStringAssert<?>> call = inBackground("57014", slow, "spin");
    Thread.sleep(50);
    session.cancel();
    call.get(60, TimeUnit.SECONDS).contains("the statement was cancelled");
    assertError("57014", slow, "grow_refused", -1).contains("the statement was cancelled");
    assertThat(slow.runtime().freeInstances()).isEqualTo(8);
  }

  @Test
  void everyCallSeesAFreshInstance() {
    assertThat(call(state, "next")).isEqualTo(1L);
    assertThat(call(state, "next")).isEqualTo(1L);
    call(state, "remember", "secret");
    assertThat(call(state, "recall")).isEqualTo(List.of());
    assertError("38W01", state, "next_and_trap", -1, 1);
    assertThat(call(state, "next_of", 5)).isEqualTo(1L);
  }

  @Test
  void theNextCallAfterAFailureWorks() {
    assertError("38W01", evil, "unreachable", -1, 1);
    assertThat(call(evil, "trap_if_negative", 5)).isEqualTo(5);
  }

  @Test
  void callsMayComeFromSeveralThreads() throws Exception {
    List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int value = i;
      calls.add(CompletableFuture.supplyAsync(() -> call(types, "id_s32", value), threads));
    }
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void instancesAreCountedAndWaitedFor() throws Exception {
    ModuleVersion one = modules.prepare("one", "fixtures/evil", Map.of("instances", 1));
    CompletableFuture<AbstractStringAssert<?>> first = inBackground("57014", one, "spin");
    try (CallSession other = modules.registry().openSession(Instant.EPOCH)) {
      CompletableFuture<Object> second =
          CompletableFuture.supplyAsync(
              () -> other.call(one, function(one, "trap_if_negative"), new Object[] {5}, -1));
      session.cancel();
      first.get(60, TimeUnit.SECONDS);
      assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(5);
    }
  }

  @Test
  void onLoadRunsOnceInEveryInstance() {
    ModuleVersion lifecycle = modules.prepare("lifecycle", "fixtures/lifecycle", Map.of());
    assertThat(call(lifecycle, "loads")).isEqualTo(1L);
    assertThat(call(lifecycle, "next", 1)).isEqualTo(1);
    assertThat(call(lifecycle, "next", 2)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global_next", "float_next", "memory_next", "fill_next", "copy_next", "vector_next",
        "init_next", "grow_next", "table_next", "table_grow_next", "drop_data", "drop_elements",
        "traces"
      })
  void noTraceOfACallIsLeft(String function) {
    ModuleVersion undo = modules.prepare("undo", "fixtures/undo", Map.of());
    Object first = call(undo, function, 2);
    assertError("38W01", undo, "all_and_trap", -1, 1);
    call(undo, "all_and_trap", 2);
    assertThat(call(undo, function, 2)).isEqualTo(first);
  }

  @Test
  void anOptionalCapabilityWithoutGrantRaises42501WhenItIsUsed() {
    ModuleVersion kv = modules.prepare("kv", "fixtures/kv-optional", Map.of());
    assertThat(call(kv, "without", 1)).isEqualTo(2);
    assertError("42501", kv, "lookup", 3, "a")
        .startsWith("module kv 0.1.0, function kv.lookup, row 3: ")
        .contains("capability kv");
    assertThat(call(kv, "without", 1)).isEqualTo(2);
  }

  @Test
  void loggingNeedsNoGrant() {
    ModuleVersion logging = modules.prepare("logging", "fixtures/logging", Map.of());
    assertThat(call(logging, "note", "trace", "hello")).isInstanceOf(Boolean.class);
    assertThat(call(logging, "repeat", 3, "hello")).isEqualTo(3L);
  }

  @Test
  void hostCallsAtForbiddenTimesBreakTheAbi() {
    ModuleVersion reentry = modules.prepare("reentry", "fixtures/reentry", Map.of());
    assertThat(call(reentry, "during_call", 1)).isInstanceOf(Boolean.class);
    assertError("38W02", reentry, "during_realloc", -1, "x");
    assertError("38W02", reentry, "during_post_return", -1, 1);
  }

  @Test
  void wasiGivesNothingAway() {
    ModuleVersion wasi = modules.prepare("wasi", "fixtures/wasi", Map.of());
    assertThat(call(wasi, "arguments")).isEqualTo(List.of());
    assertThat(call(wasi, "environment")).isEqualTo(List.of());
    assertThat(call(wasi, "print", "hello")).isEqualTo("ok");
    assertThat(call(wasi, "random_bytes", 8)).isEqualTo(call(wasi, "random_bytes", 8));
    assertThat((Object[]) call(wasi, "wall_clock")).containsExactly(BigDecimal.ZERO, 0L);
    assertError("38W01", wasi, "leave", -1, true);
  }

  private CompletableFuture<AbstractStringAssert<?>> inBackground(
      String sqlState, ModuleVersion module, String function) throws InterruptedException {
    CompletableFuture<AbstractStringAssert<?>> call =
        CompletableFuture.supplyAsync(() -> assertError(sqlState, module, function, -1), threads);
    while (modules.registry().runningCalls() == 0) {
      Thread.sleep(5);
    }
    return call;
  }

  private @Nullable Object call(ModuleVersion module, String function, @Nullable Object... args) {
    return session.call(module, function(module, function), args, -1);
  }

  private AbstractStringAssert<?> assertError(
      String sqlState, ModuleVersion module, String function, long row, @Nullable Object... args) {
    SqlError error =
        catchThrowableOfType(
            SqlError.class, () -> session.call(module, function(module, function), args, row));
    assertThat(error).as(function).isNotNull();
    assertThat(error.sqlState()).as(error.getMessage()).isEqualTo(sqlState);
    return assertThat(error.getMessage());
  }
}
