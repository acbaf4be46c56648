package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.mail.ItemBody;
import dev.latchkey.graph.teams.Channel;
import dev.latchkey.graph.teams.ChannelMessage;
import dev.latchkey.graph.teams.Team;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TeamsTest {

  private ScriptedGraph server;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
    graph = GraphClients.client(server, new QuickTime());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void teamsAndChannelsAreListedPageByPage() {
    server
        .answer(
            200,
            "{\"@odata.nextLink\":\"%s/me/joinedTeams?$skiptoken=x\",\"value\":[{\"id\":\"t1\","
                    .formatted(server.url())
                + "\"displayName\":\"Sales\",\"new\":[]}]}")
        .answer(200, "{\"value\":[{\"id\":\"t2\",\"description\":null}]}")
        .answer(200, "{\"value\":[{\"id\":\"19:a@thread.tacv2\",\"membershipType\":\"shared\"}]}");

    assertThat(graph.teams().joined())
        .containsExactly(new Team("t1", "Sales", null), new Team("t2", null, null));
    assertThat(graph.teams().channels("t1"))
        .containsExactly(new Channel("19:a@thread.tacv2", null, null, "shared", null));
    assertThat(server.asked())
        .extracting(ScriptedGraph.Asked::target)
        .containsExactly(
            "/v1.0/me/joinedTeams", "/v1.0/me/joinedTeams?$skiptoken=x", "/v1.0/teams/t1/channels");
  }

  @Test
  void postIsTheMessageThatGraphStored() {
    server.answer(
        201,
        "{\"id\":\"m1\",\"createdDateTime\":\"2026-01-02T03:04:05.678Z\",\"replyToId\":null,"
            + "\"body\":{\"contentType\":\"html\",\"content\":\"<b>Hi</b>\"},\"webUrl\":\"https://x\"}");

    ChannelMessage posted =
        graph.teams().post("t1", "19:a@thread.tacv2", ItemBody.html("<b>Hi</b>"));

    assertThat(posted)
        .isEqualTo(
            new ChannelMessage(
                "m1",
                null,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                ItemBody.html("<b>Hi</b>"),
                "https://x"));
    ScriptedGraph.Asked asked = server.asked().get(0);
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.target()).isEqualTo("/v1.0/teams/t1/channels/19%3Aa@thread.tacv2/messages");
    assertThat(asked.body())
        .isEqualTo("{\"body\":{\"contentType\":\"html\",\"content\":\"<b>Hi</b>\"}}");
  }

  @Test
  void replyGoesBeneathItsMessage() {
    server.answer(201, "{\"id\":\"r1\",\"replyToId\":\"m1\"}");

    ChannelMessage reply = graph.teams().reply("t1", "c1", "m1", ItemBody.text("Yes & no"));

    assertThat(reply).isEqualTo(new ChannelMessage("r1", "m1", null, null, null));
    assertThat(server.asked().get(0).target())
        .isEqualTo("/v1.0/teams/t1/channels/c1/messages/m1/replies");
    assertThat(server.asked().get(0).body())
        .isEqualTo("{\"body\":{\"contentType\":\"text\",\"content\":\"Yes & no\"}}");
  }

  @Test
  void forbiddenPostNamesTheScopeThatIsMissing() {
    server.answer(403, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"no\"}}");

    Forbidden refused =
        catchThrowableOfType(
            Forbidden.class, () -> graph.teams().post("t1", "c1", ItemBody.text("Hello")));

    assertThat(refused.missingScopes()).containsExactly("ChannelMessage.Send");
  }
}
