package io.calcitewasm.host.wasi.http;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.service.ServiceFunction;
import java.util.List;
import java.util.Optional;

/**
 * {@code wasi:http/types}, {@code outgoing-handler} and {@code incoming-handler} without the {@code
 * network} grant. What a guest can make by itself works: fields, requests, their options and
 * bodies. Sending answers {@code HTTP-request-denied}, so what would arrive never does; functions
 * about it refuse (42501) should they ever be reached.
 */
public final class HttpTypes {
  private static final String TYPES =
      """
      package wasi:http;
      interface types {
        use wasi:clocks/monotonic-clock.{duration};
        use wasi:io/streams.{input-stream, output-stream};
        use wasi:io/error.{error as io-error};
        use wasi:io/poll.{pollable};
        variant method {
          get, head, post, put, delete, connect, options, trace, patch, other(string),
        }
        variant scheme { HTTP, HTTPS, other(string) }
        record DNS-error-payload { rcode: option<string>, info-code: option<u16> }
        record TLS-alert-received-payload {
          alert-id: option<u8>, alert-message: option<string>,
        }
        record field-size-payload { field-name: option<string>, field-size: option<u32> }
        variant error-code {
          DNS-timeout,
          DNS-error(DNS-error-payload),
          destination-not-found,
          destination-unavailable,
          destination-IP-prohibited,
          destination-IP-unroutable,
          connection-refused,
          connection-terminated,
          connection-timeout,
          connection-read-timeout,
          connection-write-timeout,
          connection-limit-reached,
          TLS-protocol-error,
          TLS-certificate-error,
          TLS-alert-received(TLS-alert-received-payload),
          HTTP-request-denied,
          HTTP-request-length-required,
          HTTP-request-body-size(option<u64>),
          HTTP-request-method-invalid,
          HTTP-request-URI-invalid,
          HTTP-request-URI-too-long,
          HTTP-request-header-section-size(option<u32>),
          HTTP-request-header-size(option<field-size-payload>),
          HTTP-request-trailer-section-size(option<u32>),
          HTTP-request-trailer-size(field-size-payload),
          HTTP-response-incomplete,
          HTTP-response-header-section-size(option<u32>),
          HTTP-response-header-size(field-size-payload),
          HTTP-response-body-size(option<u64>),
          HTTP-response-trailer-section-size(option<u32>),
          HTTP-response-trailer-size(field-size-payload),
          HTTP-response-transfer-coding(option<string>),
          HTTP-response-content-coding(option<string>),
          HTTP-response-timeout,
          HTTP-upgrade-failed,
          HTTP-protocol-error,
          loop-detected,
          configuration-error,
          internal-error(option<string>),
        }
        http-error-code: func(err: borrow<io-error>) -> option<error-code>;
        variant header-error { invalid-syntax, forbidden, immutable }
        type field-name = string;
        type field-key = string;
        type field-value = list<u8>;
        resource fields {
          constructor();
          from-list: static func(entries: list<tuple<field-name, field-value>>)
              -> result<fields, header-error>;
          get: func(name: field-name) -> list<field-value>;
          has: func(name: field-name) -> bool;
          set: func(name: field-name, value: list<field-value>) -> result<_, header-error>;
          delete: func(name: field-name) -> result<_, header-error>;
          append: func(name: field-name, value: field-value) -> result<_, header-error>;
          entries: func() -> list<tuple<field-name, field-value>>;
          clone: func() -> fields;
        }
        type headers = fields;
        type trailers = fields;
        resource incoming-request {
          method: func() -> method;
          path-with-query: func() -> option<string>;
          scheme: func() -> option<scheme>;
          authority: func() -> option<string>;
          headers: func() -> headers;
          consume: func() -> result<incoming-body>;
        }
        resource outgoing-request {
          constructor(headers: headers);
          body: func() -> result<outgoing-body>;
          method: func() -> method;
          set-method: func(method: method) -> result;
          path-with-query: func() -> option<string>;
          set-path-with-query: func(value: option<string>) -> result;
          scheme: func() -> option<scheme>;
          set-scheme: func(scheme: option<scheme>) -> result;
          authority: func() -> option<string>;
          set-authority: func(authority: option<string>) -> result;
          headers: func() -> headers;
        }
        resource request-options {
          constructor();
          connect-timeout: func() -> option<duration>;
          set-connect-timeout: func(duration: option<duration>) -> result;
          first-byte-timeout: func() -> option<duration>;
          set-first-byte-timeout: func(duration: option<duration>) -> result;
          between-bytes-timeout: func() -> option<duration>;
          set-between-bytes-timeout: func(duration: option<duration>) -> result;
        }
        resource response-outparam {
          send-informational: func(status: u16, headers: headers) -> result<_, error-code>;
          set: static func(param: response-outparam,
              response: result<outgoing-response, error-code>);
        }
        type status-code = u16;
        resource incoming-response {
          status: func() -> status-code;
          headers: func() -> headers;
          consume: func() -> result<incoming-body>;
        }
        resource incoming-body {
          %stream: func() -> result<input-stream>;
          finish: static func(this: incoming-body) -> future-trailers;
        }
        resource future-trailers {
          subscribe: func() -> pollable;
          get: func() -> option<result<result<option<trailers>, error-code>>>;
        }
        resource outgoing-response {
          constructor(headers: headers);
          status-code: func() -> status-code;
          set-status-code: func(status-code: status-code) -> result;
          headers: func() -> headers;
          body: func() -> result<outgoing-body>;
        }
        resource outgoing-body {
          write: func() -> result<output-stream>;
          finish: static func(this: outgoing-body, trailers: option<trailers>)
              -> result<_, error-code>;
        }
        resource future-incoming-response {
          subscribe: func() -> pollable;
          get: func() -> option<result<result<incoming-response, error-code>>>;
        }
      }
      """;

