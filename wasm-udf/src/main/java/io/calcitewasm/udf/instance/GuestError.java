package io.calcitewasm.udf.instance;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.signature.ContractType;
import io.calcitewasm.udf.signature.SqlMapping;
import io.calcitewasm.udf.signature.SqlMapping.NoSqlFormException;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.ResultConverter;
import io.calcitewasm.udf.value.SizeLimit;
import io.calcitewasm.udf.value.SqlText;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a guest says with {@code err} (docs/sql.md, "Errors").
 *
 * @param sqlState a state that guests may raise
 * @param words the guest's words, safe to show
 * @param claim the error as the guest has it, where its state is not one that guests may raise
 */
record GuestError(String sqlState, String words, @Nullable Claim claim) {
  /** The state of an error without one of its own. */
  private static final String UNSPECIFIED = "38000";

  private static final String NO_WORDS = "the function failed without a message";

  /** Classes 22, 23, 38 but not 38W, 44, 45, and the implementer-defined ones but not WM. */
  private static final Pattern ALLOWED =
      Pattern.compile("(22|23|44|45|38(?!W)|(?!WM)[I-Z][0-9A-Z])[0-9A-Z]{3}");

  GuestError(String sqlState, String words) {
    this(sqlState, words, null);
  }

  /** An error with a state that guests may not raise, unless the host has told it them. */
  record Claim(String sqlState, String message) {}

  /** The error with its own state if it is one that the host has told guests of this statement. */
  GuestError asTold(StatementContext statement) {
    return claim != null && statement.hasTold(claim.sqlState, claim.message)
        ? new GuestError(claim.sqlState, GuestText.of(claim.message))
        : this;
  }

  /** Reads the payloads of one type. */
  @FunctionalInterface
  interface Reader {
    /** Takes the payload of an {@code err}, null when it has none. */
    GuestError read(@Nullable Object payload);
  }

  /** The reader of a function's {@code err} type; empty when it has none. */
  static Reader reader(Optional<ValType> type) {
    if (type.isEmpty()) {
      return payload -> of(NO_WORDS);
    }
    if (ContractType.isError(type.get())) {
      return payload -> contract((Object[]) Optional.ofNullable(payload).orElseThrow());
    }
    return switch (type.get().structure()) {
      case PrimitiveType primitive when primitive == PrimitiveType.STRING ->
          payload -> of(String.valueOf(payload));
      case ValType.EnumType labels ->
          payload -> of(labels.labels().get((Integer) Optional.ofNullable(payload).orElseThrow()));
      default -> rendering(type.get());
    };
  }

  private static GuestError of(String words) {
    return new GuestError(UNSPECIFIED, words.isEmpty() ? NO_WORDS : GuestText.of(words));
  }

  private static GuestError contract(Object[] error) {
    String state = (String) error[0];
    GuestError plain = of((String) error[1]);
    if (ALLOWED.matcher(state).matches()) {
      return new GuestError(state, plain.words);
    }
    return new GuestError(
        UNSPECIFIED,
        plain.words + " (the guest's SQLSTATE " + GuestText.quote(state) + ")",
        new Claim(state, (String) error[1]));
  }

  /** Any other payload is written like an SQL value. */
  private static Reader rendering(ValType type) {
    try {
      SqlMapping mapping = SqlMapping.of(type);
      ResultConverter converter = ResultConverter.of(type, mapping.type());
      return payload -> {
        try {
          Object value =
              payload == null ? null : converter.convert(payload, new SizeLimit(Long.MAX_VALUE));
          return of(SqlText.of(mapping.type(), value, GuestText.LONGEST));
        } catch (MisfitException e) {
          return of("the function failed with a value that SQL cannot show: " + e.getMessage());
        }
      };
    } catch (NoSqlFormException e) {
      String words = "the function failed with a value that SQL cannot show: " + e.reason();
      return payload -> of(words);
    }
  }
}
