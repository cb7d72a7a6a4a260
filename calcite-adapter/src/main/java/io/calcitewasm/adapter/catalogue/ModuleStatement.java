package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.GrantItem;
import io.calcitewasm.adapter.parser.NamedLiteral;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.Variables;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.instance.Isolations;
import io.calcitewasm.udf.module.ModuleRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code CREATE MODULE} as the registry wants to be asked. */
public final class ModuleStatement {
  /** What keys begin with that are for the module's {@code on-load}. */
  private static final String CONFIG = "config.";

  private ModuleStatement() {}

  /**
   * What a statement asks for.
   *
   * @param bytes the component
   * @param digest the digest it must have
   * @throws SqlError 22023 for grants and limits that make no sense
   */
  static ModuleRequest request(CreateModule statement, byte[] bytes, Optional<String> digest) {
    Map<String, Object> limits = literals("limit", statement.limits());
    Map<String, String> config = config(limits);
    Map<String, String> environment = environment(limits);
    return new ModuleRequest(
        statement.name().getSimple(),
        statement.source(),
        bytes,
        digest,
        grants(statement.grants()),
        limits,
        isolations(statement),
        statement.signature(),
        config,
        environment);
  }

  /** Takes what is for the module itself, under its keys as they were written. */
  private static Map<String, String> config(Map<String, Object> limits) {
    Map<String, String> config = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, Object>> i = limits.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Object> limit = i.next();
      if (limit.getKey().regionMatches(true, 0, CONFIG, 0, CONFIG.length())) {
        String key = limit.getKey().substring(CONFIG.length());
        if (!(limit.getValue() instanceof String value)) {
          throw new SqlError("22023", "configuration " + key + " must be a text in '…'");
        }
        config.put(key, value);
        i.remove();
      }
    }
    return config;
  }

  private static Map<String, String> environment(Map<String, Object> limits) {
    for (Map.Entry<String, Object> setting : limits.entrySet()) {
      if (setting.getKey().equalsIgnoreCase(Variables.KEY)) {
        try {
          Map<String, String> variables = Variables.read(setting.getValue());
          limits.remove(setting.getKey());
          return variables;
        } catch (PolicyException e) {
          throw new SqlError(e.sqlState(), String.valueOf(e.getMessage()), e);
        }
      }
    }
    return Map.of();
  }

  private static Isolations isolations(CreateModule statement) {
    Map<String, Isolation> functions = new LinkedHashMap<>();
    statement
        .isolations()
        .functions()
        .forEach((name, isolation) -> functions.put(name, isolation(isolation)));
    return new Isolations(isolation(statement.isolation()), functions);
  }

  private static Isolation isolation(io.calcitewasm.adapter.parser.Isolation isolation) {
    return switch (isolation) {
      case CALL -> Isolation.CALL;
      case STATEMENT -> Isolation.STATEMENT;
      case SESSION -> Isolation.SESSION;
    };
  }

  /**
   * What a {@code GRANT} clause grants.
   *
   * @throws SqlError 22023 for what makes no sense
   */
  public static List<Grant> grants(List<GrantItem> items) {
    return items.stream().map(ModuleStatement::grant).toList();
  }

  private static Grant grant(GrantItem item) {
    try {
      return Grant.parse(
          item.capability(), literals("scope of " + item.capability(), item.scope()));
    } catch (PolicyException e) {
      throw new SqlError(e.sqlState(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, Object> literals(String what, List<NamedLiteral> literals) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (NamedLiteral literal : literals) {
      if (literal.value() == null) {
        throw new SqlError("22023", what + " " + literal.key() + " cannot be NULL");
      }
      if (values.put(literal.key(), literal.value()) != null) {
        throw new SqlError("22023", what + " " + literal.key() + " is given twice");
      }
    }
    return values;
  }
}
