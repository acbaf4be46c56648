package dev.latchkey.interop.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.interop.fixture.NodeProject;
import dev.latchkey.interop.fixture.TiedProcess;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.FakeTeam;
import dev.latchkey.testkit.TestMail;
import dev.latchkey.testkit.TestUser;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** msal-node, openid-client and Microsoft's Graph client for JavaScript, against the testkit. */
class NodeClientsTest {
  private static final String ADELE = "adele@contoso.example";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern RESULT = Pattern.compile("result (\\{.*)");

  @AutoClose
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder()
          .user(TestUser.of(ADELE))
          .interval(Duration.ofSeconds(1))
          .start();

  @Test
  void msalNodeSignsInAndRefreshesAsTheAccountThatItFindsAgain() {
    server.approveEvery(ADELE);

    JsonObject result = run("msal", Map.of());

    TestUser user = TestUser.of(ADELE);
    assertThat(result.get("username").getAsString()).isEqualTo(ADELE);
    assertThat(result.get("account").getAsString())
        .isEqualTo(user.objectId() + "." + user.tenantId());
    assertThat(result.get("messages").getAsInt()).isEqualTo(1);
    assertThat(result.get("refreshed").getAsBoolean()).isTrue();
  }

  @Test
  void openidClientSignsInAndRefreshes() {
    server.approveEvery(ADELE);

    JsonObject result =
        run("openid", Map.of("ISSUER", server.issuer("contoso.example").toString()));

    assertThat(result.get("username").getAsString()).isEqualTo(ADELE);
    assertThat(result.get("refreshed").getAsBoolean()).isTrue();
  }

  @Test
  void graphClientFindsSendsAndPosts() {
    server.approveEvery(ADELE);
    FakeDrive drive = server.graph().drive(ADELE);
    drive.addFile("Reports/May report.txt", "as usual");
    FakeTeam team = server.graph().addTeam("Marketing", ADELE);
    String messages =
        "/teams/%s/channels/%s/messages".formatted(team.id(), team.addChannel("Launch"));

    JsonObject result = run("graph", Map.of("ACCESS_TOKEN", token(), "MESSAGES", messages));

    assertThat(result.get("username").getAsString()).isEqualTo(ADELE);
    assertThat(result.get("latest").getAsInt()).isZero();
    assertThat(result.get("all").toString()).contains("May report.txt", "June report.txt");
    assertThat(result.get("found").toString()).contains("May report.txt", "June report.txt");
    assertThat(result.get("importance").getAsString()).isEqualTo("urgent");
    assertThat(drive.fileText("June report.txt")).isEqualTo("better");
    assertThat(server.graph().mailbox(ADELE).inbox())
        .extracting(TestMail::subject)
        .containsExactly("Hello");
    assertThat(server.graph().mailbox(ADELE).sent()).isEmpty();
    assertThat(team.posts("Launch")).hasSize(1);
  }

  private String token() {
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("latchkey")
            .scopes(
                "User.Read Files.ReadWrite Mail.Send ChannelMessage.Send ChannelMessage.Read.All")
            .build();
    return client.beginSignIn().await().token().value();
  }

  private JsonObject run(String client, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("CLIENT", client);
    environment.put("BASE_URL", server.baseUrl().toString());
    try (TiedProcess process = NodeProject.installed().run(client, "clients.js", environment)) {
      process.awaitSuccess(PATIENCE);
      String result = process.awaitOutput(RESULT, PATIENCE).group(1);
      return JsonParser.parseString(result).getAsJsonObject();
    }
  }
}
