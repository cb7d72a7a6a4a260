package io.calcitewasm.component.core;

import io.calcitewasm.component.RuntimeInfo;
import java.util.Objects;
import java.util.Optional;
import org.graalvm.polyglot.Engine;

/** Finds out which Truffle runtime is active and, for the interpreter, what was missing. */
final class RuntimeProbe {
  private RuntimeProbe() {}

  static RuntimeInfo describe(Engine engine) {
    String implementation = engine.getImplementationName();
    // The engine's own idea of its version is "Development Build".
    String version =
        Objects.requireNonNullElse(
            Engine.class.getPackage().getImplementationVersion(), engine.getVersion());
    boolean optimising = !implementation.equals("Interpreted");
    String name = "GraalWasm " + version + ", " + (optimising ? implementation : "interpreter");
    return new RuntimeInfo(name, optimising, optimising ? "" : reason(version));
  }

  private static String reason(String version) {
    String jdk = System.getProperty("java.vm.name", "?") + " " + Runtime.version();
    int feature = leadingNumber(version);
    if (feature > 0 && Runtime.version().feature() != feature) {
      return "the optimising runtime needs JDK " + feature + ", this is " + jdk;
    }
    if (ModuleLayer.boot().findModule("jdk.internal.vm.ci").isEmpty()) {
      return "the JVM was started without -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI, or"
          + " cannot do JVMCI: "
          + jdk;
    }
    Optional<Module> compiler = ModuleLayer.boot().findModule("jdk.graal.compiler");
    if (compiler.isEmpty() || compiler.get().getPackages().isEmpty()) {
      return "the compiler's jars are not on --upgrade-module-path";
    }
    return "the compiler on --upgrade-module-path is not the one of GraalWasm "
        + version
        + ", does not accept "
        + jdk
        + ", or GraalWasm's classes were loaded twice";
  }

  private static int leadingNumber(String version) {
    int end = 0;
    while (end < version.length() && Character.isDigit(version.charAt(end))) {
      end++;
    }
    return end == 0 ? 0 : Integer.parseInt(version.substring(0, end));
  }
}
