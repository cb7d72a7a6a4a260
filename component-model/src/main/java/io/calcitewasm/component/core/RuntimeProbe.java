package io.calcitewasm.component.core;

import io.calcitewasm.component.RuntimeInfo;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import org.graalvm.polyglot.Engine;

/** Finds out which Truffle runtime is active and, for the interpreter, what was missing. */
final class RuntimeProbe {
  private RuntimeProbe() {}

  static RuntimeInfo describe(Engine engine) {
    String name = engine.getImplementationName() + " " + engine.getVersion();
    boolean optimising = !engine.getImplementationName().equals("Interpreted");
    return new RuntimeInfo(name, optimising, optimising ? "" : reason(engine.getVersion()));
  }

  private static String reason(String engineVersion) {
    String jdk = System.getProperty("java.vm.name", "?") + " " + Runtime.version();
    int engineFeature = leadingNumber(engineVersion);
    if (engineFeature > 0 && Runtime.version().feature() != engineFeature) {
      return "the optimising runtime needs JDK " + engineFeature + ", this is " + jdk;
    }
    Optional<Module> jvmci = ModuleLayer.boot().findModule("jdk.internal.vm.ci");
    if (jvmci.isEmpty()) {
      return "the JVM was started without -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI"
          + " or cannot do JVMCI ("
          + jdk
          + ")";
    }
    Optional<Module> compiler = ModuleLayer.boot().findModule("jdk.graal.compiler");
    if (compiler.isEmpty() || compiler.get().getPackages().isEmpty()) {
      return "the compiler's jars are not on --upgrade-module-path";
    }
    String version =
        compiler
            .map(Module::getDescriptor)
            .flatMap(ModuleDescriptor::rawVersion)
            .orElse("of unknown version");
    return "Truffle "
        + engineVersion
        + " could not use the compiler "
        + version
        + " on "
        + jdk
        + ", or its classes were loaded twice";
  }

  private static int leadingNumber(String version) {
    int end = 0;
    while (end < version.length() && Character.isDigit(version.charAt(end))) {
      end++;
    }
    return end == 0 ? 0 : Integer.parseInt(version.substring(0, end));
  }
}
