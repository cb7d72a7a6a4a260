package io.calcitewasm.host.wit;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeAgreementTest {
  private static final String SERVED =
      """
      package t:t;
      interface served {
        enum color { red, green }
        flags sides { left, right }
        record point { x: u32, y: u32 }
        variant shape { nothing, circle(u32) }
        resource thing { get: func(n: u64) -> option<string>; }
        f: func(a: point, b: list<color>, c: shape, d: tuple<sides, bool>) -> result<u8, string>;
        take: func(t: own<thing>, other: borrow<thing>);
        plain: func();
      }
      """;

  private final WitInterface served = WitTypes.of(List.of(SERVED)).get("t:t/served");

  @Test
  void an_interface_agrees_with_itself_however_its_parameters_are_called() {
    assertThat(problem(SERVED.replace("n: u64", "m: u64"))).isEmpty();
  }

  @Test
  void part_of_an_interface_may_be_imported() {
    assertThat(problem("package t:t; interface served { plain: func(); }")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "red, green | red, blue | another enum instead of another enum",
        "left, right | left | other flags instead of other flags",
        "x: u32, | x: u64, | u64 instead of u32",
        "x: u32, | z: u32, | \"z\" instead of \"x\"",
        "y: u32 | y: u32, z: u32 | 3 fields instead of 2",
        "circle(u32) | circle | nothing instead of u32",
        "circle(u32) | square(u32) | \"square\" instead of \"circle\"",
        "list<color> | color | another enum instead of list",
        "tuple<sides, bool> | tuple<sides> | 1 elements instead of 2",
        "result<u8, string> | result<u8> | result: nothing instead of string",
        "option<string> | string | result: string instead of option",
        "own<thing> | borrow<thing> | borrow<thing> instead of own<thing>",
        "plain: func() | plain: func() -> bool | result: bool instead of nothing",
        "plain: func() | plain: func(a: u8) | 1 parameters instead of 0",
      })
  void another_type_is_told(String original, String replacement, String problem) {
    assertThat(SERVED).contains(original);
    assertThat(problem(SERVED.replace(original, replacement)).orElse("none"))
        .contains("is imported with another type")
        .contains(problem);
  }

  @Test
  void a_function_or_resource_that_is_not_there_is_told() {
    assertThat(problem("package t:t; interface served { fly: func(); }"))
        .contains("the interface has no function \"fly\"");
    assertThat(problem("package t:t; interface served { resource bird; }"))
        .contains("the interface has no such resource \"bird\"");
  }

  @Test
  void one_resource_of_a_component_cannot_stand_for_two_of_the_host() {
    WitInterface two =
        WitTypes.of(
                List.of(
                    """
                    package t:t;
                    interface two {
                      resource a;
                      resource b;
                    }
                    """))
            .get("t:t/two");
    ResourceType forged = new ResourceType("a");
    Map<String, ExternType> exports = new LinkedHashMap<>();
    exports.put("a", new ExternType.Resource(forged));
    exports.put("b", new ExternType.Resource(forged));
    assertThat(new TypeAgreement().problem(new ExternType.Instance(exports), two))
        .contains("the interface has no such resource \"b\"");
  }

  private Optional<String> problem(String imported) {
    return new TypeAgreement()
        .problem(instance(WitTypes.of(List.of(imported)).get("t:t/served")), served);
  }

  /** An interface as a component's import section would declare it. */
  static ExternType.Instance instance(WitInterface wit) {
    Map<String, ExternType> exports = new LinkedHashMap<>();
    wit.resources().forEach((name, type) -> exports.put(name, new ExternType.Resource(type)));
    wit.functions().forEach((name, type) -> exports.put(name, new ExternType.Func(type)));
    return new ExternType.Instance(exports);
  }
}
