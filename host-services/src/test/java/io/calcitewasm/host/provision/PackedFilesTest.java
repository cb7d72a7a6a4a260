package io.calcitewasm.host.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.Component;
import io.calcitewasm.component.CustomSection;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.policy.PolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedFilesTest {

  @Test
  void the_files_of_a_component_are_its_sections() throws Exception {
    PackedFiles files =
        PackedFiles.of(Component.read(Guests.bytes("fixtures/keeper")).customSections());
    assertThat(files.files().keySet())
        .containsExactly("/top.txt", "/words/deep/x.txt", "/words/numbers.txt");
    PackedFiles.PackedFile top = Objects.requireNonNull(files.files().get("/top.txt"));
    assertThat(top.content()).isEqualTo("top\n".getBytes(UTF_8));
    assertThat(top.digest())
        .isEqualTo("sha256:f7de2947c64cb6435e15fb2bef359d1ed5f6356b2aebb7b20535e3772904e6db");
  }

  @Test
  void a_component_without_any_has_none() throws Exception {
    assertThat(PackedFiles.of(Component.read(Guests.bytes("fixtures/wasi")).customSections()))
        .isEqualTo(PackedFiles.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "words.txt",
        "//words.txt",
        "/words/",
        "/../etc/passwd",
        "/words/../../etc/passwd",
        "/words/./x",
        "/..",
        "/.",
        "/a\\b",
        "/a\nb",
        "/a\u0000",
        "/a\u202eb",
        "C:/x",
        "file:///etc/passwd",
      })
  void what_is_no_path_in_the_component_is_refused(String path) {
    assertRefused("names no file", section(path, 1));
  }

  @Test
  void names_are_taken_as_they_are() {
    assertThat(
            PackedFiles.of(
                    List.of(
                        section("/...", 1),
                        section("/a b", 1),
                        section("/\u00e4", 1),
                        section("/a\u0308", 1),
                        section("/%2e%2e", 1)))
                .files()
                .keySet())
        .containsExactly("/%2e%2e", "/...", "/a b", "/a\u0308", "/\u00e4");
  }

  @Test
  void two_files_of_a_name_are_none() {
    assertRefused("two files '/a'", section("/a", 1), section("/a", 2));
    assertRefused("file '/a' is a folder too", section("/a", 1), section("/a/b", 1));
    assertThat(PackedFiles.of(List.of(section("/a", 1), section("/a.b", 1), section("/ab", 1))))
        .satisfies(files -> assertThat(files.files()).hasSize(3));
  }

  @Test
  void too_many_and_too_large_files_are_refused() {
    List<CustomSection> many = new ArrayList<>();
    for (int i = 0; i <= PackedFiles.MOST_FILES; i++) {
      many.add(section("/" + i, 0));
    }
    assertRefused("1001 files, at most 1000", many.toArray(CustomSection[]::new));
    int half = (int) (PackedFiles.MOST_BYTES / 2) + 1;
    assertRefused("larger than 32 MB", section("/a", half), section("/b", half));
    assertRefused("names no file", section("/" + "x".repeat(1_024), 1));
  }

  private static CustomSection section(String path, int size) {
    return new CustomSection(PackedFiles.SECTION + path, new byte[size], true, 8);
  }

  private static void assertRefused(String part, CustomSection... sections) {
    assertThatThrownBy(() -> PackedFiles.of(List.of(sections)))
        .hasMessageContaining(part)
        .isInstanceOfSatisfying(
            PolicyException.class, e -> assertThat(e.sqlState()).isEqualTo("WM001"));
  }
}
