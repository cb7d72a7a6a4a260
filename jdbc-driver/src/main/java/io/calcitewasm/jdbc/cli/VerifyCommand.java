package io.calcitewasm.jdbc.cli;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.jdbc.cli.inspect.Inspection;
import io.calcitewasm.jdbc.cli.output.Printable;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.rules.ModuleRule;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.policy.rules.PolicySource;
import io.calcitewasm.policy.sign.SignatureFile;
import io.calcitewasm.policy.sign.Statement;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code verify}: who has signed a component, and what a policy makes of it. */
@Command(
    name = "verify",
    description = {
      "Check the signatures beside a component, and with --policy whether the policy would let it",
      "be installed and with what. Nothing of it is run."
    })
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @Parameters(paramLabel = "FILE", description = "A component file.")
  private @Nullable String file;

  @Option(names = "--policy", paramLabel = "POLICY", description = "A policy file.")
  private @Nullable Path policy;

  @Override
  public Integer call() throws IOException, UsageException {
    String component = String.valueOf(file);
    try {
      Inspection inspection = Inspection.of("m", ModuleFile.read(component));
      Statement statement = Statement.of(inspection.manifest(), inspection.digest());
      Path beside = Path.of(component + SignatureFile.ENDING);
      Optional<String> signatures =
          Files.exists(beside) ? Optional.of(Files.readString(beside)) : Optional.empty();
      Writer out = main.streams().writer();
      out.write(Printable.text(statement.toString()) + "\n");
      if (signatures.isPresent()) {
        for (String key : SignatureFile.parse(signatures.get()).verify(statement)) {
          out.write("signed by ed25519 " + key + "\n");
        }
      } else if (policy == null) {
        throw new PolicyException("WM003", "there is no signature file " + beside);
      }
      if (policy != null) {
        out.write(judged(inspection, signatures));
      }
      out.flush();
      return ExitStatus.OK;
    } catch (InvalidComponentException e) {
      return refuse(component, "WM001", String.valueOf(e.getMessage()));
    } catch (PolicyException e) {
      return refuse(component, e.sqlState(), String.valueOf(e.getMessage()));
    } catch (SqlError e) {
      throw new UsageException(e.getMessage());
    }
  }

  private String judged(Inspection inspection, Optional<String> signatures) {
    Policy judge = new PolicySource.PolicyFile(Path.of(String.valueOf(policy))).read();
    ModuleRule rule = judge.rule(inspection.manifest(), inspection.digest(), signatures);
    return "allowed by " + rule + " of the " + judge + "\ngrants at most " + rule.grants() + "\n";
  }

  private int refuse(String name, String sqlState, String message) {
    main.streams()
        .err()
        .println("error " + sqlState + ": " + name + ": " + Printable.text(message));
    return ExitStatus.FAILED;
  }
}
