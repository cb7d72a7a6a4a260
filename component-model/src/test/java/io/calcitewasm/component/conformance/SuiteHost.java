package io.calcitewasm.component.conformance;

import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.Linker;

/** What scripts can import: the host that the suites agree on, and instances made before. */
final class SuiteHost {

  /** Offers an instance's exports under a name. */
  void register(String name, Instance instance) {}

  /** A linker that offers everything known now. */
  Linker linker() {
    Linker.Builder linker = Linker.builder();
    linker.define(
        HostInterface.builder("").function("host-return-two", (call, args) -> 2L).build());
    linker.define(
        HostInterface.builder("host")
            .function("return-three", (call, args) -> 3L)
            .function("return-hi", (call, args) -> "hi")
            .build());
    return linker.build();
  }
}
