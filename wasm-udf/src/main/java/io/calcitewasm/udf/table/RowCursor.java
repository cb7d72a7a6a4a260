package io.calcitewasm.udf.table;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.ModuleResources;
import io.calcitewasm.udf.instance.Trial;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one call of a table function. A function that answers a list is called once; of one
 * that answers a resource rows are pulled, few at first and more when they are wanted. Not for
 * several threads.
 */
public final class RowCursor implements AutoCloseable {
  private static final int FEWEST = 16;
  private static final int MOST = 1024;
  private static final int NO_NUMBER = -1;

  private final CallSession session;
  private final Callee callee;
  private final SqlFunction function;
  private final ModuleResources resources;
  private final @Nullable Object[] arguments;
  private final @Nullable SqlFunction pull;
  private @Nullable ResourceHandle handle;
  private @Nullable Object instance;
  private int wanted = FEWEST;
  private boolean opened;
  private boolean ended;
  private long pulled;

  /** Who is to have the rows made again when they have been read; null for nobody. */
  private @Nullable Trial trial;

  /**
   * Rows that are not there yet: the guest is called when the first is wanted.
   *
   * @param session the statement's calls
   * @param callee the version that the function is of
   * @param function one that has {@linkplain SqlFunction#columns columns}, the object itself
   * @param arguments SQL values; NULL for a strict parameter means no rows
   */
  public RowCursor(
      CallSession session, Callee callee, SqlFunction function, @Nullable Object[] arguments) {
    this.session = session;
    this.callee = callee;
    this.function = function;
    this.resources = session.resources(callee);
    this.arguments = arguments;
    this.pull = function.form() instanceof SqlForm.Cursor cursor ? cursor.next() : null;
  }

  /**
   * The next rows.
   *
   * @return one {@code Object[]} of SQL values for each, as {@link
   *     io.calcitewasm.udf.value.ResultConverter} tells; empty at the end
   * @throws SqlError whatever the guest fails with; nothing can be pulled after it
   */
  public List<?> next() {
    if (ended) {
      return List.of();
    }
    ended = true;
    if (pull == null) {
      return rows(session.call(callee, function, arguments, NO_NUMBER));
    }
    ResourceHandle cursor = opened ? handle : open();
    if (cursor == null) {
      return List.of();
    }
    if (instance != resources.instance()) {
      close();
      throw new SqlError(
          "38W01",
          "table function "
              + function.shortName()
              + ": its rows are gone with an instance that failed earlier in this statement");
    }
    List<?> rows =
        rows(session.call(callee, pull, new Object[] {cursor, (long) wanted}, NO_NUMBER));
    if (rows.size() > wanted) {
      throw new SqlError(
          "38W02",
          "table function "
              + function.shortName()
              + ": next answered "
              + rows.size()
              + " rows where at most "
              + wanted
              + " were asked for");
    }
    wanted = Math.min(MOST, wanted * 2);
    ended = rows.isEmpty();
    pulled += rows.size();
    return rows;
  }

  private @Nullable ResourceHandle open() {
    opened = true;
    Trial hears = session.trial(callee, function);
    trial = hears != null && hears.wants() ? hears : null;
    handle =
        (ResourceHandle)
            session.call(callee, ((SqlForm.Cursor) function.form()).open(), arguments, NO_NUMBER);
    instance = resources.instance();
    if (handle != null) {
      resources.pin();
    }
    return handle;
  }

  private static List<?> rows(@Nullable Object answer) {
    return answer == null ? List.of() : (List<?>) answer;
  }

  /** Drops the guest's resource, if there is one; its destructor runs. */
  @Override
  public void close() {
    Trial hears = trial;
    if (hears != null) {
      trial = null;
      hears.again(new RowReplay(function, arguments, ended ? pulled + 1 : pulled));
    }
    ended = true;
    ResourceHandle cursor = handle;
    handle = null;
    if (cursor == null || pull == null) {
      return;
    }
    resources.unpin();
    if (!session.isCancelled() && instance == resources.instance()) {
      resources.drop(pull, List.of(cursor));
    }
  }
}
