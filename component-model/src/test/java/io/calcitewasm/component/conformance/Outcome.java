package io.calcitewasm.component.conformance;

/** What became of a command. */
sealed interface Outcome {

  /** It did what the script demands. */
  record Passed() implements Outcome {}

  /** It did not. */
  record Failed(String why) implements Outcome {}

  /** The script demands something that the project has decided not to do. */
  record OutOfScope(String reason) implements Outcome {}

  /** A command's outcome with its place. */
  record Of(int line, Outcome outcome) {}
}
