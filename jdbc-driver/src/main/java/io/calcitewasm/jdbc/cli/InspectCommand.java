package io.calcitewasm.jdbc.cli;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.jdbc.cli.inspect.Inspection;
import io.calcitewasm.jdbc.cli.inspect.InspectionJson;
import io.calcitewasm.jdbc.cli.inspect.InspectionText;
import io.calcitewasm.jdbc.cli.output.Printable;
import io.calcitewasm.jdbc.cli.script.ModuleName;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleFile;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code inspect}: what a component brings. */
@Command(
    name = "inspect",
    description = {
      "Show what a component brings: its functions as SQL sees them, what it imports and",
      "declares, its custom sections. Nothing of it is run."
    })
final class InspectCommand implements Callable<Integer> {
  private static final String INVALID = "WM001";

  /** The forms of the answer. */
  enum Form {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParentCommand private Main main;

  @Parameters(paramLabel = "FILE", description = "A component file.")
  private @Nullable String file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: text).")
  private Form format = Form.TEXT;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The module's name to show (default: from the file's name).")
  private @Nullable String module;

  @Override
  public Integer call() throws IOException, UsageException {
    Streams streams = main.streams();
    String name = String.valueOf(file);
    try {
      Inspection inspection = Inspection.of(moduleName(), ModuleFile.read(name));
      if (format == Form.JSON) {
        InspectionJson.write(name, inspection, streams.out());
        streams.out().flush();
      } else {
        Writer out = streams.writer();
        out.write(InspectionText.of(name, inspection));
        out.flush();
      }
      return ExitStatus.OK;
    } catch (InvalidComponentException e) {
      return refuse(streams, name, INVALID, String.valueOf(e.getMessage()));
    } catch (SqlError e) {
      if (!e.sqlState().equals(INVALID)) {
        throw new UsageException(e.getMessage());
      }
      return refuse(streams, name, INVALID, e.getMessage());
    } catch (PolicyException e) {
      return refuse(streams, name, e.sqlState(), String.valueOf(e.getMessage()));
    }
  }

  private int refuse(Streams streams, String name, String sqlState, String message)
      throws IOException {
    if (format == Form.JSON) {
      InspectionJson.writeError(name, sqlState, message, streams.out());
      streams.out().flush();
    } else {
      streams.err().println("error " + sqlState + ": " + name + ": " + Printable.text(message));
    }
    return ExitStatus.FAILED;
  }

  private String moduleName() {
    if (module != null) {
      return module;
    }
    return ModuleName.of(String.valueOf(file)).orElse("m");
  }
}
