package io.calcitewasm.component.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command of a test script. */
sealed interface Command {
  /** The line of the script it came from. */
  int line();

  /** A file that belongs to a script; text files are given to parsers of the text format. */
  record Wasm(String filename, boolean binary) {}

  /** A call of an exported function of the instance with this name, or of the latest one. */
  record Invoke(@Nullable String instance, String function, List<JsonNode> arguments) {}

  /** Instantiates a component. */
  record Module(int line, @Nullable String name, Wasm wasm) implements Command {}

  /** Defines a component to be instantiated later. */
  record ModuleDefinition(int line, @Nullable String name, Wasm wasm) implements Command {}

  /** Instantiates a component defined before; without a name the latest. */
  record ModuleInstance(int line, @Nullable String name, @Nullable String definition)
      implements Command {}

  /** The file must be refused as malformed or invalid. */
  record AssertRefused(int line, Wasm wasm, String reason) implements Command {}

  /** The file must be valid and impossible to link. */
  record AssertUnlinkable(int line, Wasm wasm, String reason) implements Command {}

  /** The file must be linked and trap when it is instantiated. */
  record AssertUninstantiable(int line, Wasm wasm, String reason) implements Command {}

  /** The call must return this. */
  record AssertReturn(int line, Invoke action, List<JsonNode> expected) implements Command {}

  /** The call must trap. */
  record AssertTrap(int line, Invoke action, String reason) implements Command {}

  /** The call must exhaust the stack. */
  record AssertExhaustion(int line, Invoke action) implements Command {}

  /** The call must return something. */
  record Action(int line, Invoke action) implements Command {}

  /** The instance can be imported under a name from now on. */
  record Register(int line, @Nullable String instance, String as) implements Command {}

  /** A command that the harness does not know. It never passes. */
  record Unknown(int line, String type) implements Command {}
}
