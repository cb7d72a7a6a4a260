package io.calcitewasm.host.wasi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.Wasi;
import io.calcitewasm.host.wasi.io.IoError;
import io.calcitewasm.host.wasi.io.Streams;
import io.calcitewasm.host.wit.WitTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTypesTest {
  private static final ResultValue DONE = ResultValue.ok(null);
  private static final ResultValue REFUSED = ResultValue.err(null);
  private static final ResultValue DENIED = ResultValue.err(new VariantValue(15, null));
  private static final ResultValue INVALID_SYNTAX = ResultValue.err(new VariantValue(0, null));
  private static final ResultValue IMMUTABLE = ResultValue.err(new VariantValue(2, null));
  private static final int OTHER_METHOD = 9;

  private final Service types = HttpTypes.services().get(0);
  private final Service outgoing = HttpTypes.services().get(1);
  private final Service incoming = HttpTypes.services().get(2);
  private final Guest guest = Guest.withoutGrants();

  @Test
  void a_request_can_be_put_together_and_is_denied_when_sent() {
    Object headers = call("[constructor]fields");
    assertThat(call("[method]fields.append", headers, "Accept", ascii("text/plain")))
        .isEqualTo(DONE);
    Object request = call("[constructor]outgoing-request", headers);
    assertThat(set(request, "method", new VariantValue(2, null))).isEqualTo(DONE);
    assertThat(set(request, "scheme", Optional.of(new VariantValue(1, null)))).isEqualTo(DONE);
    assertThat(set(request, "authority", Optional.of("example.org:443"))).isEqualTo(DONE);
    assertThat(set(request, "path-with-query", Optional.of("/a?b=c"))).isEqualTo(DONE);
    assertThat(get(request, "method")).isEqualTo(new VariantValue(2, null));
    assertThat(get(request, "scheme")).isEqualTo(Optional.of(new VariantValue(1, null)));
    assertThat(get(request, "authority")).isEqualTo(Optional.of("example.org:443"));
    assertThat(get(request, "path-with-query")).isEqualTo(Optional.of("/a?b=c"));

    ResultValue body = (ResultValue) get(request, "body");
    ResultValue stream = (ResultValue) call("[method]outgoing-body.write", value(body));
    assertThat(
            guest.call(
                Streams.service(),
                "[method]output-stream.blocking-write-and-flush",
                value(stream),
                ascii("hello")))
        .isEqualTo(DONE);
    assertThat(call("[static]outgoing-body.finish", value(body), Optional.empty()))
        .isEqualTo(DENIED);

    assertThat(guest.call(outgoing, "handle", request, Optional.empty())).isEqualTo(DENIED);
    assertThat(guest.host().memory().used()).as("what the host still holds").isZero();
  }

  @Test
  void denied_is_the_interface_s_own_error() {
    WitTypes wasi = WitTypes.of(Wasi.services().stream().map(Service::wit).toList());
    ValType.ResultType result =
        (ValType.ResultType)
            Objects.requireNonNull(wasi.get("wasi:http/outgoing-handler").functions().get("handle"))
                .result()
                .orElseThrow();
    ValType.VariantType errors = (ValType.VariantType) result.err().orElseThrow();
    assertThat(errors.cases().get(15))
        .isEqualTo(new ValType.Case("HTTP-request-denied", Optional.empty()));
  }

  @Test
  void a_body_and_its_stream_are_given_once() {
    Object request = call("[constructor]outgoing-request", call("[constructor]fields"));
    Object body = value((ResultValue) get(request, "body"));
    assertThat(get(request, "body")).isEqualTo(REFUSED);
    assertThat(((ResultValue) call("[method]outgoing-body.write", body)).isOk()).isTrue();
    assertThat(call("[method]outgoing-body.write", body)).isEqualTo(REFUSED);
  }

  @Test
  void what_is_no_syntax_of_HTTP_is_refused() {
    Object request = call("[constructor]outgoing-request", call("[constructor]fields"));
    assertThat(set(request, "method", new VariantValue(OTHER_METHOD, "PRO PFIND")))
        .isEqualTo(REFUSED);
    assertThat(set(request, "method", new VariantValue(OTHER_METHOD, "PROPFIND"))).isEqualTo(DONE);
    assertThat(set(request, "scheme", Optional.of(new VariantValue(2, "1http"))))
        .isEqualTo(REFUSED);
    assertThat(set(request, "authority", Optional.of("exa mple"))).isEqualTo(REFUSED);
    assertThat(set(request, "path-with-query", Optional.of("a b"))).isEqualTo(REFUSED);
    assertThat(set(request, "path-with-query", Optional.empty())).isEqualTo(DONE);
    assertThat(get(request, "path-with-query")).isEqualTo(Optional.empty());
  }

  @Test
  void fields_keep_order_and_case_and_compare_without_it() {
    ResultValue made =
        (ResultValue)
            call(
                "[static]fields.from-list",
                List.of(field("Set-Cookie", "a"), field("Age", "1"), field("set-cookie", "b")));
    Object fields = value(made);
    assertThat((List<?>) call("[method]fields.get", fields, "SET-COOKIE"))
        .map(v -> new String((byte[]) v, StandardCharsets.US_ASCII))
        .isEqualTo(List.of("a", "b"));
    assertThat(call("[method]fields.has", fields, "age")).isEqualTo(true);
    assertThat(call("[method]fields.has", fields, "not a name")).isEqualTo(false);
    assertThat(names(fields)).containsExactly("Set-Cookie", "Age", "set-cookie");
    assertThat(call("[method]fields.set", fields, "set-cookie", List.of(ascii("c"))))
        .isEqualTo(DONE);
    assertThat(names(fields)).containsExactly("Age", "set-cookie");
    assertThat(call("[method]fields.delete", fields, "AGE")).isEqualTo(DONE);
    assertThat(names(fields)).containsExactly("set-cookie");
  }

  @Test
  void malformed_fields_are_refused() {
    Object fields = call("[constructor]fields");
    assertThat(call("[method]fields.append", fields, "a b", ascii("x"))).isEqualTo(INVALID_SYNTAX);
    assertThat(call("[method]fields.append", fields, "a", ascii("x\r\nEvil: y")))
        .isEqualTo(INVALID_SYNTAX);
    assertThat(call("[method]fields.set", fields, "a", List.of(ascii("\0"))))
        .isEqualTo(INVALID_SYNTAX);
    assertThat(call("[method]fields.delete", fields, "")).isEqualTo(INVALID_SYNTAX);
    assertThat(call("[static]fields.from-list", List.of(field("ok", "1"), field("", "2"))))
        .isEqualTo(INVALID_SYNTAX);
    assertThat(names(fields)).isEmpty();
  }

  @Test
  void a_request_s_headers_are_immutable_and_a_clone_of_them_is_not() {
    Object headers = call("[constructor]fields");
    call("[method]fields.append", headers, "a", ascii("1"));
    Object shown = get(call("[constructor]outgoing-request", headers), "headers");
    assertThat(call("[method]fields.append", shown, "b", ascii("2"))).isEqualTo(IMMUTABLE);
    assertThat(call("[method]fields.set", shown, "a", List.of())).isEqualTo(IMMUTABLE);
    assertThat(call("[method]fields.delete", shown, "a")).isEqualTo(IMMUTABLE);
    Object clone = call("[method]fields.clone", shown);
    assertThat(call("[method]fields.append", clone, "b", ascii("2"))).isEqualTo(DONE);
    assertThat(names(shown)).containsExactly("a");
    assertThat(names(clone)).containsExactly("a", "b");
  }

  @Test
  void options_and_responses_remember() {
    Object options = call("[constructor]request-options");
    assertThat(call("[method]request-options.first-byte-timeout", options))
        .isEqualTo(Optional.empty());
    assertThat(call("[method]request-options.set-first-byte-timeout", options, Optional.of(5L)))
        .isEqualTo(DONE);
    assertThat(call("[method]request-options.first-byte-timeout", options))
        .isEqualTo(Optional.of(5L));
    assertThat(call("[method]request-options.connect-timeout", options))
        .isEqualTo(Optional.empty());

    Object response = call("[constructor]outgoing-response", call("[constructor]fields"));
    assertThat(call("[method]outgoing-response.status-code", response)).isEqualTo(200);
    assertThat(call("[method]outgoing-response.set-status-code", response, 99)).isEqualTo(REFUSED);
    assertThat(call("[method]outgoing-response.set-status-code", response, 404)).isEqualTo(DONE);
    assertThat(call("[method]outgoing-response.status-code", response)).isEqualTo(404);
  }

  @Test
  void a_guest_cannot_fill_the_host_s_memory() {
    Object fields = call("[constructor]fields");
    byte[] value = ascii("v".repeat(100_000));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                call("[method]fields.append", fields, "a", value);
              }
            })
        .isInstanceOf(TrapException.class)
        .hasMessageContaining("more than 1024 KB");
    Objects.requireNonNull(types.drops().get("fields")).accept(fields);
    assertThat(guest.host().memory().used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[method]incoming-request.method",
        "[method]incoming-response.status",
        "[static]incoming-body.finish",
        "[method]future-incoming-response.get",
        "[method]future-trailers.subscribe",
        "[static]response-outparam.set",
      })
  void what_would_arrive_from_outside_refuses(String function) {
    assertThatThrownBy(() -> call(function, new Object(), new Object()))
        .isInstanceOf(HostDenied.class)
        .hasMessageContaining("network");
  }

  @Test
  void the_incoming_handler_refuses() {
    assertThatThrownBy(() -> guest.run(incoming, "handle", new Object(), new Object()))
        .isInstanceOf(HostDenied.class);
    assertThat(call("http-error-code", new IoError("x"))).isEqualTo(Optional.empty());
  }

  private Object call(String function, Object... args) {
    return guest.call(types, function, args);
  }

  private Object get(Object request, String property) {
    return call("[method]outgoing-request." + property, request);
  }

  private Object set(Object request, String property, Object value) {
    return call("[method]outgoing-request.set-" + property, request, value);
  }

  private static Object value(ResultValue result) {
    assertThat(result.isOk()).isTrue();
    return Objects.requireNonNull(result.value());
  }

  private List<String> names(Object fields) {
    return ((List<?>) call("[method]fields.entries", fields))
        .stream().map(entry -> (String) ((Object[]) entry)[0]).toList();
  }

  private static Object field(String name, String value) {
    return new Object[] {name, ascii(value)};
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
