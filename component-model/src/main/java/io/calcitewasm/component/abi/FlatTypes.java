package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.core.CoreValType;
import java.util.ArrayList;
import java.util.List;

/**
 * The core values that a value takes when it is passed flat (CanonicalABI.md, "Flattening").
 * Nothing is passed flat beyond {@link #MAX_PARAMS}, so longer sequences are not kept.
 */
final class FlatTypes {
  /** {@code MAX_FLAT_PARAMS}. */
  static final int MAX_PARAMS = 16;

  /** {@code MAX_FLAT_RESULTS}. */
  static final int MAX_RESULTS = 1;

  /** More core values than are ever passed flat. */
  static final FlatTypes TOO_MANY = new FlatTypes(List.of());

  static final FlatTypes NONE = new FlatTypes(List.of());

  private final List<CoreValType> types;

  private FlatTypes(List<CoreValType> types) {
    this.types = types;
  }

  static FlatTypes of(CoreValType... types) {
    return new FlatTypes(List.of(types));
  }

  boolean isTooMany() {
    return this == TOO_MANY;
  }

  List<CoreValType> types() {
    return types;
  }

  int count() {
    return types.size();
  }

  /** One sequence after the other. */
  static FlatTypes concat(List<FlatTypes> parts) {
    List<CoreValType> all = new ArrayList<>();
    for (FlatTypes part : parts) {
      all.addAll(part.types);
      if (part.isTooMany() || all.size() > MAX_PARAMS) {
        return TOO_MANY;
      }
    }
    return new FlatTypes(List.copyOf(all));
  }

  /** A discriminant, then for each position a type that holds what any case has there. */
  static FlatTypes variant(List<FlatTypes> payloads) {
    List<CoreValType> joined = new ArrayList<>();
    joined.add(CoreValType.I32);
    for (FlatTypes payload : payloads) {
      if (payload.isTooMany()) {
        return TOO_MANY;
      }
      for (int i = 0; i < payload.count(); i++) {
        CoreValType type = payload.types.get(i);
        if (i + 1 < joined.size()) {
          joined.set(i + 1, joined.get(i + 1).join(type));
        } else {
          joined.add(type);
        }
      }
    }
    return joined.size() > MAX_PARAMS ? TOO_MANY : new FlatTypes(List.copyOf(joined));
  }
}
