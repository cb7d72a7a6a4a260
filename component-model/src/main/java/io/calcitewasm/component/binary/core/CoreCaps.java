package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.Caps;

/**
 * Upper bounds on one core module.
 *
 * @param types types
 * @param functions functions, imported ones included
 * @param locals locals in one function, parameters included
 * @param globals globals, imported ones included
 * @param blockNesting depth of blocks in one function
 */
public record CoreCaps(int types, int functions, int locals, int globals, int blockNesting) {

  /** What a component's caps mean for each of its core modules. */
  public static CoreCaps of(Caps caps) {
    return new CoreCaps(
        caps.types(), caps.functions(), caps.locals(), caps.globals(), caps.blockNesting());
  }
}
