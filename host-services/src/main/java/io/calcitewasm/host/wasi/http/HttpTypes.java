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
        Service.builder("wasi:http/outgoing-handler@0.2.12", HttpWit.OUTGOING_HANDLER)
            .function(
                "handle",
                (_, args) -> {
                  ((OutgoingRequest) args[0]).drop();
                  optional(args[1]).ifPresent(options -> ((RequestOptions) options).drop());
                  return DENIED;
                })
            .build(),
        Service.builder("wasi:http/incoming-handler@0.2.12", HttpWit.INCOMING_HANDLER)
            .otherwise(REFUSED)
            .build());
  }

  private static Service types() {
    Service.Builder types = Service.builder("wasi:http/types@0.2.12", HttpWit.TYPES);
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
