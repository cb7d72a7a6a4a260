package io.calcitewasm.udf.aggregate;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.batch.ResourceNumbers;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.ModuleResources;
import io.calcitewasm.udf.signature.AggregateMethods;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the accumulators of one aggregate have in the guest: resources that are made when they are
 * needed, saved where they do not fit, restored, merged with each other, and dropped. All of them
 * live in one instance.
 */
final class Resources {
  /** How many resources that nobody uses may lie about. */
  private static final int MOST_FINISHED = 64;

  private final CallSession session;
  private final Callee callee;
  private final SqlFunction function;
  private final AggregateMethods methods;
  private final AggregateTerms terms;
  private final GroupConstants constants;
  private final ModuleResources kept;
  private final Spill spill;

  /** The numbers of the guest's resources. */
  private final ResourceNumbers numbers = new ResourceNumbers();

  private final Residents residents;
  private final Makers makers;

  /** Resources whose value was read, and which nobody needs when others come. */
  private final NumberPile finished = new NumberPile();

  private @Nullable Object instance;

  /**
   * None yet.
   *
   * @param constants what constructors are given
   */
  Resources(
      CallSession session,
      Callee callee,
      SqlFunction function,
      AggregateMethods methods,
      AggregateTerms terms,
      GroupConstants constants) {
    this.session = session;
    this.callee = callee;
    this.function = function;
    this.methods = methods;
    this.terms = terms;
    this.constants = constants;
    this.kept = session.resources(callee);
    this.residents = new Residents(session, callee, methods, numbers);
    this.makers = new Makers(session, callee, methods.constructor(), numbers);
    this.spill = session.shared(new Spilled(callee), Spill.class, () -> new Spill(session, callee));
    spill.add(this);
  }

  /** What the aggregates of a module share. */
  private record Spilled(Callee callee) {}

  /** A column for resources. */
  HandleColumn handles() {
    return new HandleColumn(numbers);
  }

  /** Calls of a method, for batches of rows. */
  CallBatch batch(SqlFunction method, List<BatchColumn> columns, BatchColumn results) {
    return session.batch(callee, method, columns, results).unnumbered();
  }

  /** What the guest's resources can do. */
  AggregateMethods methods() {
    return methods;
  }

  /** Whether accumulators can be saved and restored. */
  boolean isSavable() {
    return methods.save().isPresent() && methods.restore().isPresent();
  }

  /** Whether accumulators can be given the rows of others. */
  boolean isMergeable() {
    return methods.merge().isPresent();
  }

  /** How many accumulators have a resource. */
  int count() {
    return residents.count();
  }

  /** Saves all accumulators that have a resource. */
  void saveAll(Spill to) {
    residents.saveAll(to);
  }

  /** The instance is another one, without any of the resources. */
  void renewed() {
    finished.clear();
    instance = null;
  }

  /** Takes note of calls that may have made accumulators larger; makes room if that is needed. */
  void used(int calls) {
    spill.after(this, calls);
  }

  /** Whether some accumulators are not in the guest's memory. */
  boolean hasSaved() {
    return spill.hasSaved();
  }

  /** How many accumulators may have resources for a moment only. */
  int atOnce() {
    return hasSaved() ? MOST_FINISHED : WaitingRows.MOST;
  }

  /** Drops resources that nobody uses, if there are many. */
  void makeRoom() {
    if (finished.count() >= MOST_FINISHED) {
      List<ResourceHandle> handles = new ArrayList<>();
      finished.forEach(number -> handles.add(numbers.handle(number)));
      finished.clear();
      if (isAlive()) {
        kept.drop(methods.value(), handles);
      }
    }
  }

  /** An accumulator's resource is wanted, if its constructor makes one; {@link #make} it. */
  void need(Accumulator accumulator) {
    if (accumulator.hasResource() || accumulator.making) {
      return;
    }
    Spill.Place saved = accumulator.saved;
    if (saved != null && (accumulator.moving || !isMergeable())) {
      try {
        accumulator.take(restored(accumulator, spill.read(saved)));
      } catch (SqlError e) {
        throw Group.error(e, accumulator);
      }
      accumulator.saved = null;
      residents.add(accumulator);
    } else if (!constants.makeNothing(accumulator)) {
      makers.add(accumulator, terms.opening(constants.of(accumulator)));
      if (makers.isFull()) {
        make();
      }
    }
  }

  /** Makes the resources that are {@linkplain #need needed}. */
  void make() {
    if (!makers.isEmpty()) {
      checkAlive();
      makers.run(residents::add);
      instance = kept.instance();
    }
  }

  /** Makes resources, and sees that all are there. */
  void makeAlive() {
    make();
    checkAlive();
  }

  /** The number of a resource that is made of what was saved. */
  private int restored(Accumulator accumulator, byte[] state) {
    int number =
        residents.restore(
            terms.restoring(methods.restore().orElseThrow(), constants.of(accumulator), state));
    instance = kept.instance();
    return number;
  }

  /** Merges what was saved of an accumulator with what it has. */
  void gather(Accumulator accumulator) {
    Spill.Place saved = accumulator.saved;
    if (saved == null) {
      return;
    }
    boolean had = accumulator.hasResource();
    int last = accumulator.number();
    accumulator.giveUp();
    for (Spill.Place place : saved.all()) {
      merge(accumulator, restored(accumulator, spill.read(place)));
    }
    if (had) {
      merge(accumulator, last);
    } else {
      residents.add(accumulator);
    }
    accumulator.saved = null;
  }

  /** Merges the resource of an accumulator with another one; takes that if it has none. */
  private void merge(Accumulator accumulator, int part) {
    if (accumulator.hasResource()) {
      residents.merge(accumulator.number(), part);
      finished.add(part);
    } else {
      accumulator.take(part);
    }
  }

  /** The state of an accumulator that is not used afterwards; null if it has no rows. */
  byte @Nullable [] saved(Accumulator accumulator) {
    gather(accumulator);
    if (!accumulator.hasResource()) {
      return null;
    }
    byte[] state = residents.save(accumulator.number());
    release(accumulator);
    return state;
  }

  /** Merges a state that another instance has saved with an accumulator. */
  void absorb(Accumulator into, byte[] state) {
    need(into);
    makeAlive();
    if (into.hasResource()) {
      merge(into, restored(into, state));
      used(1);
    }
  }

  /** Nobody needs an accumulator's resource any more. */
  void release(Accumulator accumulator) {
    if (accumulator.hasResource()) {
      accumulator.giveUp();
      finished.add(accumulator.number());
    }
    if (hasSaved()) {
      makeRoom();
    }
  }

  /** Whether the instance has gone that resources were in. */
  boolean areLost() {
    return instance != null && !isAlive();
  }

  private boolean isAlive() {
    return instance != null && instance == kept.instance();
  }

  /** Throws 38W01 if the resources are gone. */
  void checkAlive() {
    if (areLost()) {
      throw new SqlError(
          "38W01",
          "aggregate "
              + function.shortName()
              + ": its accumulators are gone with an instance that failed earlier in this"
              + " statement");
    }
  }
}
