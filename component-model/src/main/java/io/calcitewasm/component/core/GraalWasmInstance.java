package io.calcitewasm.component.core;

import org.graalvm.polyglot.Value;

/** An instance of a module. */
record GraalWasmInstance(Value exports) implements CoreInstance {
  @Override
  public CoreExtern export(String name) {
    Value member = exports.getMember(name);
    if (member == null) {
      throw new IllegalStateException(
          "no core export \"" + name + "\" in " + exports.getMemberKeys());
    }
    return new GraalWasmExtern(member);
  }
}
