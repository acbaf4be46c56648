package dev.latchkey.testkit.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class BatchHandlerTest extends GraphFixture {

  private final FakeDrive drive = graph.drive(ADELE);

  @Test
  void answersHaveIdsAndComeInAnotherOrder() throws Exception {
    HttpApp.Reply reply =
        batch(
            item("1", "GET", "/me", ""),
            item("2", "GET", "/me/drive/root:/nothing", ""),
            item("3", "POST", "/me/drive/root/children", folder("New")));

    assertThat(
            reply
                .json()
                .getAsJsonArray("responses")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString())
        .isEqualTo("3");
    assertThat(statuses(reply)).isEqualTo(Map.of("1", 200, "2", 404, "3", 201));
    assertThat(drive.exists("New")).isTrue();
  }

  @Test
  void dependentsOfAFailureFail() throws Exception {
    HttpApp.Reply reply =
        batch(
            item("1", "GET", "/me/drive/root:/nothing", ""),
            item("2", "POST", "/me/drive/root/children", "\"dependsOn\":[\"1\"]," + folder("New")),
            item("3", "GET", "/me", "\"dependsOn\":[\"2\"],"));

    assertThat(statuses(reply)).isEqualTo(Map.of("1", 404, "2", 424, "3", 424));
    assertThat(drive.exists("New")).isFalse();
  }

  @Test
  void requestsInABatchAreThrottledAndTheBatchIsNot() throws Exception {
    graph.throttle(1, "7");

    HttpApp.Reply reply = batch(item("1", "GET", "/me", ""), item("2", "GET", "/me", ""));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(statuses(reply)).isEqualTo(Map.of("1", 429, "2", 200));
    assertThat(response(reply, "1").getAsJsonObject("headers").get("Retry-After").getAsString())
        .isEqualTo("7");
  }

  @Test
  void batchHasTwentyRequestsAtMost() throws Exception {
    String[] twenty = items(20);
    String[] more = items(21);

    assertThat(batch(twenty).status()).isEqualTo(200);
    assertThat(batch(more).status()).isEqualTo(400);
    assertThat(batch().status()).isEqualTo(400);
    assertThat(batch(twenty[0], twenty[0]).status()).as("an id twice").isEqualTo(400);
  }

  @Test
  void batchWithinABatchIsRefused() throws Exception {
    HttpApp.Reply reply = batch(item("1", "POST", "/$batch", "\"body\":{\"requests\":[]},"));

    assertThat(statuses(reply)).isEqualTo(Map.of("1", 400));
  }

  @Test
  void redirectIsAnAnswerLikeAnyOther() throws Exception {
    drive.addFile("a.txt", "a");

    HttpApp.Reply reply = batch(item("1", "GET", "/me/drive/root:/a.txt:/content", ""));

    JsonObject response = response(reply, "1");
    assertThat(response.get("status").getAsInt()).isEqualTo(302);
    assertThat(response.getAsJsonObject("headers").get("Location").getAsString())
        .startsWith(graph.storageUrl().toString());
  }

  private HttpApp.Reply batch(String... items) throws Exception {
    return post("/$batch", "{\"requests\":[" + String.join(",", items) + "]}");
  }

  private static String[] items(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> item("n" + i, "GET", "/me", ""))
        .toArray(String[]::new);
  }

  private static String item(String id, String method, String url, String more) {
    return "{\"id\":\"%s\",%s\"method\":\"%s\",\"url\":\"%s\"}".formatted(id, more, method, url);
  }

  private static String folder(String name) {
    return "\"headers\":{\"Content-Type\":\"application/json\"},\"body\":{\"name\":\"%s\",\"folder\":{}},"
        .formatted(name);
  }

  private static Map<String, Integer> statuses(HttpApp.Reply reply) {
    return StreamSupport.stream(reply.json().getAsJsonArray("responses").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .collect(
            Collectors.toMap(
                each -> each.get("id").getAsString(), each -> each.get("status").getAsInt()));
  }

  private static JsonObject response(HttpApp.Reply reply, String id) {
    return StreamSupport.stream(reply.json().getAsJsonArray("responses").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(each -> each.get("id").getAsString().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
