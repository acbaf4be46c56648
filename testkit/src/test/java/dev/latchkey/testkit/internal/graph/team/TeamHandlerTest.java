package dev.latchkey.testkit.internal.graph.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.ChannelPost;
import dev.latchkey.testkit.FakeTeam;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import dev.latchkey.testkit.internal.http.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeamHandlerTest extends GraphFixture {

  private final FakeTeam team = graph.addTeam("Marketing", ADELE, BRUNO);
  private final String messages =
      "/teams/%s/channels/%s/messages".formatted(team.id(), team.addChannel("Launch"));

  @Test
  void memberFindsTeamAndChannels() throws Exception {
    List<JsonObject> teams = values(get("/me/joinedTeams"));
    List<JsonObject> channels = values(get("/teams/" + team.id() + "/channels"));

    assertThat(teams).extracting(each -> each.get("id").getAsString()).containsExactly(team.id());
    assertThat(channels)
        .extracting(each -> each.get("displayName").getAsString())
        .containsExactly("General", "Launch");
  }

  @Test
  void postAndReplyAreVisible() throws Exception {
    HttpApp.Reply post =
        post(messages, "{\"body\":{\"contentType\":\"html\",\"content\":\"<b>Go</b>\"}}");
    HttpApp.Reply reply =
        post(messages + "/" + post.get("id") + "/replies", "{\"body\":{\"content\":\"Gone\"}}");

    assertThat(List.of(post.status(), reply.status())).containsExactly(201, 201);
    assertThat(reply.get("replyToId")).isEqualTo(post.get("id"));
    assertThat(team.posts("Launch"))
        .extracting(ChannelPost::from, ChannelPost::contentType, ChannelPost::content)
        .containsExactly(tuple(ADELE, "html", "<b>Go</b>"), tuple(ADELE, "text", "Gone"));
    assertThat(values(get(messages))).hasSize(1);
    assertThat(values(get(messages + "/" + post.get("id") + "/replies"))).hasSize(1);
  }

  @Test
  void emptyMessageAndUnknownPlacesAreRefused() throws Exception {
    HttpApp.Reply empty = post(messages, "{\"body\":{\"content\":\"\"}}");
    HttpApp.Reply noMessage = post(messages + "/17/replies", "{\"body\":{\"content\":\"x\"}}");
    HttpApp.Reply noTeam = get("/teams/nonsense/channels");

    assertThat(List.of(empty.status(), noMessage.status(), noTeam.status()))
        .containsExactly(400, 404, 404);
    assertThat(error(noMessage).getAsJsonObject("innerError").getAsJsonObject("innerError"))
        .as("a code within the code")
        .isEqualTo(JsonText.object("{\"code\":\"MessageNotFound\"}"));
    assertThat(team.posts("Launch")).isEmpty();
  }

  @Test
  void nonMemberIsRefused() throws Exception {
    signInAs(CHANDRA);

    assertThat(values(get("/me/joinedTeams"))).isEmpty();
    assertThat(post(messages, "{\"body\":{\"content\":\"x\"}}").status()).isEqualTo(403);
  }

  @Test
  void importanceOfAMessageIsKeptAndANonexistentOneRefused() throws Exception {
    HttpApp.Reply urgent =
        post(messages, "{\"importance\":\"urgent\",\"body\":{\"content\":\"Fire\"}}");
    HttpApp.Reply plain = post(messages, "{\"body\":{\"content\":\"Lunch\"}}");
    HttpApp.Reply wrong = post(messages, "{\"importance\":\"low\",\"body\":{\"content\":\"Nap\"}}");

    assertThat(get(messages + "/" + urgent.get("id")).get("importance")).isEqualTo("urgent");
    assertThat(plain.get("importance")).isEqualTo("normal");
    assertThat(wrong.status()).isEqualTo(400);
  }
}
