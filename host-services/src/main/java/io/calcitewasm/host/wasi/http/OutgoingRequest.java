package io.calcitewasm.host.wasi.http;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.context.HostMemory;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The resource {@code outgoing-request}: what a guest would like to send. Its texts count as the
 * instance's {@link HostMemory}.
 */
final class OutgoingRequest {
  private static final int OTHER_METHOD = 9;
  private static final int OTHER_SCHEME = 2;
  private static final VariantValue GET = new VariantValue(0, null);

  private static final ResultValue DONE = ResultValue.ok(null);
  private static final ResultValue REFUSED = ResultValue.err(null);

  /** RFC 3986, 3.1. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

  /** RFC 3986, 3.2, without looking into brackets. */
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@%\\[\\]-]+");

  /** RFC 9112, 3.2: origin form; asterisk form. */
  private static final Pattern PATH_WITH_QUERY =
      Pattern.compile("\\*|[/?][A-Za-z0-9._~!$&'()*+,;=:@%/?{}|\\[\\]^`\"<>\\\\-]*");

  /** What the object costs beside its texts, bytes. */
  private static final int OBJECT = 128;

  private final HostMemory memory;
  private final HttpFields headers;
  private VariantValue method = GET;
  private Optional<Object> pathWithQuery = Optional.empty();
  private Optional<Object> scheme = Optional.empty();
  private Optional<Object> authority = Optional.empty();
  private boolean bodyTaken;

  OutgoingRequest(HostMemory memory, HttpFields headers) {
    memory.take(OBJECT);
    this.memory = memory;
    this.headers = headers;
  }

  HttpFields headers() {
    return headers.view();
  }

  /** {@code result<outgoing-body>}: at most once. */
  ResultValue body() {
    ResultValue body = bodyTaken ? REFUSED : ResultValue.ok(new OutgoingBody());
    bodyTaken = true;
    return body;
  }

  VariantValue method() {
    return method;
  }

  ResultValue setMethod(VariantValue value) {
    if (value.caseIndex() == OTHER_METHOD && !HttpFields.isToken(String.valueOf(value.payload()))) {
      return REFUSED;
    }
    account(text(Optional.of(method)), text(Optional.of(value)));
    method = value;
    return DONE;
  }

  Optional<Object> pathWithQuery() {
    return pathWithQuery;
  }

  ResultValue setPathWithQuery(Optional<Object> value) {
    if (!text(value).isEmpty() && !PATH_WITH_QUERY.matcher(text(value)).matches()) {
      return REFUSED;
    }
    account(text(pathWithQuery), text(value));
    pathWithQuery = value;
    return DONE;
  }

  Optional<Object> scheme() {
    return scheme;
  }

  ResultValue setScheme(Optional<Object> value) {
    boolean other = value.isPresent() && ((VariantValue) value.get()).caseIndex() == OTHER_SCHEME;
    if (other && !SCHEME.matcher(text(value)).matches()) {
      return REFUSED;
    }
    account(text(scheme), text(value));
    scheme = value;
    return DONE;
  }

  Optional<Object> authority() {
    return authority;
  }

  ResultValue setAuthority(Optional<Object> value) {
    if (value.isPresent() && !AUTHORITY.matcher(text(value)).matches()) {
      return REFUSED;
    }
    account(text(authority), text(value));
    authority = value;
    return DONE;
  }

  /** The request is dropped or handed over. */
  void drop() {
    headers.drop();
    account(text(Optional.of(method)) + text(pathWithQuery) + text(scheme) + text(authority), "");
    memory.give(OBJECT);
  }

  private void account(String before, String after) {
    memory.take(2L * after.length());
    memory.give(2L * before.length());
  }

  /** The text in an optional string, or in the payload of an optional {@code other(string)}. */
  private static String text(Optional<?> value) {
    return switch (value.orElse(null)) {
      case String text -> text;
      case VariantValue variant when variant.payload() instanceof String text -> text;
      case null, default -> "";
    };
  }
}
