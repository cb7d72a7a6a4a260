package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions of the host's, seen from both sides. */
final class HostInterfaceTest {
  private static final String TIMES = "examples:reentry/times@0.1.0";

  private static HostInterface logging(HostFunction enabled) {
    return HostInterface.builder("calcite:extension/logging@0.1.0")
        .function("enabled", enabled)
        .build();
  }

  @Test
  void aHostFunctionGetsComponentValuesAndTheCallersUserData() {
    List<Object> seen = new ArrayList<>();
    LinkedComponent guest =
        Guest.link(
            "fixtures/reentry",
            logging(
                (call, arguments) -> {
                  seen.add(arguments[0]);
                  seen.add(call.instance().userData());
                  return true;
                }));
    try (Instance instance =
        guest.instantiate(InstanceOptions.DEFAULT.withUserData("the session"))) {
      assertThat(instance.function(TIMES, "during-call").call(1)).isEqualTo(true);
    }
    assertThat(seen).containsExactly(1, "the session");
  }

  @Test
  void theHostCannotBeCalledDuringRealloc() {
    try (Instance instance = Guest.start("fixtures/reentry", logging((call, a) -> true))) {
      TrapException trap =
          catchThrowableOfType(
              TrapException.class, () -> instance.function(TIMES, "during-realloc").call("text"));
      assertThat(trap.kind()).isEqualTo(Kind.CANONICAL_ABI);
      assertThat(trap)
          .hasMessage(
              "\"calcite:extension/logging@0.1.0#enabled\": the component instance cannot be left"
                  + " during realloc or post-return");
      assertThat(trap.frames()).containsExactly("cabi_realloc");
    }
  }

  @Test
  void theHostCannotBeCalledDuringPostReturn() {
    try (Instance instance = Guest.start("fixtures/reentry", logging((call, a) -> true))) {
      TrapException trap =
          catchThrowableOfType(
              TrapException.class, () -> instance.function(TIMES, "during-post-return").call(1));
      assertThat(trap.kind()).isEqualTo(Kind.CANONICAL_ABI);
      assertThat(trap).hasMessageContaining("cannot be left during realloc or post-return");
    }
  }

  @Test
  void aHostFunctionCannotCallBackIntoItsCaller() {
    HostInterface reentering =
        logging((call, a) -> call.instance().function(TIMES, "during-call").call(1));
    try (Instance instance = Guest.start("fixtures/reentry", reentering)) {
      TrapException trap =
          catchThrowableOfType(
              TrapException.class, () -> instance.function(TIMES, "during-call").call(1));
      assertThat(trap.kind()).isEqualTo(Kind.CANONICAL_ABI);
      assertThat(trap).hasMessageContaining("cannot be entered: a call is inside it already");
    }
  }

  @Test
  void aHostFunctionCanCallAnotherInstance() {
    LinkedComponent inner = Guest.link("fixtures/reentry", logging((call, a) -> false));
    HostInterface nesting =
        logging(
            (call, a) -> {
              try (Instance other = inner.instantiate(InstanceOptions.DEFAULT)) {
                return other.function(TIMES, "during-call").call(1);
              }
            });
    try (Instance instance = Guest.start("fixtures/reentry", nesting)) {
      assertThat(instance.function(TIMES, "during-call").call(1)).isEqualTo(false);
    }
  }

  @Test
  void anUncheckedExceptionOfTheHostsComesThroughUnchanged() {
    RuntimeException failure = new UnsupportedOperationException("not today");
    HostInterface failing =
        logging(
            (call, a) -> {
              throw failure;
            });
    try (Instance instance = Guest.start("fixtures/reentry", failing)) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> instance.function(TIMES, "during-call").call(1))
          .isSameAs(failure);
      assertThat(instance.usable()).isFalse();
    }
  }

  @Test
  void aCheckedExceptionOfTheHostsNamesTheFunction() {
    HostInterface failing =
        logging(
            (call, a) -> {
              throw new IOException("disk gone");
            });
    try (Instance instance = Guest.start("fixtures/reentry", failing)) {
      assertThatExceptionOfType(HostFailure.class)
          .isThrownBy(() -> instance.function(TIMES, "during-call").call(1))
          .withMessage(
              "host function \"calcite:extension/logging@0.1.0#enabled\" failed: disk gone")
          .withCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void aWrongResultIsTheHostsFaultAndNotTheGuests() {
    try (Instance instance = Guest.start("fixtures/reentry", logging((call, a) -> "yes"))) {
      assertThatExceptionOfType(HostFailure.class)
          .isThrownBy(() -> instance.function(TIMES, "during-call").call(1))
          .withMessageContaining("enabled\" returned a wrong value: result: bool takes a Boolean");
    }
  }

  @Test
  void aWrongArgumentIsTheCallersFaultAndTheInstanceLivesOn() {
    try (Instance instance = Guest.start("fixtures/reentry", logging((call, a) -> true))) {
      ComponentFunction function = instance.function(TIMES, "during-call");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> function.call("one"))
          .withMessageContaining(
              "during-call\": parameter \"n\": s32 takes a Integer, not java.lang");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> function.call(1, 2))
          .withMessageContaining("takes 1 values, not 2");
      assertThat(function.call(1)).isEqualTo(true);
    }
  }

  @Test
  void aMissingInterfaceOrFunctionIsNamed() throws Exception {
    Component guest = Component.read(Guests.bytes("fixtures/reentry"));
    assertThatExceptionOfType(LinkException.class)
        .isThrownBy(() -> Guest.engine().link(guest, Linker.builder().build()))
        .withMessage(
            "import \"calcite:extension/logging@0.1.0\": nobody offers the function \"enabled\"");
    HostInterface poor = HostInterface.builder("calcite:extension/logging@0.1.7").build();
    assertThatExceptionOfType(LinkException.class)
        .isThrownBy(() -> Guest.engine().link(guest, Linker.builder().define(poor).build()))
        .withMessageContaining(
            "\"calcite:extension/logging@0.1.7\" offers no function \"enabled\"");
  }

  @Test
  void oneTrackIsServedByOneInterface() {
    Linker.Builder linker =
        Linker.builder().define(HostInterface.builder("wasi:io/streams@0.2.6").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> linker.define(HostInterface.builder("wasi:io/streams@0.2.0").build()))
        .withMessageContaining("is served by \"wasi:io/streams@0.2.6\" already");
    assertThat(linker.build().find("wasi:io/streams@0.2.12")).isPresent();
    assertThat(linker.build().find("wasi:io/streams@0.3.0")).isEmpty();
  }
}
