package dev.latchkey.benchmarks;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.identity.DeviceCodeCredential;
import com.azure.identity.DeviceCodeCredentialBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** azure-identity, with its default HTTP client. */
final class AzureSide implements Side {

  private final DeviceCodeCredential credential;

  AzureSide(Endpoints endpoints) {
    DeviceCodeCredentialBuilder builder =
        new DeviceCodeCredentialBuilder()
            .clientId(Endpoints.CLIENT_ID)
            .tenantId(Endpoints.TENANT)
            .authorityHost(endpoints.base().replace("http:", "https:"))
            .disableInstanceDiscovery()
            .challengeConsumer(challenge -> {});
    if (!Endpoints.isOverTls()) {
      builder.addPolicy(new PlainHttp());
    }
    this.credential = builder.build();
  }

  @Override
  public CompletableFuture<Session> signIn() {
    return credential
        .getToken(new TokenRequestContext().addScopes(Endpoints.SCOPE))
        .map(token -> (Session) new Signed(token.getToken()))
        .toFuture();
  }

  @Override
  public List<Session> sessions() {
    return List.of();
  }

  private record Signed(String token) implements Session {
    @Override
    public String refresh() {
      throw new UnsupportedOperationException("azure-identity has no such call");
    }
  }

  /** Of its own accord it speaks https only. */
  private static final class PlainHttp implements HttpPipelinePolicy {
    @Override
    public Mono<HttpResponse> process(
        HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
      String url = context.getHttpRequest().getUrl().toString();
      context.getHttpRequest().setUrl(url.replace("https:", "http:"));
      return next.process();
    }
  }
}
