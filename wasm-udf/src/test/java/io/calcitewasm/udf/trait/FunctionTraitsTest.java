package io.calcitewasm.udf.trait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.instance.Isolations;
import io.calcitewasm.udf.signature.SignatureMapper;
import io.calcitewasm.udf.signature.SqlFunction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionTraitsTest {
  private static final ImportEffects NOTHING = new ImportEffects(true, List.of(), List.of());

  private static Component component(String guest) throws InvalidComponentException {
    return Component.read(Guests.bytes(guest), Caps.DEFAULT);
  }

  /** The traits of one function of the fixture, whose manifest says {@code said} instead. */
  private static FunctionTraits traits(
      String function, String said, ImportEffects effects, Isolation isolation) throws Exception {
    Manifest manifest = Manifest.parse(said.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    Map<SqlFunction, FunctionTraits> all =
        FunctionTraits.of(
            SignatureMapper.functions("m", component("fixtures/traits"), manifest),
            manifest,
            effects,
            Isolations.of(isolation));
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(function))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static ImportEffects effects(String guest, Grant... grants) throws Exception {
    return ImportEffects.of(component(guest).imports(), List.of(grants));
  }

  @Test
  void what_imports_nothing_is_deterministic_without_a_word() throws Exception {
    assertThat(effects("components/text").isNothing()).isTrue();
    // types alone are nothing that answers
    assertThat(effects("components/money").isNothing()).isTrue();
    assertThat(traits("plain", "{}", NOTHING, Isolation.CALL))
        .isEqualTo(new FunctionTraits(true, false, Monotonicity.NONE, OptionalLong.empty(), false));
  }

  @Test
  void what_imports_something_is_not_unless_it_says_so() throws Exception {
    ImportEffects logging = effects("fixtures/traits");
    assertThat(logging.isNothing()).isFalse();
    assertThat(logging.changing()).isEmpty();
    assertThat(traits("plain", "{}", logging, Isolation.CALL).deterministic()).isFalse();
    for (String word : List.of("deterministic", "monotonic")) {
      assertThat(
              traits(
                      "negate",
                      "{'functions': {'negate': {'traits': ['" + word + "']}}}",
                      logging,
                      Isolation.CALL)
                  .deterministic())
          .isTrue();
    }
    assertThat(
            traits("plain", "{'traits': ['deterministic']}", logging, Isolation.CALL)
                .deterministic())
        .isTrue();
  }

  @Test
  void what_is_said_is_read() throws Exception {
    String said =
        "{'functions': {'add': {'traits': ['commutative', 'expensive', 'unheard-of']},"
            + " 'halve': {'traits': ['monotonic'], 'cost': 7},"
            + " 'touch': {'traits': ['side-effects']}}}";
    ImportEffects logging = effects("fixtures/traits");
    assertThat(traits("add", said, logging, Isolation.CALL).text())
        .isEqualTo("commutative, cost 1000");
    assertThat(traits("halve", said, logging, Isolation.CALL).text())
        .isEqualTo("monotonic, cost 7");
    assertThat(traits("touch", said, logging, Isolation.CALL))
        .isEqualTo(new FunctionTraits(false, false, Monotonicity.NONE, OptionalLong.empty(), true));
  }

  @Test
  void services_leave_something_behind_without_a_word() throws Exception {
    ImportEffects kv = effects("fixtures/kv-required");
    assertThat(kv.lasting()).hasSize(1).allMatch(name -> name.startsWith("calcite:extension/kv@"));
    assertThat(traits("plain", "{}", kv, Isolation.CALL).sideEffects()).isTrue();
  }

  @Test
  void what_wasi_answers_without_a_grant_is_always_the_same_but_clocks_and_random_numbers()
      throws Exception {
    assertThat(effects("fixtures/wasi").changing())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("wasi:clocks/") || name.startsWith("wasi:random/"));
    assertThat(effects("fixtures/wasi").lasting()).isEmpty();
    assertThat(effects("fixtures/wasi", Grant.parse("environment", Map.of())).changing())
        .anyMatch(name -> name.startsWith("wasi:cli/environment@"));
  }

  private static Grant files(String key, String... paths) {
    return Grant.parse("filesystem", Map.of(key, List.of(paths)));
  }

  /** They come with the code, and so do their answers. */
  @Test
  void packed_files_are_a_part_of_the_component() throws Exception {
    for (Grant grant :
        List.of(
            Grant.parse("filesystem", Map.of()),
            files("read", "module:/words"),
            files("read", "module:/words as /in", "module:/top.txt"))) {
      ImportEffects packed = effects("fixtures/packed", grant);
      assertThat(packed).isEqualTo(new ImportEffects(true, List.of(), List.of()));
      assertThat(traits("plain", "{}", packed, Isolation.CALL).deterministic()).isTrue();
      ImportEffects others = effects("fixtures/keeper", grant);
      assertThat(others.isNothing()).as("it imports kv and the environment too").isFalse();
      assertThat(others.lasting()).allMatch(name -> name.startsWith("calcite:extension/kv@"));
    }
    assertThat(effects("fixtures/packed").isNothing()).as("no files at all").isTrue();
  }

  @Test
  void files_of_the_host_are_not() throws Exception {
    for (Grant grant :
        List.of(
            files("read", "/srv/data"),
            files("write", "/srv/data"),
            files("write", "module:/words"),
            files("read", "module:/words", "/srv/data"),
            files("read", "*"))) {
      ImportEffects effects = effects("fixtures/packed", grant);
      assertThat(effects.isNothing()).as(grant.toString()).isFalse();
      assertThat(effects.lasting())
          .isNotEmpty()
          .allMatch(name -> name.startsWith("wasi:filesystem/"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain | {'functions': {'plain': {'traits': ['deterministic']}}} | function m.plain claims deterministic, but the component imports 'wasi:
          plain | {'traits': ['deterministic']} | claims deterministic, but the component imports 'wasi:
          add | {'functions': {'add': {'traits': ['commutative']}}} | function m.add claims commutative, but the component imports 'wasi:
          halve | {'functions': {'halve': {'traits': ['monotonic']}}} | function m.halve claims monotonic, but the component imports 'wasi:
          """)
  void a_claim_that_an_import_contradicts_is_refused(String function, String said, String words)
      throws Exception {
    ImportEffects wasi = effects("fixtures/wasi");
    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> traits(function, said, wasi, Isolation.CALL))
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.sqlState()).isEqualTo("WM001"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'functions': {'plain': {'traits': ['side-effects']}}} | function m.plain claims side-effects, but the component imports nothing
          {'functions': {'plain': {'traits': ['commutative']}}} | function m.plain claims commutative, but it does not take two arguments of one type
          {'functions': {'plain': {'traits': ['monotonic', 'antitonic']}}} | function m.plain claims monotonic, but it claims antitonic too
          {'functions': {'plain': {'traits': ['deterministic', 'side-effects']}}} | function m.plain claims deterministic, but it claims side-effects too
          """)
  void a_claim_that_a_type_or_another_claim_contradicts_is_refused(String said, String words) {
    assertThatExceptionOfType(PolicyException.class)
        .isThrownBy(() -> traits("plain", said, NOTHING, Isolation.CALL))
        .withMessageStartingWith(words);
  }

  @Test
  void what_remembers_may_count_its_calls() throws Exception {
    String said = "{'functions': {'plain': {'traits': ['side-effects']}}}";
    assertThat(traits("plain", said, NOTHING, Isolation.STATEMENT).sideEffects()).isTrue();
  }
}
