package io.calcitewasm.component.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.abi.AbiTrap;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.component.model.ValType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts come out of a column as they went in, or not at all. */
final class ColumnValuesTest {
  private final RowShape shape =
      RowShape.of(
              new FuncType(List.of(new ValType.Field("s", PrimitiveType.STRING)), Optional.empty()),
              resource -> false)
          .orElseThrow();
  private final Column.Bytes column = (Column.Bytes) shape.parameters().getFirst();
  private final ByteBuffer columns =
      ByteBuffer.allocateDirect(shape.heap() + 100).order(ByteOrder.LITTLE_ENDIAN);

  ColumnValuesTest() {
    shape.prepare(columns, 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "why?",
        "Crème",
        "ÿ?",
        "漢字",
        "a😀b",
        "\ufffd",
        "?\ufffd?",
        "\u0000\u007f\u0080"
      })
  void aTextComesOutAsItWentIn(String text) {
    assertThat(ColumnValues.write(columns, column, 3, text)).isTrue();
    assertThat(ColumnValues.text(columns, column, 3)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xd800, 0xdbff, 0xdc00, 0xdfff})
  void halfASurrogatePairIsNoText(int half) {
    for (String text : List.of("", "a", "é", "😀", "?")) {
      assertThatThrownBy(() -> ColumnValues.write(columns, column, 0, text + (char) half))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the text has half a surrogate pair");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreNoText() {
    for (byte[] bytes :
        List.of(
            new byte[] {(byte) 0xc3},
            new byte[] {'a', (byte) 0xff},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xef, (byte) 0xbf, (byte) 0xbd, (byte) 0x80})) {
      assertThat(ColumnValues.write(columns, new Column.Bytes(false, column.address()), 0, bytes))
          .isTrue();
      assertThatThrownBy(() -> ColumnValues.text(columns, column, 0)).isInstanceOf(AbiTrap.class);
    }
  }
}
