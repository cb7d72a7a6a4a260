package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.guest.Guests;
import java.util.ArrayList;
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
  private static final int VALUES_PER_FUNCTION = 40;

  private final ComponentEngine engine = ComponentEngine.create();
  private final LinkedComponent types = link("fixtures/types");
  private final Instance instance = types.instantiate(InstanceOptions.DEFAULT);

  private LinkedComponent link(String guest) {
    try {
      return engine.link(Component.read(Guests.bytes(guest)), Linker.builder().build());
    } catch (InvalidComponentException | LinkException e) {
      throw new AssertionError(guest, e);
    }
  }

  @BeforeAll
  void theGuestHasManyIdentities() {
    List<String> names = new ArrayList<>();
    eachIdentity((name, type) -> names.add(name));
    assertThat(names).hasSizeGreaterThan(100);
  }

  @AfterAll
  void closeAll() {
    instance.close();
    engine.close();
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
