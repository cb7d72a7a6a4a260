import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleRequireInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes the optimising runtime fit for the JVM's AOT cache, which is off while {@code
 * --upgrade-module-path} is given: copies its jars with the compiler's module under the former name,
 * by which Truffle looks for it too and which the JDK does not have, for the module path.
 *
 * <p>usage: {@code FastStart.java JARS FOLDER PLACE}: copies into FOLDER, which will be moved to PLACE,
 * and writes {@code FOLDER/flags}, an argument file for {@code java}
 */
public final class FastStart {
  private static final String NAME = "jdk.graal.compiler";
  private static final String FORMER_NAME = "jdk.internal.vm.compiler";
  private static final String JVMCI = "jdk.internal.vm.ci";

  private FastStart() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]).toAbsolutePath();
    try (var jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (Path jar : jars) {
        copy(jar, folder.resolve(jar.getFileName()));
      }
    }
    Files.write(folder.resolve("flags"), flags(Path.of(args[2]).toAbsolutePath()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      ZipEntry entry;
      while ((entry = in.getNextEntry()) != null) {
        byte[] content = in.readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(entry.getName().equals("module-info.class") ? renamed(content) : content);
        out.closeEntry();
      }
    }
  }

  private static byte[] renamed(byte[] moduleInfo) {
    ClassFile format = ClassFile.of();
    return format.transformClass(
        format.parse(moduleInfo),
        (builder, element) ->
            builder.with(element instanceof ModuleAttribute module ? renamed(module) : element));
  }

  private static ModuleAttribute renamed(ModuleAttribute module) {
    return ModuleAttribute.of(
        renamed(module.moduleName().asSymbol()),
        builder -> {
          builder.moduleFlags(module.moduleFlagsMask());
          module.moduleVersion().ifPresent(version -> builder.moduleVersion(version.stringValue()));
          module
              .requires()
              .forEach(
                  required ->
                      builder.requires(
                          ModuleRequireInfo.of(
                              renamed(required.requires().asSymbol()),
                              required.requiresFlagsMask(),
                              required.requiresVersion().map(v -> v.stringValue()).orElse(null))));
          module
              .exports()
              .forEach(
                  export ->
                      builder.exports(
                          export.exportedPackage().asSymbol(),
                          export.exportsFlagsMask(),
                          export.exportsTo().stream()
                              .map(target -> renamed(target.asSymbol()))
                              .toArray(ModuleDesc[]::new)));
          module
              .opens()
              .forEach(
                  open ->
                      builder.opens(
                          open.openedPackage().asSymbol(),
                          open.opensFlagsMask(),
                          open.opensTo().stream()
                              .map(target -> renamed(target.asSymbol()))
                              .toArray(ModuleDesc[]::new)));
          module.uses().forEach(service -> builder.uses(service.asSymbol()));
          // What JVMCI would find as a service it exports to the module of the right name alone, and
          // Truffle does not look for its compiler there.
          module.provides().stream()
              .filter(service -> !service.provides().asInternalName().startsWith("jdk/vm/ci/"))
              .forEach(
                  service ->
                      builder.provides(
                          service.provides().asSymbol(),
                          service.providesWith().stream()
                              .map(provider -> provider.asSymbol())
                              .toArray(ClassDesc[]::new)));
        });
  }

  private static ModuleDesc renamed(ModuleDesc module) {
    return module.name().equals(NAME) ? ModuleDesc.of(FORMER_NAME) : module;
  }

  /** What the JDK gives to the module of the right name alone. */
  private static List<String> flags(Path folder) {
    List<String> flags = new ArrayList<>();
    flags.add("\"--module-path=" + folder.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    flags.add("--add-modules=" + FORMER_NAME);
    flags.add("--add-exports=java.base/jdk.internal.misc=" + FORMER_NAME);
    ModuleReference jvmci = ModuleFinder.ofSystem().find(JVMCI).orElseThrow();
    String[] packages = jvmci.descriptor().packages().toArray(String[]::new);
    Arrays.sort(packages);
    for (String name : packages) {
      flags.add("--add-exports=" + JVMCI + "/" + name + "=" + FORMER_NAME);
      flags.add("--add-opens=" + JVMCI + "/" + name + "=" + FORMER_NAME);
    }
    return flags;
  }
}
