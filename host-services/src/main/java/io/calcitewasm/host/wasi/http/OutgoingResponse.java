package io.calcitewasm.host.wasi.http;

import io.calcitewasm.component.model.ResultValue;

/** The resource {@code outgoing-response}. No guest can hold anything to send it by. */
final class OutgoingResponse {
  private static final int OK = 200;

  private final HttpFields headers;
  private int statusCode = OK;
  private boolean bodyTaken;

  OutgoingResponse(HttpFields headers) {
    this.headers = headers;
  }

  HttpFields headers() {
    return headers.view();
  }

  int statusCode() {
    return statusCode;
  }

  /** {@code result}: only what has three digits is a status code (RFC 9110, 15). */
  ResultValue setStatusCode(int code) {
    if (code < 100 || code > 999) {
      return ResultValue.err(null);
    }
    statusCode = code;
    return ResultValue.ok(null);
  }

  /** {@code result<outgoing-body>}: at most once. */
  ResultValue body() {
    ResultValue body = bodyTaken ? ResultValue.err(null) : ResultValue.ok(new OutgoingBody());
    bodyTaken = true;
    return body;
  }

  void drop() {
    headers.drop();
  }
}
