package io.calcitewasm.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.calcitewasm.component.model.ResourceType;
import org.junit.jupiter.api.Test;

/** CanonicalABI.md, "Table State" and "Resource State". */
final class HandleTableTest {
  private final ResourceType file = new ResourceType("file");
  private final ResourceType socket = new ResourceType("socket");
  private final HandleTable table = new InstanceState(null).handles();

  @Test
  void indicesStartAtOneAndAreUsedAgain() {
    assertThat(table.add(Handle.own(file, "a"))).isEqualTo(1);
    assertThat(table.add(Handle.own(file, "b"))).isEqualTo(2);
    assertThat(table.add(Handle.own(file, "c"))).isEqualTo(3);
    table.remove(1, file);
    table.remove(2, file);
    assertThat(table.add(Handle.own(file, "d"))).isEqualTo(2);
    assertThat(table.add(Handle.own(file, "e"))).isEqualTo(1);
    assertThat(table.size()).isEqualTo(3);
  }

  @Test
  void whatIsNotThereIsATrap() {
    table.add(Handle.own(file, "a"));
    for (int index : new int[] {0, 2, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatExceptionOfType(AbiTrap.class)
          .isThrownBy(() -> table.get(index, file))
          .withMessage("unknown handle " + Integer.toUnsignedString(index));
    }
    table.remove(1, file);
    assertThatExceptionOfType(AbiTrap.class).isThrownBy(() -> table.remove(1, file));
  }

  @Test
  void anotherTypeIsATrap() {
    int index = table.add(Handle.own(file, "a"));
    assertThatExceptionOfType(AbiTrap.class)
        .isThrownBy(() -> table.get(index, socket))
        .withMessage("handle 1 is of resource file, not of resource socket");
  }

  @Test
  void aLentHandleStays() {
    Handle handle = Handle.own(file, "a");
    int index = table.add(handle);
    handle.lend();
    assertThatExceptionOfType(AbiTrap.class)
        .isThrownBy(() -> table.remove(index, file))
        .withMessageContaining("is lent to a call under way");
    handle.endLend();
    assertThat(table.remove(index, file)).isSameAs(handle);
  }

  @Test
  void aLoopOverNewHandlesEnds() {
    for (int i = 0; i < HandleTable.MAX_HANDLES; i++) {
      table.add(Handle.own(file, "same"));
    }
    assertThatExceptionOfType(AbiTrap.class)
        .isThrownBy(() -> table.add(Handle.own(file, "same")))
        .withMessageContaining("handles are alive");
  }
}
