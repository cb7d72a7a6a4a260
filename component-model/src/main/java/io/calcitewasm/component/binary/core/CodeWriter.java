package io.calcitewasm.component.binary.core;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Writes core instructions (core specification, "Binary Format", "Instructions"). What is written
 * must be well typed; the core engine checks it like any module.
 */
public final class CodeWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Code that starts with nothing. */
  public CodeWriter() {}

  /** An instruction without immediates, by its opcode. */
  public CodeWriter op(int opcode) {
    out.write(opcode);
    return this;
  }

  /** An instruction with one index: {@code call}, {@code br}, {@code local.get} and their like. */
  public CodeWriter op(int opcode, int index) {
    out.write(opcode);
    CoreModuleRewriter.unsigned(out, index);
    return this;
  }

  /** {@code local.get}. */
  public CodeWriter get(int local) {
    return op(0x20, local);
  }

  /** {@code local.set}. */
  public CodeWriter set(int local) {
    return op(0x21, local);
  }

  /** {@code local.tee}. */
  public CodeWriter tee(int local) {
    return op(0x22, local);
  }

  /** {@code i32.const}. */
  public CodeWriter i32(int value) {
    out.write(0x41);
    signed(value);
    return this;
  }

  /** {@code i64.const}. */
  public CodeWriter i64(long value) {
    out.write(0x42);
    signed(value);
    return this;
  }

  /**
   * A load or store.
   *
   * @param align the exponent of its alignment
   * @param memory the memory's index
   * @param offset added to the address, bytes
   */
  public CodeWriter memory(int opcode, int align, int memory, long offset) {
    out.write(opcode);
    if (memory == 0) {
      out.write(align);
    } else {
      out.write(align | 0x40);
      CoreModuleRewriter.unsigned(out, memory);
    }
    CoreModuleRewriter.unsigned(out, offset);
    return this;
  }

  /** {@code memory.copy} between memories. */
  public CodeWriter copy(int target, int source) {
    out.write(0xfc);
    out.write(10);
    CoreModuleRewriter.unsigned(out, target);
    CoreModuleRewriter.unsigned(out, source);
    return this;
  }

  /** {@code memory.fill}. */
  public CodeWriter fill(int memory) {
    out.write(0xfc);
    out.write(11);
    CoreModuleRewriter.unsigned(out, memory);
    return this;
  }

  /** Instructions that are encoded already. */
  public CodeWriter raw(byte[] bytes, int start, int end) {
    out.write(bytes, start, end - start);
    return this;
  }

  /** The instructions written so far. */
  public byte[] code() {
    return out.toByteArray();
  }

  /** A function body: the locals, the instructions written so far, and the closing {@code end}. */
  public byte[] body(List<CoreValType> locals) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CoreModuleRewriter.unsigned(body, locals.size());
    for (CoreValType local : locals) {
      body.write(1);
      body.write(local.opcode());
    }
    body.writeBytes(out.toByteArray());
    body.write(0x0b);
    return body.toByteArray();
  }

  private void signed(long value) {
    long rest = value;
    while (rest < -64 || rest > 63) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write((int) (rest & 0x7f));
  }
}
