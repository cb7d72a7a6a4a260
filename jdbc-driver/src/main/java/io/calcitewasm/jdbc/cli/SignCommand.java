package io.calcitewasm.jdbc.cli;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.jdbc.cli.inspect.Inspection;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.sign.SignatureFile;
import io.calcitewasm.policy.sign.Statement;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code sign}: a signature over a component, in a file beside it. */
@Command(
    name = "sign",
    description = {
      "Sign a component: what it is (its digest), and what its manifest calls it. The signature is",
      "added to FILE.sig, where CREATE MODULE finds it."
    })
final class SignCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @Parameters(paramLabel = "FILE", description = "A component file.")
  private @Nullable String file;

  @Option(
      names = "--key",
      paramLabel = "NAME.key",
      required = true,
      description = "The private key; its public key lies beside it as NAME.pub.")
  private @Nullable Path key;

  @Override
  public Integer call() throws IOException, UsageException {
    String component = String.valueOf(file);
    Path keyFile = Path.of(String.valueOf(key));
    Statement statement = statement(component);
    SignatureFile.Block block =
        SignatureFile.sign(statement, KeyFiles.privateKey(keyFile), KeyFiles.publicKeyOf(keyFile));
    try {
      var _ = new SignatureFile(List.of(block)).verify(statement);
    } catch (PolicyException e) {
      throw new UsageException("the public key beside " + keyFile + " is another pair's");
    }
    Path signatures = Path.of(component + SignatureFile.ENDING);
    Files.writeString(signatures, new SignatureFile(with(block, signatures)).text());
    Writer out = main.streams().writer();
    out.write("signed " + statement + "\nin " + signatures + "\n");
    out.flush();
    return ExitStatus.OK;
  }

  /** What the component is, in the words that are signed. */
  static Statement statement(String file) throws UsageException {
    try {
      Inspection inspection = Inspection.of("m", ModuleFile.read(file));
      if (inspection.manifest().name().isEmpty() || inspection.manifest().version().isEmpty()) {
        throw new UsageException(
            file + " has no manifest with name and version, so there is nothing to sign it as");
      }
      return Statement.of(inspection.manifest(), inspection.digest());
    } catch (InvalidComponentException e) {
      throw new UsageException(file + " is no valid component: " + e.getMessage());
    } catch (SqlError | PolicyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Signatures of other keys over the same stay; those over something else go. */
  private static List<SignatureFile.Block> with(SignatureFile.Block block, Path file)
      throws IOException, UsageException {
    List<SignatureFile.Block> blocks = new ArrayList<>();
    if (Files.exists(file)) {
      try {
        SignatureFile.parse(Files.readString(file)).blocks().stream()
            .filter(old -> old.statement().equals(block.statement()))
            .filter(old -> !old.key().equals(block.key()))
            .forEach(blocks::add);
      } catch (PolicyException e) {
        throw new UsageException(file + ": " + e.getMessage() + "; remove it to sign anew");
      }
    }
    blocks.add(block);
    return blocks;
  }
}
