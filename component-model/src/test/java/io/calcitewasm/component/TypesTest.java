package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResultValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every type of the component model goes into a guest and comes out the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TypesTest {
  private static final int VALUES_PER_FUNCTION = 25;

  private final LinkedComponent types = Guest.link("fixtures/types");
  private final Instance instance = types.instantiate(InstanceOptions.DEFAULT);

  @BeforeAll
  void theGuestHasManyIdentities() {
    List<String> names = new ArrayList<>();
    eachIdentity((name, type) -> names.add(name));
    assertThat(names).hasSizeGreaterThan(100);
  }

  @AfterAll
  void close() {
    instance.close();
  }

  @Test
  void whatGoesIntoAnIdentityComesOut() {
    eachIdentity(
        (name, type) -> {
          int hash = name.indexOf('#');
          ComponentFunction identity =
              instance.function(name.substring(0, hash), name.substring(hash + 1));
          ComponentValues values = new ComponentValues(new Random(name.hashCode()));
          for (int i = 0; i < VALUES_PER_FUNCTION; i++) {
            Object value = values.of(type.parameters().getFirst().type());
            Object result = identity.call(value);
            assertThat(ComponentValues.same(result, value))
                .as("%s(%s) = %s", name, ComponentValues.show(value), ComponentValues.show(result))
                .isTrue();
          }
        });
  }

  @Test
  void parametersTravelFlatUpToSixteenAndThenInMemory() {
    Object[] sixteen = new Object[16];
    Object[] seventeen = new Object[17];
    Arrays.fill(sixteen, 3);
    Arrays.fill(seventeen, Integer.MAX_VALUE);
    String wide = "examples:types/wide@0.1.0";
    assertThat(instance.function(wide, "sum16").call(sixteen)).isEqualTo(48L);
    assertThat(instance.function(wide, "sum17").call(seventeen)).isEqualTo(17L * Integer.MAX_VALUE);
    assertThat(instance.function(wide, "concat9").call("a", "", "ü", "d", "e", "😀", "g", "h", "i"))
        .isEqualTo("aüde😀ghi");
  }

  @Test
  void functionsOfTheRootNeedNoInterface() {
    assertThat(instance.function("", "root-add").type().parameters()).hasSize(2);
  }

  @Test
  void aFunctionWithoutResultGivesNull() {
    assertThat(instance.function("examples:types/function-results@0.1.0", "nothing").call())
        .isNull();
  }

  @Test
  void resultsOfBothArmsComeBack() {
    String results = "examples:types/function-results@0.1.0";
    assertThat(instance.function(results, "bare").call(false)).isEqualTo(ResultValue.ok(null));
    assertThat(instance.function(results, "bare").call(true)).isEqualTo(ResultValue.err(null));
    assertThat(instance.function(results, "err-label").call(true))
        .isInstanceOfSatisfying(ResultValue.class, err -> assertThat(err.isOk()).isFalse());
    assertThat(instance.function(results, "wide-or-text").call(false))
        .isInstanceOfSatisfying(
            ResultValue.class, ok -> assertThat(ok.value()).isInstanceOf(Long.class));
  }

  private void eachIdentity(BiConsumer<String, FuncType> action) {
    for (Map.Entry<String, ExternType> export : types.component().exports().entrySet()) {
      if (export.getValue() instanceof ExternType.Instance functions) {
        functions
            .exports()
            .forEach(
                (name, extern) -> {
                  if (name.startsWith("id-")
                      && extern instanceof ExternType.Func func
                      && func.type().parameters().size() == 1) {
                    action.accept(export.getKey() + "#" + name, func.type());
                  }
                });
      }
    }
  }
}
