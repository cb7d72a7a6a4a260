package io.calcitewasm.host.wasi.http;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.wasi.io.ByteSink;

/** The resource {@code outgoing-body} of something that will not be sent: it keeps nothing. */
final class OutgoingBody {
  private boolean streamTaken;

  /** {@code result<output-stream>}: at most once. */
  ResultValue write() {
    ResultValue stream = streamTaken ? ResultValue.err(null) : ResultValue.ok(ByteSink.NOWHERE);
    streamTaken = true;
    return stream;
  }
}
