package dev.latchkey.interop.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenRequestContext;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.DriveItem;
import com.microsoft.graph.models.DriveItemCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The SDKs of Azure and of Graph work with tokens of the library. */
class AdapterTest {

  private static final String ADELE = "adele@contoso.example";
  private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true}}}";

  @AutoClose
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();

  private final PublicClient client =
      PublicClient.builder()
          .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
          .clientId("adapter")
          .clientCapabilities("cp1")
          .scopes("User.Read Files.ReadWrite")
          .build();

  @Test
  void graphSdkListsAFolderWithATokenThatIsReplacedOnTheWay() throws Exception {
    GraphServiceClient sdk = sdk(signIn());
    for (int i = 0; i < 5; i++) {
      server.graph().drive(ADELE).addFile("Reports/" + i + ".txt", "Report " + i);
    }
    String drive = Objects.requireNonNull(sdk.me().drive().get()).getId();
    DriveItemCollectionResponse first =
        sdk.drives()
            .byDriveId(drive)
            .items()
            .byDriveItemId("root:/Reports:")
            .children()
            .get(request -> request.queryParameters.top = 2);
    List<String> names = new ArrayList<>();

    server.graph().requireClaims(CLAIMS); // from now on, Graph refuses the first token
    new PageIterator.Builder<DriveItem, DriveItemCollectionResponse>()
        .client(sdk)
        .collectionPage(Objects.requireNonNull(first))
        .collectionPageFactory(DriveItemCollectionResponse::createFromDiscriminatorValue)
        .processPageItemCallback(item -> names.add(item.getName()))
        .build()
        .iterate();

    assertThat(names).containsExactly("0.txt", "1.txt", "2.txt", "3.txt", "4.txt");
    assertThat(server.requests(Endpoint.TOKEN))
        .filteredOn(request -> "refresh_token".equals(request.form().get("grant_type")))
        .hasSize(1);
  }

  @Test
  void graphSdkSendsNoTokenToAnotherHost() {
    KiotaTokens tokens = new KiotaTokens(client.tokens(signIn()), "graph.microsoft.com");

    assertThat(tokens.getAuthorizationToken(server.graph().url(), null)).isEmpty();
  }

  @Test
  void graphSdkReportsWhatOnlyThePersonCanGive() {
    GraphServiceClient sdk = sdk(signIn());
    server.people().requireClaims(CLAIMS);

    assertThat(catchThrowableOfType(SignInRequired.class, () -> sdk.me().get())).isNotNull();
  }

  @Test
  void azureClientsGetATokenForTheirScopesAndClaims() {
    AzureTokens tokens = new AzureTokens(client, signIn());
    TokenRequestContext request = new TokenRequestContext().addScopes("User.Read");

    var first = Objects.requireNonNull(tokens.getToken(request).block());
    var again = Objects.requireNonNull(tokens.getTokenSync(request));
    var challenged = Objects.requireNonNull(tokens.getToken(request.setClaims(CLAIMS)).block());

    assertThat(first.isExpired()).isFalse();
    assertThat(again.getToken()).isEqualTo(first.getToken());
    assertThat(challenged.getToken()).isNotEqualTo(first.getToken());
  }

  @Test
  void azureClientsReportWhatOnlyThePersonCanGive() {
    AzureTokens tokens = new AzureTokens(client, signIn());
    server.people().revokeSessions(ADELE);
    TokenRequestContext request =
        new TokenRequestContext().addScopes("User.Read").setClaims(CLAIMS);

    assertThat(catchThrowableOfType(SignInRequired.class, () -> tokens.getToken(request).block()))
        .isNotNull();
  }

  private Account signIn() {
    server.approveNext(ADELE);
    return client.beginSignIn().await().account();
  }

  private GraphServiceClient sdk(Account account) {
    KiotaTokens tokens = new KiotaTokens(client.tokens(account), "127.0.0.1");
    GraphServiceClient sdk =
        new GraphServiceClient(new BaseBearerTokenAuthenticationProvider(tokens));
    sdk.getRequestAdapter().setBaseUrl(server.graph().url().toString());
    return sdk;
  }
}
