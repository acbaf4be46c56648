package dev.latchkey.interop.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.BodyType;
import com.microsoft.graph.models.ChatMessage;
import com.microsoft.graph.models.ChatMessageImportance;
import com.microsoft.graph.models.DriveItem;
import com.microsoft.graph.models.EmailAddress;
import com.microsoft.graph.models.ItemBody;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.Recipient;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.sendmail.SendMailPostRequestBody;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.FakeTeam;
import dev.latchkey.testkit.TestMail;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Microsoft's Graph SDK for Java, with Latchkey's tokens, against the testkit's Graph. */
class JavaGraphSdkTest {
  private static final String ADELE = "adele@contoso.example";

  @AutoClose
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();

  private final GraphServiceClient sdk = sdk();

  private GraphServiceClient sdk() {
    server.approveEvery(ADELE);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("latchkey")
            .scopes(
                "User.Read Files.ReadWrite Files.ReadWrite.All Mail.Send ChannelMessage.Send"
                    + " ChannelMessage.Read.All")
            .build();
    TokenSource tokens = client.tokens(client.beginSignIn().await().account());
    GraphServiceClient graph =
        new GraphServiceClient(new BaseBearerTokenAuthenticationProvider(new Tokens(tokens)));
    graph.getRequestAdapter().setBaseUrl(server.graph().url().toString());
    return graph;
  }

  private record Tokens(TokenSource tokens) implements AccessTokenProvider {
    @Override
    public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
      return tokens.get().value();
    }

    @Override
    public AllowedHostsValidator getAllowedHostsValidator() {
      return new AllowedHostsValidator("127.0.0.1");
    }
  }

  @Test
  void personAndFilesAreFound() {
    FakeDrive drive = server.graph().drive(ADELE);
    drive.addFile("Reports/May report.txt", "as usual");
    String driveId = Objects.requireNonNull(sdk.me().drive().get()).getId();
    var items = sdk.drives().byDriveId(driveId).items().byDriveItemId("root");

    var latest = Objects.requireNonNull(items.deltaWithToken("latest").get());
    DriveItem uploaded =
        sdk.drives()
            .byDriveId(driveId)
            .items()
            .byDriveItemId("root:/June report.txt:")
            .content()
            .put(new ByteArrayInputStream("better".getBytes(StandardCharsets.UTF_8)));
    var all = Objects.requireNonNull(items.delta().get());
    var found = Objects.requireNonNull(items.searchWithQ("report.txt").get());

    assertThat(Objects.requireNonNull(sdk.me().get()).getUserPrincipalName()).isEqualTo(ADELE);
    assertThat(latest.getValue()).isEmpty();
    assertThat(Objects.requireNonNull(uploaded).getSize()).isEqualTo(6);
    assertThat(drive.fileText("June report.txt")).isEqualTo("better");
    assertThat(names(all.getValue())).contains("Reports", "May report.txt", "June report.txt");
    assertThat(names(found.getValue()))
        .containsExactlyInAnyOrder("May report.txt", "June report.txt");
  }

  private static List<String> names(@Nullable List<DriveItem> items) {
    return Objects.requireNonNull(items).stream().map(DriveItem::getName).toList();
  }

  @Test
  void mailIsSentAndNotKept() {
    EmailAddress address = new EmailAddress();
    address.setAddress(ADELE);
    Recipient recipient = new Recipient();
    recipient.setEmailAddress(address);
    Message message = new Message();
    message.setSubject("Hello");
    message.setBody(body("World"));
    message.setToRecipients(List.of(recipient));
    SendMailPostRequestBody request = new SendMailPostRequestBody();
    request.setMessage(message);
    request.setSaveToSentItems(false);

    sdk.me().sendMail().post(request);

    assertThat(server.graph().mailbox(ADELE).inbox())
        .extracting(TestMail::subject)
        .containsExactly("Hello");
    assertThat(server.graph().mailbox(ADELE).sent()).isEmpty();
  }

  @Test
  void urgentMessageIsPostedToAChannel() {
    FakeTeam team = server.graph().addTeam("Marketing", ADELE);
    ChatMessage message = new ChatMessage();
    message.setBody(body("Fire"));
    message.setImportance(ChatMessageImportance.Urgent);

    ChatMessage posted =
        sdk.teams()
            .byTeamId(team.id())
            .channels()
            .byChannelId(team.addChannel("Launch"))
            .messages()
            .post(message);

    assertThat(Objects.requireNonNull(posted).getImportance())
        .isEqualTo(ChatMessageImportance.Urgent);
    assertThat(team.posts("Launch")).hasSize(1);
  }

  private static ItemBody body(String text) {
    ItemBody body = new ItemBody();
    body.setContentType(BodyType.Text);
    body.setContent(text);
    return body;
  }
}
