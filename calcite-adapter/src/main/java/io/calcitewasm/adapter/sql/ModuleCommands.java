package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.BrokenModule;
import io.calcitewasm.adapter.catalogue.Buckets;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.View;
import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.DescribeModule;
import io.calcitewasm.adapter.parser.DropModule;
import io.calcitewasm.policy.sign.SignatureFile;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.Collation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** {@code CREATE}, {@code DROP}, {@code DESCRIBE MODULE} and {@code SHOW MODULES}. */
final class ModuleCommands {
  private final Namespace namespace;
  private final Modules modules;

  ModuleCommands(Namespace namespace) {
    this.namespace = namespace;
    this.modules = namespace.modules();
  }

  /** The component is read and judged before anything waits for it. */
  void create(CreateModule statement, QuerySource session) {
    String name = statement.name().getSimple();
    if (statement.getReplace() && statement.ifNotExists) {
      throw new SqlError("42601", "OR REPLACE and IF NOT EXISTS exclude each other");
    }
    if (statement.ifNotExists && modules.contains(name)) {
      return;
    }
    checkName(statement);
    Buckets.Found found = namespace.buckets().read(statement.source(), session.bucket());
    Modules.Candidate candidate =
        modules
            .judge()
            .judge(signed(namespace, statement, found, session), found.source(), found.bytes());
    namespace.change(
        () -> {
          if (statement.ifNotExists && modules.contains(name)) {
            return;
          }
          checkName(statement);
          if (!modules.contains(name)) {
            // What a process that was killed has not taken from columns any more.
            CollatedColumns.release(namespace, name);
          }
          new ModuleSwitch(namespace).to(candidate, statement.cascade());
        });
  }

  /** The statement with the signature file that lies beside the component, if one does. */
  static CreateModule signed(
      Namespace namespace, CreateModule statement, Buckets.Found component, QuerySource session) {
    String beside = component.source() + SignatureFile.ENDING;
    if (statement.signature().isPresent() || !Files.exists(Path.of(beside))) {
      return statement;
    }
    byte[] text = namespace.buckets().read(beside, session.bucket()).bytes();
    return statement.withSignature(new String(text, StandardCharsets.US_ASCII));
  }

  private void checkName(CreateModule statement) {
    String name = statement.name().getSimple();
    if (!modules.contains(name)) {
      namespace.checkSchemaName(name);
    } else if (!statement.getReplace()) {
      throw new SqlError(
          "42710", "module " + name + " exists already; CREATE OR REPLACE MODULE would replace it");
    }
  }

  void drop(DropModule statement) {
    String name = statement.name().getSimple();
    namespace.change(
        () -> {
          if (modules.contains(name)) {
            List<Collation> collations = collations(name);
            Predicate<References> calls = references -> references.needs(name, collations);
            if (!statement.cascade()) {
              Dependents.refuse(namespace, "module " + name, calls, " or use CASCADE");
              CollatedColumns.refuse(namespace, name);
            }
            List<View> dependents = Dependents.all(namespace, calls);
            CollatedColumns.release(namespace, name);
            namespace.changes().removeModule(name, dependents);
          } else if (!statement.ifExists()) {
            throw unknown(modules, name);
          }
        });
  }

  private List<Collation> collations(String name) {
    return modules.snapshot().module(name).map(ModuleVersion::collations).orElse(List.of());
  }

  Answer show() {
    return new Answer.Table(ModuleRows.MODULES, ModuleRows.modules(modules));
  }

  /** A broken module is told by its error. */
  Answer describe(DescribeModule statement) {
    String name = statement.name().getSimple();
    BrokenModule broken = modules.broken(name);
    if (broken != null) {
      throw new SqlError(
          broken.reason().sqlState(),
          "module " + name + " is broken: " + broken.reason().getMessage(),
          broken.reason());
    }
    return new Answer.Table(
        ModuleRows.FUNCTIONS,
        ModuleRows.functions(
            modules.snapshot().module(name).orElseThrow(() -> unknown(modules, name))));
  }

  /** 42704, with the names that there are. */
  static SqlError unknown(Modules modules, String name) {
    return new SqlError(
        "42704",
        "there is no module "
            + name
            + (modules.names().isEmpty()
                ? ""
                : "; there are " + String.join(", ", modules.names())));
  }
}
