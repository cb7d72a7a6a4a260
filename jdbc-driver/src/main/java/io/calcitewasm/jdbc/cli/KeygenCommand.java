package io.calcitewasm.jdbc.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code keygen}: a pair of keys to sign components with. */
@Command(
    name = "keygen",
    description = {
      "Make a pair of keys to sign components with: NAME.key, which only you may read, and",
      "NAME.pub. Prints what a policy file says of it."
    })
final class KeygenCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @Parameters(paramLabel = "NAME", description = "The files' name without ending.")
  private String name = "";

  @Override
  public Integer call() throws IOException, UsageException {
    String key = KeyFiles.generate(name);
    Writer out = main.streams().writer();
    out.write("keys:\n  " + Path.of(name).getFileName() + ": {ed25519: \"" + key + "\"}\n");
    out.flush();
    return ExitStatus.OK;
  }
}
