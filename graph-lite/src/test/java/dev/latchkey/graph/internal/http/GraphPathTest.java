package dev.latchkey.graph.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphPathTest {

  @Test
  void everyCharacterOfANameStaysInItsSegment() {
    String name = "a/b?c#d%e&f+g h:ü\u0000\u20ac";

    String text = GraphPath.of("me", name).text();

    assertThat(text).isEqualTo("/me/a%2Fb%3Fc%23d%25e%26f%2Bg%20h%3A%C3%BC%00%E2%82%AC");
    assertThat(URI.create("https://graph.example" + text).getPath()).isEqualTo("/me/" + name);
  }

  @Test
  void pathsBeneathAnItemAreClosedByAColonOnlyIfSomethingFollows() {
    GraphPath root = GraphPath.of("me", "drive", "root");

    assertThat(root.beneath("/Reports/2026 Q3/").text())
        .isEqualTo("/me/drive/root:/Reports/2026%20Q3");
    assertThat(root.beneath("Reports").then("children").text())
        .isEqualTo("/me/drive/root:/Reports:/children");
    assertThat(root.beneath("/").then("children").text()).isEqualTo("/me/drive/root/children");
  }

  @Test
  void queriesAreEncodedAndNullIsLeftOut() {
    String text =
        GraphPath.of("me", "messages")
            .query("$filter", "subject eq 'a&b+c'")
            .query("$top", null)
            .query("$select", "id,subject")
            .text();

    assertThat(text)
        .isEqualTo("/me/messages?$filter=subject%20eq%20'a%26b%2Bc'&$select=id,subject");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void segmentsThatLeadElsewhereAreRejected(String segment) {
    assertThatThrownBy(() -> GraphPath.of("users", segment))
        .isInstanceOf(IllegalArgumentException.class);
    if (!segment.isEmpty()) {
      assertThatThrownBy(() -> GraphPath.of("root").beneath("a/" + segment + "/b"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
