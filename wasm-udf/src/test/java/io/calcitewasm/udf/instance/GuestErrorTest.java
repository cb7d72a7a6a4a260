package io.calcitewasm.udf.instance;

import static io.calcitewasm.component.model.PrimitiveType.S32;
import static io.calcitewasm.component.model.PrimitiveType.STRING;
import static io.calcitewasm.component.model.PrimitiveType.U32;
import static io.calcitewasm.udf.Types.labels;
import static io.calcitewasm.udf.Types.list;
import static io.calcitewasm.udf.Types.option;
import static io.calcitewasm.udf.Types.record;
import static io.calcitewasm.udf.Types.variant;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/sql.md, "Errors": what guests say with err. */
class GuestErrorTest {

  @Test
  void aStringIsTheMessage() {
    assertThat(read(STRING, "no amount")).isEqualTo(new GuestError("38000", "no amount"));
  }

  @Test
  void aContractErrorHasItsStateAndMessage() {
    assertThat(read(Types.ERROR, new Object[] {"22018", "not a number"}))
        .isEqualTo(new GuestError("22018", "not a number"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22000", "22P02", "23505", "38000", "38001", "44000", "45000", "I0000", "ZZ999", "WN001",
        "XX000", "P0001"
      })
  void guestsMayRaiseTheseStates(String state) {
    assertThat(read(Types.ERROR, new Object[] {state, "x"}).sqlState()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000", "01000", "02000", "08006", "25P02", "28000", "38W01", "38W02", "40001", "42501",
        "53200", "57014", "H0000", "WM001", "22", "", "220000", "22_00", "22p02", "é2000"
      })
  void otherStatesBecome38000WithTheGuestsCodeInTheMessage(String state) {
    GuestError error = read(Types.ERROR, new Object[] {state, "lost"});
    assertThat(error.sqlState()).isEqualTo("38000");
    assertThat(error.words()).isEqualTo("lost (the guest's SQLSTATE '" + state + "')");
  }

  @Test
  void anErrorThatTheHostHasToldKeepsItsState() {
    StatementContext statement = new StatementContext(Instant.EPOCH);
    statement.tell("53400", "it is full");
    GuestError told = read(Types.ERROR, new Object[] {"53400", "it is full"}).asTold(statement);
    assertThat(told).isEqualTo(new GuestError("53400", "it is full"));
    for (String[] forged :
        List.of(
            new String[] {"53400", "it is fuller"},
            new String[] {"42501", "it is full"},
            new String[] {"53400", "it is full "})) {
      assertThat(read(Types.ERROR, forged).asTold(statement).sqlState()).isEqualTo("38000");
    }
    StatementContext other = new StatementContext(Instant.EPOCH);
    assertThat(read(Types.ERROR, new Object[] {"53400", "it is full"}).asTold(other).sqlState())
        .isEqualTo("38000");
  }

  @Test
  void aStateIsNoWayAroundTheCut() {
    GuestError error = read(Types.ERROR, new Object[] {"x\n".repeat(100_000), "y".repeat(100_000)});
    assertThat(error.words()).hasSizeLessThan(4400).doesNotContain("\n");
  }

  @Test
  void anEnumIsItsLabel() {
    assertThat(read(labels("too-small", "too-large"), 1).words()).isEqualTo("too-large");
  }

  @Test
  void anythingElseIsWrittenLikeAnSqlValue() {
    assertThat(read(U32, 5L).words()).isEqualTo("5");
    assertThat(read(record("code", S32, "reason", STRING), new Object[] {7, "it's"}).words())
        .isEqualTo("ROW(7, 'it''s')");
    assertThat(read(variant("timeout", null, "code", S32), new VariantValue(1, 9)).words())
        .isEqualTo("ROW('code', 9)");
    assertThat(read(variant("timeout", null, "code", S32), new VariantValue(0, null)).words())
        .isEqualTo("ROW('timeout', NULL)");
    assertThat(read(list(STRING), List.of("a", "b")).words()).isEqualTo("ARRAY['a', 'b']");
    assertThat(read(option(S32), Optional.empty()).words()).isEqualTo("NULL");
    assertThat(read(Types.DATE, new Object[] {0}).words()).isEqualTo("DATE '1970-01-01'");
  }

  @Test
  void aValueThatSqlCannotShowSaysSo() {
    assertThat(read(Types.DATE, new Object[] {Integer.MAX_VALUE}).words())
        .startsWith("the function failed with a value that SQL cannot show: day 2147483647");
    assertThat(read(new ValType.OwnType(new ResourceType("e")), new Object()).words())
        .isEqualTo(
            "the function failed with a value that SQL cannot show: a resource (e) has no SQL"
                + " form");
  }

  @Test
  void nothingSaidIsToldAsThat() {
    GuestError nothing = new GuestError("38000", "the function failed without a message");
    assertThat(GuestError.reader(Optional.empty()).read(null)).isEqualTo(nothing);
    assertThat(read(STRING, "")).isEqualTo(nothing);
    assertThat(read(Types.ERROR, new Object[] {"22000", ""}).words()).isEqualTo(nothing.words());
  }

  @Test
  void wordsAreEscapedAndCut() {
    assertThat(read(STRING, "a\r\n\u001b[31mb\u0085").words())
        .isEqualTo("a\\r\\n\\u001B[31mb\\u0085");
    assertThat(read(STRING, "é".repeat(10_000)).words().getBytes(UTF_8)).hasSize(4099);
    assertThat(read(list(STRING), List.of("x".repeat(100_000))).words()).hasSizeLessThan(4200);
  }

  private static GuestError read(ValType type, @Nullable Object payload) {
    return GuestError.reader(Optional.of(type)).read(payload);
  }
}
