package io.calcitewasm.component.binary;

import io.calcitewasm.component.InvalidComponentException;
import java.nio.charset.StandardCharsets;

/** The first eight bytes: magic number, version and layer (Binary.md, {@code preamble}). */
final class Header {
  private static final int[] MAGIC = {0x00, 'a', 's', 'm'};
  private static final int VERSION = 0x0d;
  private static final int COMPONENT_LAYER = 1;

  private Header() {}

  /** Refuses whatever is not the header of a component, and says what it is instead. */
  static void check(byte[] bytes, int start, int end) throws InvalidComponentException {
    if (start == end) {
      throw invalid("the file is empty; a WebAssembly component is needed", start);
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (start + i >= end) {
        throw invalid("the file ends inside its header", end);
      }
      if (bytes[start + i] != MAGIC[i]) {
        throw invalid(guess(bytes, start, end), start);
      }
    }
    if (end - start < 8) {
      throw invalid("the file ends inside its header", end);
    }
    int version = u16(bytes, start + 4);
    int layer = u16(bytes, start + 6);
    if (layer == 0) {
      throw invalid(
          "this is a core WebAssembly module; a component is needed: build it for wasm32-wasip2,"
              + " or wrap it with \"wasm-tools component new\"",
          start + 4);
    }
    if (layer != COMPONENT_LAYER) {
      throw invalid("this is WebAssembly of the unknown layer " + layer, start + 6);
    }
    if (version != VERSION) {
      throw invalid(
          String.format(
              "this is a component in version 0x%x of the binary format; version 0x%x is read here:"
                  + " rebuild it with current tools",
              version, VERSION),
          start + 4);
    }
  }

  private static String guess(byte[] bytes, int start, int end) {
    String text =
        new String(bytes, start, Math.min(end - start, 4096), StandardCharsets.ISO_8859_1).strip();
    if (text.startsWith("(component") || text.startsWith("(module") || text.startsWith(";;")) {
      return "this is WebAssembly text; translate it with \"wasm-tools parse\" first";
    }
    if (text.startsWith("package ") || text.startsWith("world ")) {
      return "this is WIT; a component that implements it is needed";
    }
    return "this is not WebAssembly: it does not start with \\0asm";
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  private static InvalidComponentException invalid(String problem, int offset) {
    return new InvalidComponentException(problem, offset, "header");
  }
}
