package io.calcitewasm.host.wasi.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.VariantValue;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.service.Service;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {
  private static final long ENDLESS = -1;
  private static final ResultValue DONE = ResultValue.ok(null);
  private static final ResultValue CLOSED = ResultValue.err(new VariantValue(1, null));

  private final Service streams = Streams.service();
  private final Guest guest = Guest.withoutGrants();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteSink sink = written::writeBytes;

  @ParameterizedTest
  @ValueSource(strings = {"read", "blocking-read"})
  void reading_gives_what_is_there_and_then_closed(String read) {
    ByteSource source = source(1, 2, 3);
    assertThat(call("input-stream." + read, source, 2L)).isEqualTo(ok(1, 2));
    assertThat(call("input-stream." + read, source, ENDLESS)).isEqualTo(ok(3));
    assertThat(call("input-stream." + read, source, 1L)).isEqualTo(CLOSED);
  }

  @Test
  void a_read_without_end_gets_a_chunk() {
    ByteSource zeroes = byte[]::new;
    ResultValue read = (ResultValue) call("input-stream.read", zeroes, ENDLESS);
    assertThat((byte[]) read.value()).hasSize(Streams.CHUNK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip", "blocking-skip"})
  void skipping_counts(String skip) {
    ByteSource source = source(1, 2, 3);
    assertThat(call("input-stream." + skip, source, 2L)).isEqualTo(ResultValue.ok(2L));
    assertThat(call("input-stream.read", source, 9L)).isEqualTo(ok(3));
    assertThat(call("input-stream." + skip, source, 2L)).isEqualTo(CLOSED);
  }

  @Test
  void writing_after_check_write_arrives() {
    ResultValue permit = (ResultValue) call("output-stream.check-write", sink);
    assertThat((Long) permit.value()).isPositive();
    assertThat(call("output-stream.write", sink, new byte[] {1, 2})).isEqualTo(DONE);
    assertThat(call("output-stream.flush", sink)).isEqualTo(DONE);
    assertThat(call("output-stream.blocking-write-and-flush", sink, new byte[] {3}))
        .isEqualTo(DONE);
    assertThat(call("output-stream.blocking-flush", sink)).isEqualTo(DONE);
    assertThat(call("output-stream.write-zeroes", sink, 2L)).isEqualTo(DONE);
    assertThat(call("output-stream.blocking-write-zeroes-and-flush", sink, 1L)).isEqualTo(DONE);
    assertThat(written.toByteArray()).containsExactly(1, 2, 3, 0, 0, 0);
  }

  @Test
  void writing_more_than_permitted_traps() {
    byte[] permitted = new byte[ByteSink.PERMIT];
    assertThat(call("output-stream.write", sink, permitted)).isEqualTo(DONE);
    assertTrap("output-stream.write", new byte[ByteSink.PERMIT + 1]);
    assertTrap("output-stream.write-zeroes", ByteSink.PERMIT + 1L);
    assertTrap("output-stream.write-zeroes", ENDLESS);
    assertTrap("output-stream.blocking-write-and-flush", new byte[4097]);
    assertTrap("output-stream.blocking-write-zeroes-and-flush", 4097L);
    assertThat(written.size()).isEqualTo(ByteSink.PERMIT);
  }

  private void assertTrap(String function, Object argument) {
    assertThatThrownBy(() -> call(function, sink, argument))
        .isInstanceOf(TrapException.class)
        .hasMessageContaining("the guest called " + function);
  }

  @ParameterizedTest
  @ValueSource(strings = {"splice", "blocking-splice"})
  void splicing_moves_bytes_from_one_stream_to_another(String splice) {
    ByteSource source = source(1, 2, 3);
    assertThat(call("output-stream." + splice, sink, source, 2L)).isEqualTo(ResultValue.ok(2L));
    assertThat(call("output-stream." + splice, sink, source, ENDLESS))
        .isEqualTo(ResultValue.ok(1L));
    assertThat(call("output-stream." + splice, sink, source, 1L)).isEqualTo(CLOSED);
    assertThat(written.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void a_failure_carries_its_error() {
    IoError error = new IoError("the disk is wet");
    ByteSource broken =
        _ -> {
          throw StreamException.failed(error);
        };
    assertThat(call("input-stream.read", broken, 1L))
        .isEqualTo(ResultValue.err(new VariantValue(0, error)));
    assertThat(guest.call(IoError.service(), "[method]error.to-debug-string", error))
        .isEqualTo("the disk is wet");
  }

  @Test
  void streams_are_always_ready() {
    assertThat(call("input-stream.subscribe", ByteSource.EMPTY)).isEqualTo(Pollable.READY);
    assertThat(call("output-stream.subscribe", sink)).isEqualTo(Pollable.READY);
  }

  private Object call(String function, Object... args) {
    return guest.call(streams, "[method]" + function, args);
  }

  private static ResultValue ok(int... bytes) {
    return ResultValue.ok(bytes(bytes));
  }

  private static ByteSource source(int... bytes) {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes(bytes));
    return most -> {
      if (in.available() == 0) {
        throw StreamException.closed();
      }
      byte[] read = new byte[Math.min(most, in.available())];
      in.read(read, 0, read.length);
      return read;
    };
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
