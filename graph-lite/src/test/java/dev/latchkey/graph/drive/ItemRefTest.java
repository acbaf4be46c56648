package dev.latchkey.graph.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemRefTest {

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "/a/b", "a//b/", "//a/b//"})
  void extraSlashesDoNotMatter(String path) {
    assertThat(ItemRef.path(path)).isEqualTo(ItemRef.root().child("a").child("b"));
    assertThat(ItemRef.path(path)).hasToString("/a/b");
  }

  @Test
  void slashAloneIsTheRoot() {
    assertThat(ItemRef.path("/")).isEqualTo(ItemRef.root()).hasToString("/");
  }

  @Test
  void itemIsNamedByItsIdAndThePathFromThere() {
    assertThat(ItemRef.id("1!2").child("q3.pdf")).hasToString("item 1!2/q3.pdf");
  }

  @Test
  void referenceDoesNotLeadUp() {
    assertThatThrownBy(() -> ItemRef.path("a/../b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ItemRef.id("..")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ItemRef.id("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ItemRef("", "/.")).isInstanceOf(IllegalArgumentException.class);
  }
}
