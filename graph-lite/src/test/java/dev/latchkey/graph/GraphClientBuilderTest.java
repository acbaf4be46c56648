package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.TokenSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphClientBuilderTest {

  private static final Duration DAY = Duration.ofHours(24);

  /** Has no token, so no request is sent. */
  private static final class NoTokens implements TokenSource {

    @Override
    public AccessToken get() {
      throw new IllegalStateException("a token was asked for");
    }

    @Override
    public AccessToken getWithClaims(String claims) {
      return get();
    }

    @Override
    public AccessToken replace(AccessToken rejected, @Nullable String claims) {
      return get();
    }

    @Override
    public Account account() {
      return new Account("the-account", "https://issuer.example", null, null, null, null, null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachCloudHasItsOwnGraph(Entra.Cloud cloud) {
    String host =
        switch (cloud) {
          case GLOBAL -> "graph.microsoft.com";
          case US_GOV -> "graph.microsoft.us";
          case CHINA -> "microsoftgraph.chinacloudapi.cn";
        };
    GraphClient graph = builder().cloud(cloud).build();

    assertThatThrownBy(() -> graph.get("https://" + host + "/v1.0/me"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a token was asked for");
    assertThatThrownBy(() -> graph.get("https://dod-graph.microsoft.us/v1.0/me"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void httpClientThatFollowsRedirectsIsRejected(HttpClient.Redirect redirects) {
    HttpClient client = HttpClient.newBuilder().followRedirects(redirects).build();

    assertThatThrownBy(() -> builder().httpClient(client))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redirects");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://graph.example/v1.0",
        "ftp://graph.example/v1.0",
        "https://me@graph.example/v1.0",
        "https://graph.example/v1.0?a=b",
        "https://graph.example/v1.0#a",
        "/v1.0",
      })
  void invalidBaseUrlIsRejected(URI url) {
    assertThatThrownBy(() -> builder().baseUrl(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "App\r\nX: y", "Größe/1.0"})
  void invalidUserAgentIsRejected(String name) {
    assertThatThrownBy(() -> builder().userAgent(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsHaveTheirRanges() {
    builder()
        .deadline(Duration.ZERO)
        .retries(0)
        .idleTimeout(Duration.ofNanos(1))
        .requestTimeout(DAY);
    builder().deadline(DAY).retries(100).idleTimeout(DAY).requestTimeout(Duration.ofNanos(1));

    List.<Consumer<GraphClientBuilder>>of(
            builder -> builder.deadline(Duration.ofNanos(-1)),
            builder -> builder.deadline(DAY.plusNanos(1)),
            builder -> builder.retries(-1),
            builder -> builder.retries(101),
            builder -> builder.idleTimeout(Duration.ZERO),
            builder -> builder.idleTimeout(Duration.ofNanos(-1)),
            builder -> builder.idleTimeout(DAY.plusNanos(1)),
            builder -> builder.requestTimeout(Duration.ZERO),
            builder -> builder.requestTimeout(DAY.plusNanos(1)))
        .forEach(
            wrong ->
                assertThatThrownBy(() -> wrong.accept(builder()))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  private static GraphClientBuilder builder() {
    return GraphClient.builder(new NoTokens());
  }
}
