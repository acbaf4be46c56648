package dev.latchkey.interop.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.identity.DeviceCodeCredential;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.microsoft.aad.msal4j.DeviceCode;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.TestUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** MSAL4J and azure-identity sign in at the testkit and stay signed in. */
class JavaClientsTest {
  private static final String ADELE = "adele@contoso.example";
  private static final String CLIENT_ID = "11111111-2222-3333-4444-555555555555";
  private static final String AUTHORITY = "https://login.microsoftonline.com";

  @AutoClose
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder()
          .user(TestUser.of(ADELE).named("Adele Vance"))
          .interval(Duration.ofSeconds(1))
          .start();

  @Test
  void msal4jSignsInAndRefreshesAsTheAccountThatItFindsAgain() throws Exception {
    server.approveEvery(ADELE);
    PublicClientApplication msal =
        PublicClientApplication.builder(CLIENT_ID)
            .authority(AUTHORITY + "/contoso.example/")
            .instanceDiscovery(false)
            .httpClient(msalHttp())
            .build();
    ConcurrentLinkedQueue<DeviceCode> shown = new ConcurrentLinkedQueue<>();

    IAuthenticationResult signedIn =
        msal.acquireToken(DeviceCodeFlowParameters.builder(Set.of("User.Read"), shown::add).build())
            .get();
    IAuthenticationResult refreshed =
        msal.acquireTokenSilently(
                SilentParameters.builder(
                        Set.of("User.Read"), msal.getAccounts().get().iterator().next())
                    .forceRefresh(true)
                    .build())
            .get();

    TestUser user = TestUser.of(ADELE);
    assertThat(shown).singleElement().satisfies(code -> assertThat(code.message()).isNotBlank());
    assertThat(signedIn.account().username()).isEqualTo(ADELE);
    assertThat(signedIn.account().homeAccountId())
        .isEqualTo(user.objectId() + "." + user.tenantId());
    assertThat(refreshed.accessToken()).isNotEqualTo(signedIn.accessToken());
    assertThat(refreshed.account().homeAccountId()).isEqualTo(signedIn.account().homeAccountId());
  }

  @Test
  void azureIdentitySignsIn() {
    server.approveEvery(ADELE);
    HttpPipelinePolicy toTheTestkit =
        (context, next) -> {
          context
              .getHttpRequest()
              .setUrl(here(context.getHttpRequest().getUrl().toString()).toString());
          return next.process();
        };
    ConcurrentLinkedQueue<String> shown = new ConcurrentLinkedQueue<>();
    DeviceCodeCredential credential =
        new DeviceCodeCredentialBuilder()
            .clientId(CLIENT_ID)
            .tenantId("contoso.example")
            .disableInstanceDiscovery()
            .addPolicy(toTheTestkit)
            .challengeConsumer(challenge -> shown.add(challenge.getUserCode()))
            .build();
    TokenRequestContext wanted =
        new TokenRequestContext().addScopes("https://graph.microsoft.com/User.Read");

    String first = Objects.requireNonNull(credential.getTokenSync(wanted)).getToken();
    String second = Objects.requireNonNull(credential.getTokenSync(wanted)).getToken();

    assertThat(shown).hasSize(1);
    assertThat(second).isEqualTo(first);
  }

  /** MSAL takes https authorities only; these go to the testkit, which has no certificate. */
  private URI here(String url) {
    assertThat(url).startsWith(AUTHORITY + "/");
    return URI.create(server.baseUrl() + url.substring(AUTHORITY.length()));
  }

  private IHttpClient msalHttp() {
    HttpClient client = HttpClient.newHttpClient();
    return asked -> {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(here(asked.url().toString()))
              .method(
                  asked.httpMethod().name(),
                  asked.body() == null
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(asked.body()));
      asked.headers().forEach(request::header);
      java.net.http.HttpResponse<String> answer =
          client.send(request.build(), BodyHandlers.ofString());
      HttpResponse response = new HttpResponse().statusCode(answer.statusCode());
      response.addHeaders(answer.headers().map());
      return response.body(answer.body());
    };
  }
}
