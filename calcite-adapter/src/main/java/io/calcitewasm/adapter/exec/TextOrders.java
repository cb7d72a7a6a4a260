package io.calcitewasm.adapter.exec;

import java.lang.ref.WeakReference;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Deterministic;
import org.jspecify.annotations.Nullable;

/**
 * A place in generated code that makes texts values of one order. Shared by the executions of a
 * plan, as {@link CallSite} is.
 */
@Deterministic // of construction
public final class TextOrders {
  private final FunctionKey key;
  private final boolean strict;
  private volatile @Nullable WeakReference<TextOrder> last;

  /**
   * A place.
   *
   * @param key the comparison's {@link FunctionKey#toString()}
   * @param strict whether equal texts are ordered by their characters
   */
  public TextOrders(String key, boolean strict) {
    this.key = FunctionKey.parse(key);
    this.strict = strict;
  }

  /**
   * A text as a value of the order; NULL for NULL.
   *
   * @param root the data context of the execution
   */
  public @Nullable OrderedText of(DataContext root, @Nullable Object text) {
    if (text == null) {
      return null;
    }
    WeakReference<TextOrder> known = last;
    TextOrder order = known == null ? null : known.get();
    if (order == null || order.root() != root) {
      order = new TextOrder(root, key);
      last = new WeakReference<>(order);
    }
    order.see((String) text);
    return new OrderedText((String) text, order, strict);
  }
}