  private static final String OUTGOING_HANDLER =
      """
      package wasi:http;
      interface outgoing-handler {
        use types.{outgoing-request, request-options, future-incoming-response, error-code};
        handle: func(request: outgoing-request, options: option<request-options>)
            -> result<future-incoming-response, error-code>;
      }
      """;

  private static final String INCOMING_HANDLER =
      """
      package wasi:http;
      interface incoming-handler {
        use types.{incoming-request, response-outparam};
        handle: func(request: incoming-request, response-out: response-outparam);
      }
      """;

  /** {@code HTTP-request-denied} of {@code error-code}. */
  private static final VariantValue REQUEST_DENIED = new VariantValue(15, null);

  private static final ResultValue DENIED = ResultValue.err(REQUEST_DENIED);

  private static final ServiceFunction REFUSED =
      (host, _) -> {
        throw HostDenied.ungranted(host, "network", "wasi:http");
      };

  private HttpTypes() {}

  /** The services. */
  public static List<Service> services() {
    return List.of(
        types(),
        Service.builder("wasi:http/outgoing-handler@0.2.12", OUTGOING_HANDLER)
            .function(
                "handle",
                (_, args) -> {
                  ((OutgoingRequest) args[0]).drop();
                  optional(args[1]).ifPresent(options -> ((RequestOptions) options).drop());
                  return DENIED;
                })
            .build(),
        Service.builder("wasi:http/incoming-handler@0.2.12", INCOMING_HANDLER)
            .otherwise(REFUSED)
            .build());
  }

  private static Service types() {
    Service.Builder types = Service.builder("wasi:http/types@0.2.12", TYPES);
    fields(types);
    request(types);
    options(types);
    response(types);
    return types
        // No stream here fails with an error of HTTP.
        .function("http-error-code", (_, _) -> Optional.empty())
        .function("[method]outgoing-body.write", (_, args) -> ((OutgoingBody) args[0]).write())
        .function("[static]outgoing-body.finish", (_, args) -> finish((Optional<?>) args[1]))
        .function("[method]response-outparam.send-informational", (_, _) -> DENIED)
        .otherwise(REFUSED)
        .build();
  }

