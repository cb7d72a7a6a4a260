package io.calcitewasm.component.core;

/** Says in words why GraalWasm refuses a module, where its own words are numbers. */
final class Refusals {
  private Refusals() {}

  static String explain(String message) {
    return switch (message) {
      case "Unknown opcode: 0x12", "Unknown opcode: 0x13" ->
          "it uses tail calls, which GraalWasm does not support (" + message + ")";
      case "Unknown opcode: 0x6",
          "Unknown opcode: 0x8",
          "Unknown opcode: 0xa",
          "Unknown opcode: 0x1f",
          "invalid section ID: 13",
          "Invalid section ID: 13" ->
          "it uses exceptions, which GraalWasm does not support (" + message + ")";
      default -> message;
    };
  }
}
