package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid arguments are rejected by the builder, not later. */
class PublicClientBuilderTest {

  private final PublicClientBuilder builder = PublicClient.builder();

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "größe", "\u0000"})
  void invalidClientIdIsRejected(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.clientId(id))
        .withMessageContaining("clientId");
  }

  @Test
  void clientIdOf513CharactersIsRejected() {
    assertThat(builder.clientId("a".repeat(512))).isSameAs(builder);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.clientId("a".repeat(513)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"quoted\"", "back\\slash", "grüße", "a\u0000b", "a\u007f"})
  void invalidScopeIsRejected(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.scopes("User.Read", scope))
        .withMessageContaining("scope");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void blankCapabilityIsRefused(String capability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.clientCapabilities("cp1", capability));
  }

  static Stream<Duration> wrongLimits() {
    return Stream.of(
        Duration.ZERO, Duration.ofNanos(-1), Duration.ofHours(1).plusNanos(1), Duration.ofDays(9));
  }

  @ParameterizedTest
  @MethodSource("wrongLimits")
  void timeLimitThatIsNoneIsRefused(Duration limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.requestTimeout(limit))
        .withMessageContaining("requestTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.leaseTimeout(limit))
        .withMessageContaining("leaseTimeout");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
  void httpClientThatFollowsRedirectsIsRefused(Redirect policy) {
    HttpClient client = HttpClient.newBuilder().followRedirects(policy).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.httpClient(client))
        .withMessageContaining("redirects");
  }

  @Test
  void clientNeedsAServerAndAClientId() {
    assertThatIllegalStateException().isThrownBy(builder::build);
    assertThatIllegalStateException().isThrownBy(builder.clientId("c")::build);
    assertThatIllegalStateException()
        .isThrownBy(PublicClient.builder().authorizationServer(Entra.common())::build)
        .withMessageContaining("clientId");
  }

  /** Above all a null store, which must not silently become a store in memory. */
  @Test
  @NullUnmarked
  void nullIsRefusedWhereItIsGiven() {
    assertThatNullPointerException().isThrownBy(() -> builder.authorizationServer(null));
    assertThatNullPointerException().isThrownBy(() -> builder.clientId(null));
    assertThatNullPointerException().isThrownBy(() -> builder.tokenStore(null));
    assertThatNullPointerException().isThrownBy(() -> builder.httpClient(null));
    assertThatNullPointerException().isThrownBy(() -> builder.executor(null));
    assertThatNullPointerException().isThrownBy(() -> builder.listener(null));
    assertThatNullPointerException().isThrownBy(() -> builder.requestTimeout(null));
  }

  @Test
  void laterChangesOfTheBuilderDoNotReachAClientThatIsBuilt() {
    builder.authorizationServer(Entra.common()).clientId("c").scopes("a");
    PublicClient client = builder.build();
    Account account = new Account("00", "i", null, null, null, null, null);

    builder.scopes("b").clientCapabilities("cp1");

    assertThat(client.tokens(account)).isSameAs(client.tokens(account, List.of("a")));
  }

  @Test
  void nothingIsAskedOfTheServerByBuilding() {
    PublicClient client = builder.authorizationServer(Entra.common()).clientId("c").build();

    assertThat(client.accounts()).isEmpty();
  }
}
