package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group whose rows are divided: an accumulator in each part, merged before its value is due. */
final class DividedGroup implements RowGroup {
  private final DividedCalls calls;
  private final List<AggregateCalls> parts;
  private final @Nullable Object[] defaults;

  /** That of the first part has the value at last. */
  private final Accumulator first;

  private final List<@Nullable Accumulator> others;

  /** States of the others, on their way to the first. */
  private final List<byte @Nullable []> states;

  DividedGroup(DividedCalls calls, List<AggregateCalls> parts, @Nullable Object[] defaults) {
    this.calls = calls;
    this.parts = parts;
    this.defaults = defaults;
    this.first = parts.getFirst().begin(defaults);
    this.others = new ArrayList<>(Collections.nCopies(parts.size(), null));
    this.states = new ArrayList<>(Collections.nCopies(parts.size(), null));
  }

  @Override
  public AggregateTerms terms() {
    return calls.terms();
  }

  @Override
  public void step(@Nullable Object[] arguments, @Nullable Object[] group) {
    first.name(group);
    int turn = calls.turn();
    AggregateCalls part = parts.get(turn);
    if (turn == 0) {
      part.step(first, arguments);
      return;
    }
    parts.getFirst().expect(first, arguments);
    Accumulator own = others.get(turn);
    if (own == null) {
      own = part.beginPart(defaults);
      own.name(group);
      others.set(turn, own);
    }
    part.step(own, arguments);
  }

  /** Saves what is in another part than the first; in that part's thread. */
  void save(int part) {
    Accumulator own = others.get(part);
    if (own != null) {
      others.set(part, null);
      try {
        states.set(part, parts.get(part).resources().saved(own));
      } catch (SqlError e) {
        throw Group.error(e, first);
      }
    }
  }

  /** Merges what was saved of the other parts; in the first one's thread. */
  void merge() {
    for (int part = 1; part < parts.size(); part++) {
      byte[] state = states.get(part);
      if (state != null) {
        states.set(part, null);
        try {
          parts.getFirst().resources().absorb(first, state);
        } catch (SqlError e) {
          throw Group.error(e, first);
        }
      }
    }
  }

  @Override
  public @Nullable Object last(@Nullable Object[] group) {
    Object value = first.value(group);
    calls.end(this);
    parts.getFirst().finish(first);
    return value;
  }
}