  private static ResultValue finish(Optional<?> trailers) {
    trailers.ifPresent(fields -> ((HttpFields) fields).drop());
    return DENIED;
  }

  private static void fields(Service.Builder types) {
    types
        .function("[constructor]fields", (host, _) -> new HttpFields(host.memory()))
        .function(
            "[static]fields.from-list",
            (host, args) -> HttpFields.fromList(host.memory(), (List<?>) args[0]))
        .function("[method]fields.get", (_, args) -> fields(args).get((String) args[1]))
        .function("[method]fields.has", (_, args) -> fields(args).has((String) args[1]))
        .function(
            "[method]fields.set",
            (_, args) -> fields(args).set((String) args[1], (List<?>) args[2]))
        .function("[method]fields.delete", (_, args) -> fields(args).delete((String) args[1]))
        .function(
            "[method]fields.append",
            (_, args) -> fields(args).append((String) args[1], (byte[]) args[2]))
        .function("[method]fields.entries", (_, args) -> fields(args).entries())
        .function("[method]fields.clone", (_, args) -> fields(args).copy())
        .onDrop("fields", fields -> ((HttpFields) fields).drop());
  }

  private static HttpFields fields(Object[] args) {
    return (HttpFields) args[0];
  }

  private static void request(Service.Builder types) {
    String method = "[method]outgoing-request.";
    types
        .function(
            "[constructor]outgoing-request",
            (host, args) -> new OutgoingRequest(host.memory(), (HttpFields) args[0]))
        .function(method + "body", (_, args) -> request(args).body())
        .function(method + "method", (_, args) -> request(args).method())
        .function(
            method + "set-method", (_, args) -> request(args).setMethod((VariantValue) args[1]))
        .function(method + "path-with-query", (_, args) -> request(args).pathWithQuery())
        .function(
            method + "set-path-with-query",
            (_, args) -> request(args).setPathWithQuery(optional(args[1])))
        .function(method + "scheme", (_, args) -> request(args).scheme())
        .function(method + "set-scheme", (_, args) -> request(args).setScheme(optional(args[1])))
        .function(method + "authority", (_, args) -> request(args).authority())
        .function(
            method + "set-authority", (_, args) -> request(args).setAuthority(optional(args[1])))
        .function(method + "headers", (_, args) -> request(args).headers())
        .onDrop("outgoing-request", request -> ((OutgoingRequest) request).drop());
  }

  private static OutgoingRequest request(Object[] args) {
    return (OutgoingRequest) args[0];
  }

  private static void options(Service.Builder types) {
    types
        .function("[constructor]request-options", (host, _) -> new RequestOptions(host.memory()))
        .onDrop("request-options", options -> ((RequestOptions) options).drop());
    for (RequestOptions.Timeout timeout : RequestOptions.Timeout.values()) {
      types
          .function(
              "[method]request-options." + timeout.witName(),
              (_, args) -> ((RequestOptions) args[0]).get(timeout))
          .function(
              "[method]request-options.set-" + timeout.witName(),
              (_, args) -> {
                ((RequestOptions) args[0]).set(timeout, optional(args[1]));
                return ResultValue.ok(null);
              });
    }
  }

  private static void response(Service.Builder types) {
    String method = "[method]outgoing-response.";
    types
        .function(
            "[constructor]outgoing-response",
            (_, args) -> new OutgoingResponse((HttpFields) args[0]))
        .function(method + "status-code", (_, args) -> response(args).statusCode())
        .function(
            method + "set-status-code",
            (_, args) -> response(args).setStatusCode((Integer) args[1]))
        .function(method + "headers", (_, args) -> response(args).headers())
        .function(method + "body", (_, args) -> response(args).body())
        .onDrop("outgoing-response", response -> ((OutgoingResponse) response).drop());
  }

  private static OutgoingResponse response(Object[] args) {
    return (OutgoingResponse) args[0];
  }

  private static Optional<Object> optional(Object value) {
    return ((Optional<?>) value).map(Object.class::cast);
  }
}
