package io.calcitewasm.host.wasi.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.Wasi;
import io.calcitewasm.host.wasi.io.IoError;
import io.calcitewasm.host.wit.WitTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DeniedSocketsTest {
  private static final int IPV4 = 0;
  private static final String ACCESS_DENIED = "access-denied";

  private final Map<String, Service> services =
      DeniedSockets.services().stream()
          .collect(Collectors.toMap(Service::name, Function.identity()));

  private final Guest guest = Guest.withoutGrants();

  @Test
  void no_socket_is_created_and_no_name_looked_up() {
    Object network = guest.call(service("instance-network"), "instance-network");
    ResultValue denied = ResultValue.err(1);
    assertThat(guest.call(service("tcp-create-socket"), "create-tcp-socket", IPV4))
        .isEqualTo(denied);
    assertThat(guest.call(service("udp-create-socket"), "create-udp-socket", IPV4))
        .isEqualTo(denied);
    assertThat(guest.call(service("ip-name-lookup"), "resolve-addresses", network, "example.org"))
        .isEqualTo(denied);
    assertThat(guest.call(service("network"), "network-error-code", new IoError("x")))
        .isEqualTo(Optional.empty());
  }

  /** Each function that can fail fails with the label access-denied of its own error type. */
  @TestFactory
  List<DynamicTest> every_function_with_an_error_arm_answers_access_denied() {
    WitTypes wasi = WitTypes.of(Wasi.services().stream().map(Service::wit).toList());
    List<DynamicTest> tests = new ArrayList<>();
    for (Service service : DeniedSockets.services()) {
      String name = service.interfaceName();
      wasi.get(name)
          .functions()
          .forEach(
              (function, type) -> {
                if (type.result().orElse(null) instanceof ValType.ResultType) {
                  tests.add(
                      DynamicTest.dynamicTest(
                          name + " " + function, () -> assertDenied(service, function, type)));
                }
              });
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests;
  }

  private void assertDenied(Service service, String function, FuncType type) {
    ValType.ResultType result = (ValType.ResultType) type.result().orElseThrow();
    ValType.EnumType errors = (ValType.EnumType) result.err().orElseThrow();
    assertThat(guest.call(service, function, new Object[type.parameters().size()]))
        .isEqualTo(ResultValue.err(errors.labels().indexOf(ACCESS_DENIED)));
  }

  @Test
  void a_function_without_an_error_arm_refuses() {
    assertThatThrownBy(
            () -> guest.call(service("tcp"), "[method]tcp-socket.is-listening", new Object()))
        .isInstanceOfSatisfying(
            HostDenied.class, denied -> assertThat(denied.capability()).isEqualTo("network"))
        .hasMessage(
            "module text called wasi:sockets/tcp, which needs the capability network; it was not"
                + " granted");
  }

  private Service service(String name) {
    Service service = services.get("wasi:sockets/" + name + "@0.2.12");
    if (service == null) {
      throw new AssertionError("no service " + name);
    }
    return service;
  }
}
