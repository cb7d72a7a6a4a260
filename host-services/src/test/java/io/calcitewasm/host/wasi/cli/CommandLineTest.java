package io.calcitewasm.host.wasi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private final Service environment = CommandLine.environment();
  private final Service exit = CommandLine.exit();
  private final Guest guest = Guest.withoutGrants();

  @Test
  void without_grants_there_are_no_variables_arguments_or_directory() {
    assertThat(guest.call(environment, "get-environment")).isEqualTo(List.of());
    assertThat(guest.call(environment, "get-arguments")).isEqualTo(List.of());
    assertThat(guest.call(environment, "initial-cwd")).isEqualTo(Optional.empty());
  }

  @Test
  void granted_variables_come_in_order_of_their_names() {
    Grant names = Grant.parse("environment", Map.of("names", List.of("TZ", "LANG", "HIDDEN")));
    Guest granted =
        Guest.of(
            Guest.context()
                .provision(
                    Provision.of(
                        List.of(names),
                        Map.of("TZ", "UTC", "LANG", "de", "HIDE", "x", "HIDDEN2", "x"),
                        PackedFiles.NONE))
                .build());
    assertThat((List<?>) granted.call(environment, "get-environment"))
        .map(pair -> List.of((Object[]) pair))
        .isEqualTo(List.of(List.of("LANG", "de"), List.of("TZ", "UTC")));
  }

  @Test
  void variables_that_are_revoked_are_refused() {
    Guest granted = Guest.granted(Grant.parse("environment", Map.of("names", "PATH")));
    granted.host().grants().revoke(Capability.ENVIRONMENT);
    assertThatThrownBy(() -> granted.call(environment, "get-environment"))
        .isInstanceOf(HostDenied.class);
  }

  @Test
  void exit_is_a_trap_that_says_so() {
    assertThatThrownBy(() -> guest.run(exit, "exit", ResultValue.ok(null)))
        .isInstanceOfSatisfying(
            TrapException.class,
            trap -> assertThat(trap.kind()).isEqualTo(TrapException.Kind.GUEST))
        .hasMessage("the guest called exit (success) instead of returning");
    assertThatThrownBy(() -> guest.run(exit, "exit", ResultValue.err(null)))
        .hasMessage("the guest called exit (failure) instead of returning");
    assertThatThrownBy(() -> guest.run(exit, "exit-with-code", 3))
        .isInstanceOf(TrapException.class)
        .hasMessage("the guest called exit (status 3) instead of returning");
  }
}
