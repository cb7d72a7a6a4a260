package io.calcitewasm.component.abi;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random types without handles, of bounded depth. */
final class RandomTypes {
  private final RandomGenerator random;

  RandomTypes(RandomGenerator random) {
    this.random = random;
  }

  ValType next(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return pick(PrimitiveType.values());
    }
    return switch (random.nextInt(9)) {
      case 0 -> new ValType.ListType(next(depth - 1));
      case 1 ->
          new ValType.RecordType(some(6, i -> new ValType.Field("field-" + i, next(depth - 1))));
      case 2 -> new ValType.TupleType(some(6, i -> next(depth - 1)));
      case 3 ->
          new ValType.VariantType(
              some(
                  random.nextInt(20) == 0 ? 300 : 6,
                  i -> new ValType.Case("case-" + i, maybe(depth - 1))));
      case 4 -> new ValType.EnumType(some(pick(2, 256, 257, 70_000), i -> "label-" + i));
      case 5 -> new ValType.FlagsType(some(pick(1, 8, 9, 16, 17, 32), i -> "flag-" + i));
      case 6 -> new ValType.OptionType(next(depth - 1));
      case 7 -> new ValType.ResultType(maybe(depth - 1), maybe(depth - 1));
      default -> new ValType.ListType(PrimitiveType.U8);
    };
  }

  private Optional<ValType> maybe(int depth) {
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(next(depth));
  }

  private <T> List<T> some(int most, IntFunction<T> item) {
    int count = most <= 8 ? 1 + random.nextInt(most) : most;
    return IntStream.range(0, count).mapToObj(item).toList();
  }

  private PrimitiveType pick(PrimitiveType... types) {
    return types[random.nextInt(types.length)];
  }

  private int pick(int... numbers) {
    return numbers[random.nextInt(numbers.length)];
  }
}
